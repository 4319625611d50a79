"""Filters of the lists of cases and initiatives; the query string contains the choices."""

from cases.filters.lists import CaseFilter, InitiativeFilter
from cases.filters.questions import EntryFilterSet, YearFilter

__all__ = ["CaseFilter", "EntryFilterSet", "InitiativeFilter", "YearFilter"]
