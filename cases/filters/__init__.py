"""Filters of the lists of cases and initiatives; the query string contains the choices."""

from cases.filters.cases import CaseFilter
from cases.filters.initiatives import InitiativeFilter
from cases.filters.questions import EntryFilterSet, YearFilter
from cases.filters.said import SaidFilter

__all__ = ["CaseFilter", "EntryFilterSet", "InitiativeFilter", "SaidFilter", "YearFilter"]
