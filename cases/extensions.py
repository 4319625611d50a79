"""What cases add to the glossary, and the lists that texts count."""

from cases import coded, described, list_numbers, practice
from desk.hooks import practice_entries
from pillars import hooks
from publishing.hooks import marks_of_entries, numbers_of_lists

practice_entries.register(practice.practice_case)
hooks.lists_of_terms.register(described.cases_of_terms)
numbers_of_lists.register(list_numbers.numbers_of_list)
marks_of_entries.register(coded.mark_of_coded_cases)
