"""All cases, and all initiatives, with the values that readers ask for: gathered once, then kept up to date.

A list, its facets with their counts, and its orders are read from these (docs/adr/0031).
"""

from cases.indexes.cases import CASE_INDEX, CaseIndex, IndexOfSome
from cases.indexes.initiatives import INITIATIVE_INDEX, InitiativeIndex
from cases.indexes.lists import NEWEST, ListIndex

__all__ = [
    "CASE_INDEX",
    "INITIATIVE_INDEX",
    "NEWEST",
    "CaseIndex",
    "IndexOfSome",
    "InitiativeIndex",
    "ListIndex",
]
