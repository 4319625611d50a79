"""Entries that are asked for by a name of theirs and by that of where they belong: “RSF Sudan”."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publishing.models.entry import kinds
from publishing.search_index import candidates
from search.asking import Asked
from search.engines import WHOLE
from search.stemming import stems

# Longer questions are no names.
MOST_WORDS = 6


@dataclass(frozen=True)
class Belonging:
    """An entry that answers because of where it belongs.

    called: what was asked, as names of its own. has_all: whether it has all the words even without that.
    """

    kind: str
    called: tuple[str, ...]
    has_all: bool


def belonging(asked: Asked) -> dict[int, Belonging]:
    """By their keys, the documents whose name is asked for together with the name of where they belong."""
    of_kinds = [name for name, kind in kinds().items() if kind.BELONGS_TO]
    is_name = 1 < len(asked.words) <= MOST_WORDS and not asked.phrases
    keys = candidates(asked.runs, of_kinds, [WHOLE]) if is_name else []
    return {
        key: Belonging(name, names, _has_all(asked, text))
        for name in of_kinds
        if keys
        for key, called, text, of_place in _rows(name, keys)
        if (names := tuple(_names(asked, called.split("\n"), of_place.split("\n"))))
    }


def _rows(name: str, keys: list[int]) -> Iterator[tuple[int, str, str, str]]:
    """Of these documents the names, all stems, and the names of where they belong."""
    kind = kinds()[name]
    place = f"{kind.BELONGS_TO}__searched__called"
    columns = ("searched", "searched__called", "searched__names", "searched__body", place)
    rows = kind._default_manager.filter(searched__in=keys, **{f"{place}__isnull": False})
    for key, called, names, body, of_place in rows.values_list(*columns):
        yield key, called, f"{names} {body}", of_place


def _names(asked: Asked, names: Iterable[str], of_place: Iterable[str]) -> Iterator[str]:
    """Each of the names with one of the place, where both together are all that is asked."""
    words = [frozenset(word.answers) for word in asked.words]
    places = [(place, frozenset(stems(place))) for place in of_place]
    for name in names:
        of_name = frozenset(stems(name))
        others = [one for one in words if of_name.isdisjoint(one)]
        if of_name <= frozenset().union(*words):
            for place, of_this_place in places:
                if not any(of_this_place.isdisjoint(one) for one in others):
                    yield f"{name} {place}"
                    break


def _has_all(asked: Asked, text: str) -> bool:
    there = frozenset(text.split())
    return not any(there.isdisjoint(word.answers) for word in asked.words)
