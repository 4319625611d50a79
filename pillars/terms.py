"""Where a text uses the words of the glossary, and which of them a page has used so far.

Works on HTML that Markdown became and nh3 cleaned: there each "<" opens a tag, and no other does.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from itertools import product
from uuid import UUID

from django.utils.html import format_html

from pillars.models import Term

Spellings = tuple[tuple[UUID, tuple[str, ...]], ...]

# Where a link may not stand, or where words are shown and not used.
CLOSED = frozenset({"a", "blockquote", "code", "h2", "h3", "h4", "h5", "pre", "sup"})
TAG = re.compile(r'(<[^>"]*(?:"[^"]*"[^>"]*)*>)')
NAME = re.compile(r"</?([a-z0-9]+)")

# The marks that writing may leave out: Arabic vowels and tanwin, and the stroke that only stretches a word.
UNWRITTEN = "\u0640\u064b-\u0652\u0670"
LETTER = rf"[\w\u0300-\u036f{UNWRITTEN}]"
HYPHEN = "[-\u2010\u2011]"
WORD = re.compile(f"{LETTER}+(?:{HYPHEN}{LETTER}+)*")
ENDS_HERE = f"(?!{HYPHEN}?{LETTER})"
MARKS = re.compile(f"[{UNWRITTEN}]+")
HYPHENS = re.compile(HYPHEN)
APOSTROPHES = "'\u2019"


@dataclass(frozen=True)
class Form:
    """One way to write a term, from its first word on."""

    term: UUID
    length: int
    rest: re.Pattern[str]


Forms = dict[str, list[Form]]


class PageTerms:
    """The terms that one page explains, in the order in which its texts first use them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.found: dict[UUID, Term] = {}

    @cached_property
    def glossary(self) -> dict[UUID, Term]:
        """All that can be found, read once for the page."""
        return {term.pk: term for term in Term.objects.linked()}

    @cached_property
    def forms(self) -> Forms:
        """How they are written in the language of the page."""
        return forms_of(
            self.language,
            tuple(
                (key, (term.title_in(self.language), *term.forms_in(self.language)))
                for key, term in self.glossary.items()
            ),
        )

    def linked(self, html: str, *, about: UUID | None = None) -> str:
        """The clean HTML in which each term that the page had not used leads to what it means.

        about: the entry that the text belongs to; a term does not lead to itself.
        """
        pieces, closed = [], 0
        for number, piece in enumerate(TAG.split(html)):
            if number % 2 == 0:
                pieces.append(piece if closed else self._linked_text(piece, about))
                continue
            if (name := NAME.match(piece)) and name[1] in CLOSED:
                closed += -1 if piece.startswith("</") else 1
            pieces.append(piece)
        return "".join(pieces)

    def _linked_text(self, escaped: str, about: UUID | None) -> str:
        text = unescape(escaped)
        pieces, done = [], 0
        for start, end, key in uses(text, self.forms):
            if key not in self.found and key != about:
                term = self.found[key] = self.glossary[key]
                link = format_html('<a class="term" href="#term-{}">{}</a>', term.slug, text[start:end])
                pieces += [_escaped(text[done:start]), link]
                done = end
        return "".join([*pieces, _escaped(text[done:])]) if pieces else escaped


def uses(text: str, forms: Forms) -> Iterator[tuple[int, int, UUID]]:
    """Where in a plain text terms stand, one behind the other: start, end and key of the term."""
    done = 0
    for word in WORD.finditer(text):
        if word.start() >= done and (starting := forms.get(_folded(word[0]))):
            for form in starting:
                if rest := form.rest.match(text, word.end()):
                    done = rest.end()
                    yield word.start(), done, form.term
                    break


@lru_cache(maxsize=16)
def forms_of(language: str, spellings: Spellings) -> Forms:
    """All forms, by the first word as a text may write it, those that are longest first."""
    found: Forms = defaultdict(list)
    for term, written in spellings:
        for spelling in filter(None, written):
            # What begins with no letter cannot be told from the text around it.
            if first := WORD.match(spelling):
                rest = re.compile(_as_written(spelling[first.end() :]) + ENDS_HERE, re.IGNORECASE)
                form = Form(term, len(spelling), rest)
                for beginning in _beginnings(_folded(first[0]), language):
                    found[beginning].append(form)
    for several in found.values():
        several.sort(key=lambda form: -form.length)
    return dict(found)


def _as_written(rest: str) -> str:
    """A pattern of what follows the first word: with other spaces, hyphens, apostrophes and vowel marks."""
    return "".join(
        r"\s+" if part.isspace()
        else HYPHEN if HYPHENS.fullmatch(part)
        else f"[{APOSTROPHES}]" if part in APOSTROPHES
        else f"{re.escape(part)}[{UNWRITTEN}]*"
        for part in re.findall(r"\s+|\S", MARKS.sub("", rest))
    )  # fmt: skip


def _beginnings(word: str, language: str) -> Iterable[str]:
    """The word as it stands; in Arabic also with the particles and the article that are written onto it."""
    if language != "ar":
        return {word}
    written = {f"{joined}{word}" for joined in ("", "ب", "ك", "ل", "ال", "بال", "كال", "لل")}
    if word.startswith("ال"):
        # "For the" loses the alef of the article, and before a lam its lam too.
        bare = word.removeprefix("ال")
        written.add(f"ل{bare}" if bare.startswith("ل") else f"لل{bare}")
    return {f"{conjunction}{one}" for conjunction, one in product(("", "و", "ف"), written)}


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    """The word in one of the ways to write it."""
    return MARKS.sub("", HYPHENS.sub("-", word)).casefold()


def _escaped(text: str) -> str:
    """The text as the cleaner writes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")
