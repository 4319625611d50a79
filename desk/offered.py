"""Entries as the boxes offer them: with their other names, what tells them apart, and how much uses them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.utils.translation import ngettext

from publishing.languages import columns_of_text, stem_and_language
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kind_of
from publishing.models.names import EntryNames
from publishing.named_entries import particulars
from search.folding import spellings

# So many other names of an entry are shown.
MOST_ALIASES = 3
# A whole name, the beginning of one, the beginning of a word in one; as search.queries.closeness has it.
WAYS = ("\n{}\n", "\n{}", " {}")


@dataclass(frozen=True)
class Offered:
    """An entry, the names that it has besides the one that is shown, and how many rows point to it."""

    entry: Entry
    others: list[tuple[str, str]]
    aliases: list[str]
    uses: int

    def as_json(self) -> dict[str, Any]:
        """What the script shows in the line of the entry."""
        uses = ngettext("used %(num)s time", "used %(num)s times", self.uses) % {"num": self.uses}
        return {
            "name": str(self.entry),
            "others": self.others,
            "aliases": self.aliases,
            "about": " · ".join(particulars(self.entry)),
            "uses": uses if self.uses else "",
        }


def offered(entries: Iterable[Any], asked: str) -> list[Offered]:
    """The entries of one page: those that answer as well as others stand by how much uses them."""
    page = list(entries)
    keys, kind = [entry.pk for entry in page], kind_of(page[0]) if page else Entry
    uses, aliases = _uses(kind, keys), _aliases(kind, keys)
    found = [
        Offered(one, _in_other_languages(one), aliases.get(one.pk, [])[:MOST_ALIASES], uses[one.pk])
        for one in page
    ]
    if not asked.strip():
        return found
    close = _closeness(keys, asked)
    return sorted(found, key=lambda one: (close.get(one.entry.pk, len(WAYS)), -one.uses))


def _uses(kind: type[Entry], keys: list[UUID]) -> Counter[UUID]:
    """How many rows of other entries point to each."""
    counts = []
    for relation in kind._meta.related_objects:
        column, model = relation.field, cast(type[Child], relation.related_model)
        is_row = isinstance(column, models.ForeignKey) and issubclass(model, Child)
        if is_row and column.name != model.OF and column.related_model is not Entry:
            rows = model._default_manager.filter(**{f"{column.name}__in": keys}).order_by()
            counts.append(rows.values_list(column.attname).annotate(number=models.Count("pk")))
    counted: Counter[UUID] = Counter()
    for key, number in counts[0].union(*counts[1:], all=True) if counts else ():
        counted[key] += number
    return counted


def _aliases(kind: type[Entry], keys: list[UUID]) -> dict[UUID, list[str]]:
    """The other names that each has, as they are written."""
    found: dict[UUID, list[str]] = {}
    if model := children_of(kind).get(kind.OTHER_NAMES):
        rows = model._default_manager.filter(**{f"{model.OF}__in": keys})
        for key, name in rows.values_list(f"{model.OF}_id", "name"):
            found.setdefault(key, []).append(name)
    return found


def _in_other_languages(entry: Entry) -> list[tuple[str, str]]:
    """The titles that are not the one that is shown, each with its language."""
    shown = str(entry)
    titles = [(stem_and_language(column)[1], getattr(entry, column)) for column in columns_of_text("title")]
    return [(language, title) for language, title in titles if title and title != shown]


def _closeness(keys: list[UUID], asked: str) -> dict[UUID, int]:
    wanted = spellings(asked)
    close = {}
    for key, names in EntryNames.objects.filter(pk__in=keys).values_list("pk", "folded"):
        fits = (at for at, way in enumerate(WAYS) if any(way.format(one) in names for one in wanted))
        close[key] = next(fits, len(WAYS))
    return close
