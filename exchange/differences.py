"""What changed between two releases: which entries came, changed and went, and which fields."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from publishing import snapshots
from publishing.comparison.columns import name_of
from publishing.comparison.compared import ComparedSnapshots
from publishing.models import Entry, Revision
from publishing.snapshots import Path
from publishing.vocabulary import ChangeClass

ADDED, CHANGED, RETRACTED, CAME_AND_WENT = "added", "changed", "retracted", "came and went"
WORDS = {
    ADDED: pgettext_lazy("an entry, between two releases", "Added"),
    CHANGED: pgettext_lazy("an entry, between two releases", "Changed"),
    RETRACTED: pgettext_lazy("an entry, between two releases", "Retracted"),
    CAME_AND_WENT: _("Added and retracted meanwhile"),
}
AT_ONCE = 50


@dataclass(frozen=True)
class Difference:
    """One entry: what happened to it, its newest revisions in both releases, and the fields that differ."""

    entry: Entry
    what: str
    before: Revision | None
    after: Revision
    fields: tuple[str, ...]

    @property
    def word(self) -> Any:
        """What happened, for readers."""
        return WORDS[self.what]


def changed_entries(after: int, until: int) -> QuerySet[Entry]:
    """The entries with a revision between the two, by kind and address, as readers may know of them."""
    between = Revision.objects.filter(entry=OuterRef("pk"), pk__gt=after, pk__lte=until)
    entries = Entry.objects.filter(Exists(between)).exclude(state="published", is_in_use=False)
    return entries.order_by("kind", "slug")


def differences(entries: Sequence[Entry], after: int, until: int) -> list[Difference]:
    """What happened to each of the entries, in their order; by two questions, however many they are."""
    before, now = _newest(entries, after), _newest(entries, until)
    found = []
    for entry in entries:
        first, last = before.get(entry.pk), now[entry.pk]
        what = _what(first, last)
        both = what == CHANGED and first is not None
        found.append(Difference(entry, what, first, last, _fields(first, last) if both and first else ()))
    return found


def all_differences(after: int, until: int) -> Iterator[Difference]:
    """Those of all entries, some at a time."""
    entries = changed_entries(after, until).iterator(chunk_size=AT_ONCE)
    while some := [*islice(entries, AT_ONCE)]:
        yield from differences(some, after, until)


def counted(after: int, until: int) -> Counter[str]:
    """How many entries came, changed and went."""
    return Counter(one.what for one in all_differences(after, until))


def _newest(entries: Sequence[Entry], until: int) -> dict[Any, Revision]:
    of_them = Revision.objects.filter(entry__in=[entry.pk for entry in entries], pk__lte=until)
    keys = of_them.order_by().values("entry_id").annotate(newest=Max("pk")).values("newest")
    return {one.entry_id: one for one in Revision.objects.filter(pk__in=keys)}


def _what(first: Revision | None, last: Revision) -> str:
    was_there = first is not None and first.change_class != ChangeClass.RETRACTION
    is_there = last.change_class != ChangeClass.RETRACTION
    if was_there:
        return CHANGED if is_there else RETRACTED
    return ADDED if is_there else CAME_AND_WENT


def _fields(first: Revision, last: Revision) -> tuple[str, ...]:
    """The names of the columns and of the kinds of rows that differ, each once."""
    compared = ComparedSnapshots(last.kind, first.snapshot, last.snapshot, entries={})
    changes = snapshots.diff(*compared.snapshots)
    return tuple(dict.fromkeys(_name(compared, change.path) for change in changes))


def _name(compared: ComparedSnapshots, path: Path) -> str:
    if path.row_kind:
        return capfirst(str(compared.rows[path.row_kind]._meta.verbose_name))
    try:
        return capfirst(name_of(compared.column(path)))
    except FieldDoesNotExist:
        return path.column
