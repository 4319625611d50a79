"""Publishes the starter content of a new casebook."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from publishing.actions import publishing
from publishing.models import Entry, Revision
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass, Language, Origin


def not_yet_present(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """The snapshots whose entries do not exist; retracted entries exist."""
    present = {str(key) for key in Entry.objects.values_list("pk", flat=True)}
    return [snapshot for snapshot in snapshots if snapshot["id"] not in present]


def publish_starter(snapshots: Iterable[Snapshot], *, by: Any) -> Iterator[Revision]:
    """Publish the snapshots one by one, each as a new entry."""
    for snapshot in snapshots:
        with transaction.atomic():
            # Without an author, so that it can also be published where FOUR_EYES is set.
            proposal = publishing.propose(
                snapshot,
                by=None,
                base=None,
                override_reason="What no source bears out yet is marked so on its page.",
                note="First published, with the casebook's starter content.",
                note_language=Language.ENGLISH,
                change_class=ChangeClass.ADDITION,
                origin=Origin.IMPORT,
                credit="Sulh",
            )
            revision = publishing.publish(proposal, by=by)
        yield revision
