"""How old each text of an entry is in each language: from snapshots alone, without the tables.

A text is the columns of one thing in each language of the pages, such as title_en, title_ar and title_fr;
its path is that of a column without the language: "title", or "provision/<key>/text". Its ages are the
numbers of the revisions in which each language's wording last changed; a language in which it is empty has
none.

    {"title": {"en": 3, "ar": 1}, "provision/<key>/text": {"en": 2}}
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from publishing.languages import PAGE_LANGUAGES, column_in, main_language, stem_and_language

Texts = dict[str, dict[str, str]]
Ages = dict[str, dict[str, int]]

# As the words of ChangeClass, which is not imported: migrations of any time call these functions.
TYPO, RESTORATION = "typo", "restoration"


def texts_of(snapshot: dict[str, Any]) -> Texts:
    """Every text of the snapshot, with its wording in each language."""
    found = dict(_texts_among(snapshot["fields"]))
    for kind, rows in snapshot["rows"].items():
        for key, row in rows.items():
            found |= {f"{kind}/{key}/{name}": words for name, words in _texts_among(row)}
    return found


def _texts_among(values: dict[str, Any]) -> Iterable[tuple[str, dict[str, str]]]:
    """The texts; one that is older than a language of the pages is empty in that language.

    A single column that only ends like one, such as "ucdp_id", is no text.
    """
    stems = Counter(stem for stem, language in map(stem_and_language, values) if language)
    for name, columns in stems.items():
        if columns > 1:
            yield name, {one: values.get(column_in(one, name)) or "" for one in PAGE_LANGUAGES}


def ages_after_revision(ages: Ages, before: Texts, after: Texts, *, number: int, change_class: str) -> Ages:
    """The ages after the revision `number`, which made of the texts `before` the texts `after`.

    Mending a typing error makes no text younger, so that no translation of it falls behind.
    """
    return {
        path: {
            language: _age(ages.get(path, {}), before.get(path, {}), language, wording, number, change_class)
            for language, wording in words.items()
            if wording
        }
        for path, words in after.items()
    }


def _age(
    ages: dict[str, int], before: dict[str, str], language: str, wording: str, number: int, change_class: str
) -> int:
    if language not in ages or (before.get(language) != wording and change_class != TYPO):
        return number
    return ages[language]


@dataclass(frozen=True)
class PastRevision:
    """One revision as its texts' ages need it."""

    number: int
    snapshot: dict[str, Any]
    change_class: str
    # The (path, language) pairs that somebody found still right when this revision was the newest they saw.
    checked: list[tuple[str, str]] = field(default_factory=list)


def ages_from_history(history: Iterable[PastRevision]) -> Ages:
    """The ages after all revisions, oldest first.

    A restoration brings a text's ages back together with its words: what fitted then fits again.
    """
    ages: Ages = {}
    before: Texts = {}
    remembered: dict[tuple[str, ...], dict[str, int]] = {}
    for past in history:
        after = texts_of(past.snapshot)
        then = ages_after_revision(ages, before, after, number=past.number, change_class=past.change_class)
        if past.change_class == RESTORATION:
            then |= {
                path: remembered[_said(path, words)]
                for path, words in after.items()
                if _said(path, words) in remembered and words != before.get(path)
            }
        ages, before = checked(then, past.checked, past.number), after
        remembered |= {_said(path, words): ages[path] for path, words in after.items()}
    return ages


def _said(path: str, words: dict[str, str]) -> tuple[str, ...]:
    return (path, *(words[language] for language in PAGE_LANGUAGES))


def checked(ages: Ages, pairs: Iterable[tuple[str, str]], number: int) -> Ages:
    """The ages when somebody found these translations still right as of the revision."""
    found = {path: dict(of) for path, of in ages.items()}
    for path, language in pairs:
        if language in found.get(path, {}):
            found[path][language] = max(found[path][language], number)
    return found


# --- what follows from the ages ---------------------------------------------------------------


def source_of(ages: Ages, path: str) -> str | None:
    """The language that a text is translated from: the entry's, else the first; None where it is empty."""
    own, of = main_language(ages.get("title", {})), ages[path]
    return own if own in of else next((language for language in PAGE_LANGUAGES if language in of), None)


def translation_status(ages: Ages, path: str, language: str) -> str:
    """How the text stands in the language: "missing", "stale" or "done"; "" where there is no text at all."""
    source = source_of(ages, path)
    if source is None:
        return ""
    if language not in ages[path]:
        return "missing"
    return "stale" if ages[path][language] < ages[path][source] else "done"


@dataclass(frozen=True)
class Count:
    """How many texts of an entry stand how in one language; since which revision the first is stale."""

    missing: int
    stale: int
    done: int
    stale_since: int | None


def count_translations(ages: Ages, language: str) -> Count:
    """The texts of an entry in one language, counted."""
    standings = {path: translation_status(ages, path, language) for path in ages}
    said = list(standings.values())
    since = [ages[path][source_of(ages, path) or ""] for path, one in standings.items() if one == "stale"]
    return Count(said.count("missing"), said.count("stale"), said.count("done"), min(since, default=None))
