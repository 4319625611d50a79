"""Filters of the lists of cases and initiatives; the query string contains the choices."""

from cases.filters.cases import CaseFilter
from cases.filters.described import DescribedFilter
from cases.filters.initiatives import InitiativeFilter
from cases.filters.questions import EntryFilterSet, YearFilter

__all__ = ["CaseFilter", "DescribedFilter", "EntryFilterSet", "InitiativeFilter", "YearFilter"]
