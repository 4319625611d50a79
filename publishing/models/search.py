"""What the search reads of entries; all of it follows from the entries' texts."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.db import models

from publishing.fields.columns import language_of_column, stem
from publishing.languages import PAGE_LANGUAGES, column_in
from publishing.markdown_numbers import without_numbers
from publishing.models.entry import Child, Entry, children_of, kinds
from search.folding import spellings
from search.initials import initials_of
from search.stemming import STOP_WORDS, WORD, other_stems, stems, wholes

# Texts are kept without the marks of Markdown: links by their words, and no emphasis.
LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
MARKS = re.compile(r"[*_`#>|\\]+|\[\^[^\]\s]+\]:?|\[@[^\[\]\n]*\]|\{[^{}\n]*\}")
# All of these begin with one of:
MARKED = re.compile(r"[*_`#>|\\\[{]")
# What is longer would be more than PostgreSQL takes into its index; no entry comes near.
MOST_LETTERS = 300_000
# Of a word in a list of words.
LONGEST_WORD = 60
# Where slips are looked for, shorter words are like too many others.
SHORTEST_WORD = 3


class SearchDocument(models.Model):
    """One published entry as it is searched: the index of the database is made of it (docs/adr/0032)."""

    id = models.BigAutoField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="searched")
    kind = models.CharField(max_length=30)
    # Each name in each of its spellings, folded, line by line; in the last line all names in short.
    called = models.TextField()
    # Each name as one word.
    wholes = models.TextField()
    # The stems of each line of `called`.
    names = models.TextField()
    # The stems of all other texts.
    body = models.TextField()
    # What is shown of it: names and texts as they are written, each with its language or "".
    texts = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.entry_id)


class SearchWord(models.Model):
    """A word of some name, to find what was meant by a misspelt one.

    Words stay when the last name that had them goes; nobody is shown one of which nothing is found.
    """

    # Folded.
    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)
    shown = models.CharField(max_length=LONGEST_WORD)
    letters = models.PositiveSmallIntegerField()
    skeleton = models.CharField(max_length=LONGEST_WORD, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["letters", "word"], name="search_words_by_length")]

    def __str__(self) -> str:
        return self.shown


def all_names_in(snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each name with its language or "": titles, other names, what it is also called, and its address."""
    fields, kind = snapshot["fields"], kinds()[snapshot["kind"]]
    names = [(language, fields.get(column_in(language, "title"))) for language in PAGE_LANGUAGES]
    others = sorted(snapshot["rows"].get(kind.OTHER_NAMES, {}).items())
    names += [(str(row.get("language") or ""), row.get("name")) for _key, row in others]
    for column, text, language in _columns(kind):
        if text in kind.ALSO_CALLED:
            lines = str(fields.get(column) or "").splitlines()
            names += [(language, line.strip()) for line in lines]
    names.append(("", str(fields.get("slug") or "").replace("-", " ")))
    return [*dict.fromkeys((language, name) for language, name in names if name)]


def document_of(snapshot: Mapping[str, Any]) -> SearchDocument:
    """The document of the entry of the snapshot, not stored."""
    named, said = columns_of_names(snapshot), columns_of_texts(snapshot)
    return SearchDocument(entry_id=snapshot["id"], kind=snapshot["kind"], **named, **said)


def codes_in(snapshot: Mapping[str, Any]) -> list[str]:
    """What else the entry is found by, besides its names and its texts."""
    return [str(snapshot["fields"].get(name) or "") for name in kinds()[snapshot["kind"]].FOUND_BY]


def columns_of_names(snapshot: Mapping[str, Any]) -> dict[str, str]:
    """The columns of its document that follow from its names and its codes alone."""
    kind, names = kinds()[snapshot["kind"]], [name for _language, name in all_names_in(snapshot)]
    called = [*dict.fromkeys(spelling for name in names for spelling in spellings(name))]
    # But for the last, its address, which says its title once more.
    if short := dict.fromkeys(
        one for name in names[:-1] for one in initials_of(name) if kind.KNOWN_BY_INITIALS
    ):
        called.append(" ".join(short))
    return {
        "called": "\n".join(called),
        "wholes": " ".join(
            dict.fromkeys(one for name in (*names, *codes_in(snapshot)) for one in wholes(name))
        ),
        "names": "\n".join(" ".join(stems(one)) for one in called),
    }


def columns_of_texts(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of its document that follow from its texts, too."""
    texts = [*_texts_in(snapshot)]
    body = [one for _language, text in texts for one in stems(text)]
    body += [one for code in codes_in(snapshot) for one in stems(code)]
    known = {*body}
    more = dict.fromkeys(one for _language, text in texts for one in other_stems(text) if one not in known)
    return {
        "body": " ".join((*body, *more))[:MOST_LETTERS],
        "texts": [[language, text] for language, text in (*all_names_in(snapshot)[:-1], *texts)],
    }


def words_of(snapshot: Mapping[str, Any]) -> dict[str, str]:
    """The words of its names: as they are shown, by how they are folded."""
    found: dict[str, str] = {}
    for _language, name in all_names_in(snapshot):
        for one in WORD.finditer(name):
            for word in spellings(one[0]):
                if SHORTEST_WORD <= len(word) <= LONGEST_WORD and not word.isdigit() and " " not in word:
                    found.setdefault(word, one[0][:LONGEST_WORD])
    return {word: shown for word, shown in found.items() if word not in STOP_WORDS}


def _texts_in(snapshot: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each text that a reader reads, without Markdown, with its language; each once."""
    kind, seen = kinds()[snapshot["kind"]], set()
    rows = [
        (model, row)
        for name, model in children_of(kind).items()
        if name != kind.OTHER_NAMES
        for _key, row in sorted(snapshot["rows"].get(name, {}).items())
    ]
    named = ("title", *kind.ALSO_CALLED)
    for model, values in [(kind, snapshot["fields"]), *rows]:
        for column, called, language in _columns(model):
            if not (written := values.get(column)) or (model is kind and called in named):
                continue
            text = plain(str(written))
            if text and text not in seen:
                seen.add(text)
                yield language or str(values.get("language") or ""), text


def plain(text: str) -> str:
    """The text without the marks of Markdown, in one line.

    >>> plain("## The *truce*\\n\\nSee [its text](/en/sources/text/) [@un-letter, para. 2].[^1]")
    'The truce See its text.'
    """
    if MARKED.search(text):
        text = MARKS.sub(" ", LINK.sub(r"\1", without_numbers(text)))
    return " ".join(text.split()).replace(" .", ".").replace(" ,", ",")


@cache
def _columns(model: type[Entry] | type[Child]) -> tuple[tuple[str, str, str], ...]:
    """The columns of texts that people write: no codes, addresses, and paths of facts.

    Of each its name, that without its language, and its language or "".
    """
    technical = {"slug", getattr(model, "ABOUT", ""), getattr(model, "ANCHOR", "")}
    return tuple(
        (column.name, stem(column), language_of_column(column))
        for column in model._meta.concrete_fields
        if isinstance(column, (models.CharField, models.TextField))
        and not isinstance(column, (models.URLField, models.SlugField))
        and not column.choices
        and column.editable
        and column.name not in technical
        and column.name not in Entry.MANAGED_BY_PUBLISHING
    )
