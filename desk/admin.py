"""The admin classes of the editors' desk, for entries of any kind, proposals and revisions."""

from desk.duplicates import MergingAdmin
from desk.entry import EntryAdmin
from desk.history import ActivityAdmin, EntryOverview, RevisionAdmin
from desk.proposals import ProposalAdmin
from desk.saved_filters import SavedFilterAdmin

__all__ = [
    "ActivityAdmin",
    "EntryAdmin",
    "EntryOverview",
    "MergingAdmin",
    "ProposalAdmin",
    "RevisionAdmin",
    "SavedFilterAdmin",
]
