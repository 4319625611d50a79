"""Reads what an address asks of facets: which values are meant, and what is not understood."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.filters.facets import NONE, NOT, Facet
from publishing.models import Entry
from publishing.named_entries import NamedEntryField, particulars

# So many values of one question are read.
MOST_VALUES = 20
# So many names are looked up that are no addresses.
MOST_NAMES = 4


@dataclass
class Asked:
    """What was read: the values are in their facets.

    ambiguous: names that several entries have, with the facet. unknown: names of questions with what nobody
    understands. entries: those that were asked for, by key.
    """

    ambiguous: list[tuple[Facet, str, list[Any]]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    entries: dict[Any, Any] = field(default_factory=dict)
    # The keys of what was asked for, by what was typed.
    typed: dict[str, Any] = field(default_factory=dict)


# The entries of some kinds that have some addresses: by kind and address.
EntriesAt = Callable[[Iterable[str], Iterable[str]], Mapping[tuple[str, str], Any]]


def read_facets(
    data: Any,
    facets: Sequence[Facet],
    entries_of: Mapping[str, Callable[[], Any]],
    entries_at: EntriesAt | None = None,
) -> Asked:
    """Read the values of the facets from a query. entries_of: those that can be asked for, by their kind.

    entries_at: finds those of some addresses, where others count than those of today.
    """
    asked = Asked()
    waiting: list[tuple[Facet, str, bool, str]] = []
    for facet in facets:
        for typed in values_of(data, facet.name, asked.unknown):
            is_excluded = typed.startswith(NOT)
            value = typed[len(NOT) :] if is_excluded else typed
            if value in facet.words or (value == NONE and facet.has_none):
                _take(asked, facet, value, typed, is_excluded=is_excluded)
            elif facet.kind and value:
                waiting.append((facet, value, is_excluded, typed))
            else:
                _refuse(asked, facet, typed)
    _look_up(asked, waiting, entries_of, entries_at or _at)
    return asked


def values_of(data: Any, name: str, unknown: list[tuple[str, str]]) -> Iterator[str]:
    """The values of the question in the query; of very many, the last are not understood."""
    read = 0
    for value in data.getlist(name):
        if not value:
            continue
        if read == MOST_VALUES:
            unknown.append((name, value))
            continue
        read += 1
        yield value.strip()


def _take(asked: Asked, facet: Facet, value: Hashable, typed: str, *, is_excluded: bool) -> None:
    """The same value twice is understood; once in and once out is not."""
    if not facet.take(value, is_excluded=is_excluded) and (value in facet.excluded) != is_excluded:
        _refuse(asked, facet, typed)


def _refuse(asked: Asked, facet: Facet, typed: str) -> None:
    facet.errors.append(_("Not understood: %(value)s") % {"value": typed[:80]})
    asked.unknown.append((facet.name, typed))


def _look_up(
    asked: Asked,
    waiting: Sequence[tuple[Facet, str, bool, str]],
    entries_of: Mapping[str, Callable[[], Any]],
    entries_at: EntriesAt,
) -> None:
    """Find entries by their addresses, all at once, and what is left by name, one by one."""
    kinds = {facet.kind for facet, *_others in waiting}
    slugs = {value for _facet, value, *_others in waiting}
    at = entries_at(kinds, slugs) if waiting else {}
    names = 0
    for facet, value, is_excluded, typed in waiting:
        found = at.get((facet.kind, value))
        if found is None and names < MOST_NAMES:
            names += 1
            found = _named(asked, facet, value, entries_of[facet.kind])
            if found is None and any(one is facet and text == value for one, text, _ways in asked.ambiguous):
                continue
        if found is None:
            _refuse(asked, facet, typed)
            continue
        asked.entries[found.pk] = found
        asked.typed[value] = found.pk
        _take(asked, facet, found.pk, typed, is_excluded=is_excluded)


def _at(kinds: Iterable[str], slugs: Iterable[str]) -> dict[tuple[str, str], Any]:
    found = Entry.objects.in_sight().filter(kind__in=kinds, slug__in=slugs)
    return {(one.kind, one.slug): one for one in found}


def _named(asked: Asked, facet: Facet, name: str, entries: Callable[[], Any]) -> Any:
    """The entry of that name; None where there is none, or several."""
    box = NamedEntryField(entries=entries, required=False)
    try:
        return box.clean(name)
    except ValidationError as error:
        if box.meant:
            asked.ambiguous.append((facet, name, box.meant))
            facet.errors += error.messages
        return None


def distinguishing_details(entry: Any) -> str:
    """What distinguishes an entry from others of the same name, without its kind."""
    _kind, *others = particulars(entry)
    return " · ".join(others)
