"""The age of each text of an entry in each language, computed from snapshots, without the tables.

A text is a group of columns, one for each language of the pages, such as title_en, title_ar and title_fr;
its path is that of a column without the language: "title", or "provision/<key>/text". Its ages are the
numbers of the revisions in which each language's wording last changed; a language in which it is empty has
none.

    {"title": {"en": 3, "ar": 1}, "provision/<key>/text": {"en": 2}}
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from publishing.languages import PAGE_LANGUAGES, column_in, main_language, stem_and_language

Texts = dict[str, dict[str, str]]
Ages = dict[str, dict[str, int]]

# The codes of ChangeClass, which is not imported, since old migrations call these functions.
TYPO, RESTORATION = "typo", "restoration"


def texts_of(snapshot: dict[str, Any]) -> Texts:
    """Every text of the snapshot, by path, with its wording in each language."""
    found = dict(_texts_among(snapshot["fields"]))
    for kind, rows in snapshot["rows"].items():
        for key, row in rows.items():
            found |= {f"{kind}/{key}/{name}": wordings for name, wordings in _texts_among(row)}
    return found


def _texts_among(values: dict[str, Any]) -> Iterable[tuple[str, dict[str, str]]]:
    """The texts among the columns; "" in a language that was added after the snapshot was made."""
    for name, columns in _named_texts(tuple(values), PAGE_LANGUAGES):
        yield name, {language: values.get(column) or "" for language, column in columns}


@lru_cache(maxsize=500)
def _named_texts(
    columns: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The texts among the names of columns, each with the languages and the columns that it has in them.

    languages: those of the pages. A single column that only ends like one, such as "ucdp_id", is not a text.
    """
    stems = Counter(stem for stem, language in map(stem_and_language, columns) if language)
    return tuple(
        (name, tuple((language, column_in(language, name)) for language in languages))
        for name, number in stems.items()
        if number > 1
    )


def ages_after_revision(ages: Ages, before: Texts, after: Texts, *, number: int, change_class: str) -> Ages:
    """The ages after the revision `number`, which changed the texts from `before` to `after`.

    A corrected typing error does not change the age, so that no translation becomes stale.
    """
    return {
        path: {
            language: _age(ages.get(path, {}), before.get(path, {}), language, wording, number, change_class)
            for language, wording in wordings.items()
            if wording
        }
        for path, wordings in after.items()
    }


def _age(
    ages: dict[str, int], before: dict[str, str], language: str, wording: str, number: int, change_class: str
) -> int:
    if language not in ages or (before.get(language) != wording and change_class != TYPO):
        return number
    return ages[language]


@dataclass(frozen=True)
class PastRevision:
    """The parts of a revision that the ages depend on."""

    number: int
    snapshot: dict[str, Any]
    change_class: str
    # The (path, language) pairs that a person confirmed as still right as of this revision.
    checked: list[tuple[str, str]] = field(default_factory=list)


def ages_from_history(history: Iterable[PastRevision]) -> Ages:
    """The ages after all revisions; history: oldest first.

    A restoration restores the ages of a text with its wording: translations that were right are right again.
    """
    ages: Ages = {}
    before: Texts = {}
    remembered: dict[tuple[str, ...], dict[str, int]] = {}
    for past in history:
        after = texts_of(past.snapshot)
        new_ages = ages_after_revision(
            ages, before, after, number=past.number, change_class=past.change_class
        )
        if past.change_class == RESTORATION:
            new_ages |= {
                path: remembered[_wording_key(path, wordings)]
                for path, wordings in after.items()
                if _wording_key(path, wordings) in remembered and wordings != before.get(path)
            }
        ages, before = checked(new_ages, past.checked, past.number), after
        remembered |= {_wording_key(path, wordings): ages[path] for path, wordings in after.items()}
    return ages


def _wording_key(path: str, wordings: dict[str, str]) -> tuple[str, ...]:
    return (path, *(wordings[language] for language in PAGE_LANGUAGES))


def checked(ages: Ages, pairs: Iterable[tuple[str, str]], number: int) -> Ages:
    """The ages after a person confirmed these translations as of the revision `number`.

    pairs: the (path, language) of each translation.
    """
    found = {path: dict(ages_of_text) for path, ages_of_text in ages.items()}
    for path, language in pairs:
        if language in found.get(path, {}):
            found[path][language] = max(found[path][language], number)
    return found


# --- status and counts ------------------------------------------------------------------------


def source_of(ages: Ages, path: str) -> str | None:
    """The language that a text is translated from: that of the entry, else its first; None if it is empty."""
    return _source_among(ages[path], main_language(ages.get("title", {})))


def _source_among(found: dict[str, int], main: str) -> str | None:
    """main: the language of the entry."""
    return (
        main if main in found else next((language for language in PAGE_LANGUAGES if language in found), None)
    )


def translation_status(ages: Ages, path: str, language: str) -> str:
    """The status of the text in the language: "missing", "stale" or "done"; "" if the text is empty."""
    return _status(ages[path], source_of(ages, path), language)


def _status(found: dict[str, int], source: str | None, language: str) -> str:
    """found: the ages of the text; source: the language that it is translated from."""
    if source is None:
        return ""
    if language not in found:
        return "missing"
    return "stale" if found[language] < found[source] else "done"


@dataclass(frozen=True)
class Count:
    """The number of texts of an entry by status in one language; the revision since which one is stale.

    words_left: those of the texts that are missing or stale, in the language that they are translated from.
    """

    missing: int
    stale: int
    done: int
    stale_since: int | None
    words_left: int = 0
    words_done: int = 0


def count_translations(ages: Ages, language: str, texts: Texts | None = None) -> Count:
    """Count the texts of an entry in one language; without the texts no words."""
    main = main_language(ages.get("title", {}))
    sources = {path: _source_among(found, main) for path, found in ages.items()}
    statuses = {path: _status(ages[path], source, language) for path, source in sources.items()}
    values = list(statuses.values())
    stale_since = [ages[path][sources[path] or ""] for path, status in statuses.items() if status == "stale"]
    return Count(
        values.count("missing"),
        values.count("stale"),
        values.count("done"),
        min(stale_since, default=None),
        *_words(sources, language, statuses, texts or {}),
    )


def _words(
    sources: dict[str, str | None], language: str, statuses: dict[str, str], texts: Texts
) -> tuple[int, int]:
    """How many words are left to translate into the language, and how many are translated."""
    left = done = 0
    for path, wordings in texts.items():
        source = sources.get(path)
        if source is None or source == language:
            continue
        words = len(wordings[source].split())
        if statuses.get(path) == "done":
            done += words
        else:
            left += words
    return left, done
