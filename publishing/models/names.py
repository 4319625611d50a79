"""The names of entries as they are searched and sorted; all of it follows from the entries' texts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import F, Q
from translated_fields import TranslatedField

from publishing.languages import FALLBACKS, PAGE_LANGUAGES, active_language, column_in, columns_of_text
from publishing.models.entry import Entry, kinds
from publishing.models.entry_lists import title_order
from search.ordering import sort_key
from search.queries import closeness, holds_words, is_named, lines


class EntryNames(models.Model):
    """The names of one entry: folded, to be found by, and as keys to be sorted by in each language."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="names")
    # That of the entry, so that an index holds the names of one kind together.
    kind = models.CharField(max_length=30, default="", editable=False)
    # Titles, other names, address, and what its kind is FOUND_BY: line by line, as search.queries has it.
    folded = models.TextField()
    # Of the title that a reader of the language is shown.
    sort_key = TranslatedField(models.BinaryField(default=b"", editable=False))

    class Meta:
        indexes = [
            models.Index(
                fields=["kind", column_in(language, "sort_key"), "entry"], name=f"list_by_title_{language}"
            )
            for language in PAGE_LANGUAGES
        ]

    def __str__(self) -> str:
        return str(self.entry_id)


def names_in(snapshot: Mapping[str, Any]) -> list[str]:
    """What the entry is called by the snapshot: its titles, and its other names."""
    kind, fields = kinds()[snapshot["kind"]], snapshot["fields"]
    # Sorted by key, so that the order in which rows were read makes no difference.
    others = [row.get("name") for _key, row in sorted(snapshot["rows"].get(kind.OTHER_NAMES, {}).items())]
    names = [*(fields.get(column) for column in columns_of_text("title")), *others]
    return [name for name in names if name]


def found_by(snapshot: Mapping[str, Any]) -> Iterator[str]:
    """All by which the entry is found: what it is called, its address, and what its kind is FOUND_BY."""
    yield from names_in(snapshot)
    fields = snapshot["fields"]
    for name in ("slug", *kinds()[snapshot["kind"]].FOUND_BY):
        for column in (name, *columns_of_text(name)):
            yield str(fields.get(column) or "")


def names_of(snapshot: Mapping[str, Any]) -> EntryNames:
    """The names of the entry of the snapshot, not stored."""
    titles = snapshot["fields"]
    keys = {}
    for language in PAGE_LANGUAGES:
        shown = (titles.get(column_in(one, "title")) for one in FALLBACKS[language])
        keys[column_in(language, "sort_key")] = sort_key(next(filter(None, shown), ""), language)
    return EntryNames(
        entry_id=snapshot["id"], kind=snapshot["kind"], folded=lines(found_by(snapshot)), **keys
    )


class ByTitle(F):
    """The order of titles for what is asked for later: the language is that of the reader then."""

    def __init__(self, entry: str = "") -> None:
        super().__init__(f"{entry}names")
        self.names = f"{entry}names"

    def resolve_expression(self, *args: Any, **options: Any) -> Any:
        """As the column of the language."""
        column = F(f"{self.names}__{column_in(active_language(), 'sort_key')}")
        return column.resolve_expression(*args, **options)


def along_kinds_and_titles(names: models.QuerySet[EntryNames]) -> models.QuerySet[EntryNames]:
    """The names of entries of all kinds, those of each kind in the order of their titles, along the index."""
    return names.order_by("kind", column_in(active_language(), "sort_key"), "pk")


def answering(entries: Any, asked: str, *, entry: str = "") -> Any:
    """Those that hold all the words that are asked for, the closest first, then by title."""
    column = f"{entry}names__folded"
    found = entries.filter(holds_words(column, asked))
    return found.order_by(closeness(column, asked), title_order(entry), "pk")


def titled(asked: str, kinds_of: Iterable[str], *, at_most: int) -> list[Any]:
    """The keys of so many entries of these kinds whose title is what is asked for, spelled in whatever way.

    They are found along the indexes of titles, each language for itself, however many entries there are.
    """
    found: dict[Any, None] = {}
    for language in PAGE_LANGUAGES:
        letters, _zero, _rest = sort_key(asked, language).partition(b"\0")
        column = column_in(language, "sort_key")
        between = {f"{column}__gte": letters + b"\0", f"{column}__lt": letters + b"\1"}
        names = EntryNames.objects.filter(kind__in=[*kinds_of], **between).order_by()
        found |= dict.fromkeys(names.values_list("pk", flat=True)[:at_most])
    return [*found][:at_most]


def has_name(names: Iterable[str]) -> Q:
    """Entries that have one of the names, spelled in whatever way."""
    return is_named("names__folded", names)
