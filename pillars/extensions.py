"""What pillars add to the desk."""

from desk.hooks import terms_beside
from pillars import terms

terms_beside.register(terms.terms_beside)
