"""Stores the ages of texts and the counts of translations, in the transaction of each revision."""

from collections import defaultdict
from collections.abc import Iterable
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
    _store(revision.entry_id, ages, texts)


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
    _store(key, computed_ages(key), newest_texts(key))


def newest_texts(key: Any) -> Texts:
    """The texts of the entry's newest revision."""
    newest = Revision.objects.filter(entry_id=key).order_by("number").last()
    return texts_of(newest.snapshot) if newest is not None else {}


def computed_ages(key: Any) -> Ages:
    """The ages of the entry's texts, computed from all its revisions and checks; writes nothing."""
    checks: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, path, language in TranslationCheck.objects.filter(entry_id=key).values_list(
        "revision", "path", "language"
    ):
        checks[number].append((path, language))
    revisions = Revision.objects.filter(entry_id=key).order_by("number").iterator(chunk_size=50)
    return ages_from_history(
        PastRevision(revision.number, revision.snapshot, revision.change_class, checks[revision.number])
        for revision in revisions
    )


def translation_counts(key: Any, ages: Ages, texts: Texts) -> list[Translation]:
    """The counts of the entry's translations, one for each language, unsaved."""
    counts = worked_out(counts_of, ages, texts)
    numbers = {count.stale_since for count in counts.values() if count.stale_since is not None}
    published_at = dict(rows_asked(_when_published, key, tuple(numbers))) if numbers else {}
    return [
        Translation(
            entry_id=key,
            language=language,
            missing=count.missing,
            stale=count.stale,
            done=count.done,
            stale_since=published_at.get(count.stale_since or 0),
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


def _store(key: Any, ages: Ages, texts: Texts) -> None:
    put_rows([TextAges(entry_id=key, ages=ages)], unique=("entry_id",), change=("ages",))
    counted = translation_counts(key, ages, texts)
    put_rows(counted, unique=("entry_id", "language"), change=COUNTED)


def rebuild_all() -> int:
    """Rebuild the ages and counts of all entries; returns the number of entries."""
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        rebuild(key)
    return len(keys)
