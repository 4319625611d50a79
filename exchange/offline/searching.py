"""What the search of the offline edition reads: titles, other names and findings, in each language."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import override

from exchange.tables import PAGE
from portal.models import Page
from publishing import snapshots
from publishing.languages import FALLBACKS, column_in
from publishing.marks import Marks, all_marks
from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.models.search import all_names_in, plain
from publishing.snapshots import Snapshot

# So long it is shown at most, in letters.
MOST_LETTERS = 240


def search_scripts(languages: tuple[str, ...]) -> dict[str, bytes]:
    """For each language the script that gives the search its entries (static/offline/search.js)."""
    entries: dict[str, list[list[Any]]] = {language: [] for language in languages}
    names, marks = [*kinds()], {language: _marks(language) for language in languages}
    for revision in _newest():
        snapshot = snapshots.conformed(revision.snapshot)
        for language in languages:
            mark = marks[language].get(revision.entry_id)
            entry = _entry(snapshot, revision.number, names, language)
            entries[language].append([*entry, mark] if mark else entry)
    return {language: _script(language, entries[language]) for language in languages}


def _marks(language: str) -> Marks:
    with override(language):
        return all_marks()


def _newest() -> Iterator[Revision]:
    home = Page.objects.filter(slug=Page.HOME).values("pk")
    entries = Entry.objects.in_sight().exclude(pk__in=home)
    newest = Revision.objects.filter(entry__in=entries, number=F("entry__revision"))
    return newest.order_by("kind", "entry__slug").iterator(chunk_size=PAGE)


def _entry(snapshot: Snapshot, number: int, names: list[str], language: str) -> list[Any]:
    fields, slug = snapshot["fields"], snapshot["fields"]["slug"]
    title, summary = _in_language(fields, "title", language), kinds()[snapshot["kind"]].SUMMARY
    others = [
        name for _language, name in all_names_in(snapshot) if name not in (title, slug.replace("-", " "))
    ]
    return [
        names.index(snapshot["kind"]),
        slug,
        title,
        "\n".join(dict.fromkeys(others)),
        _shortened(plain(_in_language(fields, summary, language) if summary else "")),
        number,
    ]


def _in_language(fields: dict[str, Any], text: str, language: str) -> str:
    """The text in the language, or in the first other one that has it."""
    found = (fields.get(column_in(one, text)) for one in FALLBACKS[language])
    return str(next(filter(None, found), ""))


def _shortened(text: str) -> str:
    """Its first letters, up to the end of a word.

    >>> _shortened("Both sides kept it.")
    'Both sides kept it.'
    """
    if len(text) <= MOST_LETTERS:
        return text
    return f"{text[:MOST_LETTERS].rpartition(' ')[0]} …"


def _script(language: str, entries: list[list[Any]]) -> bytes:
    with override(language):
        content = {
            "language": language,
            "site": settings.SITE_URL,
            "kinds": [
                [name, capfirst(str(kind._meta.verbose_name)), _folder(kind), 1 + kind.SEARCH_WEIGHT]
                for name, kind in kinds().items()
            ],
            "entries": entries,
        }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Two signs that JSON allows in a text, and older scripts do not.
    return f"const sulhIndex = {text};\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()


def _folder(kind: type[Entry]) -> str:
    """The part of the address before its last part: "cases/" for cases."""
    return kind.address("x").split("/", 2)[2].removesuffix("x/")
