"""The editors' desk for any kind of entry, and for what publishing keeps of them."""

from publishing.admin.entry import EntryAdmin
from publishing.admin.history import ActivityAdmin, EntryOverview, RevisionAdmin
from publishing.admin.kept_lists import SavedFilterAdmin
from publishing.admin.merging import MergingAdmin
from publishing.admin.proposals import ProposalAdmin

__all__ = [
    "ActivityAdmin",
    "EntryAdmin",
    "EntryOverview",
    "MergingAdmin",
    "ProposalAdmin",
    "RevisionAdmin",
    "SavedFilterAdmin",
]
