"""What changes: the only code that writes content.

Each action asks its rule, locks, changes, records, and announces on commit. Those that a step of the
table runs are imported here, so that all of them are registered once any of them is used.
"""

from publishing.actions import publishing, reviewing, undoing

__all__ = ["publishing", "reviewing", "undoing"]
