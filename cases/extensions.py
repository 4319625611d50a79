"""What cases add to the glossary."""

from cases import described
from pillars import hooks

hooks.lists_of_terms.register(described.cases_of_terms)
