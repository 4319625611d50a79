"""What was public after a certain publication: the entries of some kinds, read from their revisions."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet, Value
from django.db.models.functions import Coalesce

from publishing.models import Entry, Revision
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass, EntryState

# So many revisions are read at once: their snapshots are held in memory no longer than that.
AT_ONCE = 200


@dataclass(frozen=True)
class Point:
    """The state of the entries of some kinds: that after a publication.

    number: of the last publication of one of them, as the chain counts all. digest: of that revision, which
    holds all that came before it.
    """

    number: int
    digest: str
    moment: datetime.datetime

    @property
    def day(self) -> datetime.date:
        """The day on which it began (UTC)."""
        return self.moment.astimezone(datetime.UTC).date()


@dataclass(frozen=True)
class PastEntry:
    """An entry as it was: its key, the number of its revision, and what that held."""

    key: UUID
    revision: int
    snapshot: Snapshot


def newest_point(kinds: Sequence[str]) -> Point | None:
    """The state of today; None where nothing of these kinds was ever published."""
    return _point(_along_the_chain(kinds))


def point_at(number: int, kinds: Sequence[str]) -> Point | None:
    """The state after the publication of that number; None before the first, and for one to come."""
    newest = Revision.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None or number > newest:
        return None
    return _point(_along_the_chain(kinds).filter(pk__lte=number))


def _along_the_chain(kinds: Sequence[str]) -> QuerySet[Revision]:
    """Their revisions; by an index of kinds, SQLite would put all of them in order to find the newest."""
    return Revision.objects.alias(of_kind=Coalesce("kind", Value(""))).filter(of_kind__in=kinds)


def _point(revisions: QuerySet[Revision]) -> Point | None:
    found = revisions.order_by("-pk").values_list("pk", "digest", "created_at").first()
    return None if found is None else Point(*found)


def retracted(kinds: Sequence[str]) -> frozenset[UUID]:
    """The keys of the entries of these kinds that are retracted now: of their past, nothing is shown."""
    found = Entry.objects.filter(kind__in=kinds, state=EntryState.RETRACTED).order_by("pk")
    return frozenset(found.values_list("pk", flat=True))


def public_at(point: Point, kinds: Sequence[str]) -> QuerySet[Revision]:
    """The revision of each entry of these kinds that was public then."""
    newest = (
        Revision.objects.filter(kind__in=kinds, pk__lte=point.number)
        .order_by()
        .values("entry")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    return Revision.objects.filter(pk__in=newest).exclude(change_class=ChangeClass.RETRACTION)


def entries_at(point: Point, kinds: Sequence[str], *, without: Collection[UUID]) -> Iterator[PastEntry]:
    """The entries of these kinds as they were then, but those with these keys."""
    rows: Any = public_at(point, kinds).order_by("pk").values_list("entry", "number", "snapshot")
    for key, number, snapshot in rows.iterator(chunk_size=AT_ONCE):
        if key not in without:
            yield PastEntry(key, number, snapshot)


def records_at(number: int, keys: Collection[UUID]) -> dict[UUID, Revision]:
    """The revisions of these entries that were public after the publication of that number."""
    newest = (
        Revision.objects.filter(entry__in=keys, pk__lte=number)
        .order_by()
        .values("entry")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    found = Revision.objects.filter(pk__in=newest).exclude(change_class=ChangeClass.RETRACTION)
    return {one.entry_id: one for one in found.select_related("entry").order_by("pk")}


def point_of(revisions: Iterable[Revision]) -> Point | None:
    """The state that began with the newest of these revisions; None where there is none."""
    newest = max(revisions, key=lambda one: one.pk, default=None)
    return None if newest is None else Point(newest.pk, newest.digest, newest.created_at)
