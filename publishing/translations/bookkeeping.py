"""Stores the ages of texts and the counts of translations, in the transaction of each revision."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import transaction

from publishing.beforehand import worked_out
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, Revision, TextAges, Translation, TranslationCheck
from publishing.statements import rows_asked, rows_by_key
from publishing.translations.staleness import (
    RESTORATION,
    Ages,
    Count,
    PastRevision,
    Texts,
    ages_after_revision,
    ages_from_history,
    count_translations,
    texts_of,
)
from publishing.writing import insert_rows, put_rows

# The columns of a Translation that are counted.
COUNTED = ("missing", "stale", "done", "stale_since", "words_left", "words_done")


@dataclass(frozen=True)
class FromHistory:
    """What the revisions and checks of an entry say: its texts, their ages, and when each was published."""

    ages: Ages = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)
    published_at: dict[int, datetime.datetime] = field(default_factory=dict)


def update_ages(revision: Revision, before: Revision | None) -> None:
    """Update the ages of the entry's texts after its newest revision."""
    stored = rows_by_key(TextAges, "pk", ("ages",), revision.entry_id) if before else []
    if revision.change_class == RESTORATION or (before is None) != (not stored):
        rebuild(revision.entry_id)
        return
    texts = worked_out(texts_of, revision.snapshot)
    texts_before = worked_out(texts_of, before.snapshot) if before else {}
    ages = worked_out(
        ages_after_revision,
        stored[0][0] if stored else {},
        texts_before,
        texts,
        number=revision.number,
        change_class=revision.change_class,
    )
    _store(revision.entry_id, ages, texts, {revision.number: revision.created_at})


def stored_ages(key: Any) -> Ages:
    """The ages of the entry's texts, as they are stored; none where it is new."""
    return next((ages for (ages,) in rows_by_key(TextAges, "pk", ("ages",), key)), {})


def begin_ages(revisions: Iterable[Revision]) -> None:
    """Store the ages of the texts of entries that are new; of each the first revision."""
    ages, texts = {}, {}
    for revision in revisions:
        texts[revision.entry_id] = after = texts_of(revision.snapshot)
        ages[revision.entry_id] = ages_after_revision(
            {}, {}, after, number=revision.number, change_class=revision.change_class
        )
    insert_rows([TextAges(entry_id=key, ages=one) for key, one in ages.items()])
    insert_rows([count for key, one in ages.items() for count in translation_counts(key, one, texts[key])])


@transaction.atomic
def rebuild(key: Any) -> None:
    """Compute and store the ages and counts of the entry's texts from all its revisions and checks."""
    found = from_history(key)
    _store(key, found.ages, found.texts, found.published_at)


def from_history(key: Any) -> FromHistory:
    """What all revisions and checks of the entry say; writes nothing."""
    return next((found for _key, found in from_histories([key])), FromHistory())


def from_histories(keys: Collection[Any]) -> Iterator[tuple[Any, FromHistory]]:
    """The same of all those that have revisions, each with its key, in two queries."""
    checks: dict[tuple[Any, int], list[tuple[str, str]]] = defaultdict(list)
    listed = TranslationCheck.objects.filter(entry_id__in=keys)
    for key, number, path, language in listed.values_list("entry_id", "revision", "path", "language"):
        checks[key, number].append((path, language))
    revisions = Revision.objects.filter(entry_id__in=keys).order_by("entry_id", "number")
    for key, of_entry in groupby(revisions.iterator(chunk_size=50), lambda one: one.entry_id):
        history = _History(of_entry, checks)
        ages = ages_from_history(history)
        yield key, FromHistory(ages, texts_of(history.newest), history.published_at)


class _History:
    """The revisions of an entry, as its ages are computed from them; what else they say is kept."""

    def __init__(
        self, revisions: Iterable[Revision], checks: Mapping[tuple[Any, int], list[tuple[str, str]]]
    ) -> None:
        self._revisions, self._checks = revisions, checks
        self.newest: dict[str, Any] = {}
        self.published_at: dict[int, datetime.datetime] = {}

    def __iter__(self) -> Iterator[PastRevision]:
        for revision in self._revisions:
            number, self.newest = revision.number, revision.snapshot
            self.published_at[number] = revision.created_at
            checked = self._checks.get((revision.entry_id, number), [])
            yield PastRevision(number, revision.snapshot, revision.change_class, checked)


def translation_counts(
    key: Any, ages: Ages, texts: Texts, published_at: Mapping[int, datetime.datetime] | None = None
) -> list[Translation]:
    """The counts of the entry's translations, one for each language, unsaved.

    published_at: when its revisions were published, by number, where that is known.
    """
    counts, known = worked_out(counts_of, ages, texts), dict(published_at or {})
    numbers = {count.stale_since for count in counts.values() if count.stale_since is not None}
    if unknown := numbers - known.keys():
        known |= dict(rows_asked(_when_published, key, tuple(unknown)))
    return [
        Translation(
            entry_id=key,
            language=language,
            missing=count.missing,
            stale=count.stale,
            done=count.done,
            stale_since=known.get(count.stale_since or 0),
            words_left=count.words_left,
            words_done=count.words_done,
        )
        for language, count in counts.items()
    ]


def counts_of(ages: Ages, texts: Texts) -> dict[str, Count]:
    """How much of the texts is translated into each language."""
    return {language: count_translations(ages, language, texts) for language in PAGE_LANGUAGES}


def _when_published(key: Any, numbers: tuple[int, ...]) -> Any:
    return Revision.objects.filter(entry_id=key, number__in=numbers).values_list("number", "created_at")


def _store(
    key: Any, ages: Ages, texts: Texts, published_at: Mapping[int, datetime.datetime] | None = None
) -> None:
    put_rows([TextAges(entry_id=key, ages=ages)], unique=("entry_id",), change=("ages",))
    counted = translation_counts(key, ages, texts, published_at)
    put_rows(counted, unique=("entry_id", "language"), change=COUNTED)


def rebuild_all() -> int:
    """Rebuild the ages and counts of all entries; returns the number of entries."""
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        rebuild(key)
    return len(keys)
