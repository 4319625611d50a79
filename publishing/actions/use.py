"""Stores for each entry whether something public uses it, in the transaction of each revision.

An entry of a reference kind (Entry.IS_REFERENCE) is in use while a published entry that is in use points to
it; entries of all other kinds are always in use.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from publishing import snapshots
from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass

# How many revisions are read by one query.
AT_ONCE = 200


def update_use(entry: Entry, revision: Revision, before: Revision | None, public: Snapshot | None) -> None:
    """Store what the newest revision of the entry begins and ends to use, and whether the entry is in use.

    public: the snapshot of the revision before, in today's shape.
    """
    is_new_to_readers = before is None or before.change_class == ChangeClass.RETRACTION
    if is_new_to_readers:
        # Nothing points to an entry that was not public until now.
        entry.is_in_use = not kinds()[entry.kind].IS_REFERENCE
        Entry.objects.filter(pk=entry.pk).update(is_in_use=entry.is_in_use)
    used = set() if entry.is_retracted else _pointed_at(revision.snapshot)
    used_before = set() if public is None or is_new_to_readers else _pointed_at(public)
    if entry.is_in_use:
        begin_use(used - used_before)
    _end_use(used_before - used)


def begin_use(keys: Collection[str]) -> None:
    """The entries are in use, and with them what they point to."""
    while keys:
        begun = Entry.objects.published().filter(pk__in=keys, is_in_use=False)
        begun_keys = [str(key) for key in begun.values_list("pk", flat=True)]
        Entry.objects.filter(pk__in=begun_keys).update(is_in_use=True)
        keys = set().union(*map(pointed_at, Revision.objects.newest_of_all(begun_keys)))


def _end_use(keys: Collection[str]) -> None:
    """The entries are no longer in use, unless others use them; and so what they point to."""
    while keys:
        candidates = Entry.objects.published().filter(pk__in=keys, is_in_use=True)
        ended = [str(entry.pk) for entry in candidates if not _is_reached(entry)]
        Entry.objects.filter(pk__in=ended).update(is_in_use=False)
        keys = set().union(*map(pointed_at, Revision.objects.newest_of_all(ended)))


def _is_reached(entry: Entry) -> bool:
    """Whether it is of a kind that is always in use, or the pointers to it lead back to such an entry."""
    seen: set[Any] = set()
    waiting = [entry]
    while waiting:
        found = waiting.pop()
        if not kinds()[found.kind].IS_REFERENCE:
            return True
        seen.add(found.pk)
        waiting += [user for user in snapshots.users(found) if user.pk not in seen]
    return False


def pointed_at(revision: Revision) -> set[str]:
    """The keys of the other entries that the revision points to."""
    return _pointed_at(snapshots.conformed(revision.snapshot))


def _pointed_at(snapshot: Snapshot) -> set[str]:
    """As `pointed_at`, of a snapshot in today's shape, as every new one is."""
    return snapshots.references(snapshot) - {snapshot["id"]}


def entries_in_use() -> set[Any]:
    """The keys of all published entries that are in use, computed from their newest revisions."""
    published = {str(key): (key, kind) for key, kind in Entry.objects.published().values_list("pk", "kind")}
    found: set[str] = set()
    waiting = {key for key, (_key, kind) in published.items() if not kinds()[kind].IS_REFERENCE}
    while waiting:
        found |= waiting
        waiting = (_used_by_all([*waiting]) & published.keys()) - found
    return {published[key][0] for key in found}


def _used_by_all(keys: list[str]) -> set[str]:
    """The keys of all that the newest revisions of these entries point to."""
    used: set[str] = set()
    for start in range(0, len(keys), AT_ONCE):
        newest = Revision.objects.last_of_all(keys[start : start + AT_ONCE])
        used.update(*map(pointed_at, newest))
    return used


@transaction.atomic
def rebuild_use() -> int:
    """Compute and store for all published entries whether they are in use; returns how many were wrong."""
    in_use = entries_in_use()
    published = Entry.objects.published()
    wrong = published.filter(pk__in=in_use, is_in_use=False).update(is_in_use=True)
    return wrong + published.filter(is_in_use=True).exclude(pk__in=in_use).update(is_in_use=False)
