"""Which pages are read of the kinds that have many pages of one make: some of each shape, and a part of the others."""

import re
import zlib
from collections.abc import Iterable, Iterator, Set
from typing import Any

from django.db.models import Count

from cases.models import Actor, Place
from pillars.models import Term
from publishing.models import Entry
from sources.models import Source

# By the part of their address: the kind, and of how many pages one is read whatever its shape.
IN_PART: dict[str, tuple[type[Entry], int]] = {
    "actors": (Actor, 6),
    "glossary": (Term, 6),
    "places": (Place, 6),
    "sources": (Source, 24),
}
PAGE_OF_ONE = re.compile(rf"/\w\w/({'|'.join(IN_PART)})/([^/]+)/")


def is_one_of_many(address: str) -> bool:
    """Whether the page is of such a kind."""
    return PAGE_OF_ONE.fullmatch(address) is not None


def read_of(addresses: Iterable[str]) -> Iterator[str]:
    """The addresses but for those of the pages that are left out, the same in each language."""
    read = {below: {*slugs_to_read(model, one_in)} for below, (model, one_in) in IN_PART.items()}
    for address in addresses:
        page = PAGE_OF_ONE.fullmatch(address)
        if page is None or page[2] in read[page[1]]:
            yield address


def slugs_to_read(kind: type[Entry], one_in: int) -> Iterator[str]:
    """The entries of which some feature was on no page before, and a part of the others."""
    seen: set[Any] = set()
    for slug, features in features_by_slug(kind).items():
        if not features <= seen or zlib.crc32(slug.encode()) % one_in == 0:
            yield slug
        seen |= features


def features_by_slug(kind: type[Entry]) -> dict[str, Set[Any]]:
    """What decides which parts a page has: columns that are filled, choices, and how many rows lead to the entry."""
    entries: Any = kind._default_manager.order_by("slug")
    found: dict[Any, set[Any]] = {
        one.pk: {
            (column.name, value if column.choices else bool(value))
            for column in kind._meta.concrete_fields
            for value in [getattr(one, column.attname)]
        }
        for one in entries
    }
    for relation in kind._meta.related_objects:
        if not relation.one_to_one:
            for key, rows in entries.annotate(rows=Count(relation.name)).values_list("pk", "rows"):
                # None, one, two or three, four to seven ...
                found[key].add((relation.name, rows.bit_length()))
    return {one.slug: found[one.pk] for one in entries}
