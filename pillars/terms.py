"""Where a text uses the words of the glossary, and which of them a page has used so far."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, product
from uuid import UUID

from markdown_it.token import Token

from pillars.models import Term

Spellings = tuple[tuple[UUID, tuple[str, ...]], ...]

# Where a link may not stand, or where words are shown and not used.
CLOSED_BLOCKS = frozenset({"blockquote", "heading"})

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
class Rests:
    """All that may follow one first word: a group of the pattern for each form, and the term of each."""

    pattern: re.Pattern[str]
    terms: tuple[UUID, ...]


Forms = dict[str, Rests]


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

    def linked(self, tokens: list[Token], *, about: UUID | None = None) -> list[Token]:
        """The text as Markdown was read, in which each term that the page had not used leads to its meaning.

        about: the entry that the text belongs to; a term does not lead to itself.
        """
        found, closed = [], 0
        for token in tokens:
            if token.type.removesuffix("_open").removesuffix("_close") in CLOSED_BLOCKS:
                closed += token.nesting
            if token.type == "inline" and not closed:
                token = token.copy(children=[*self._linked_line(token.children or [], about)])
            found.append(token)
        return found

    def _linked_line(self, tokens: list[Token], about: UUID | None) -> Iterator[Token]:
        links = 0
        for token in _joined(tokens):
            links += token.nesting if token.type in {"link_open", "link_close"} else 0
            if token.type == "text" and not links:
                yield from self._linked_text(token.content, about)
            else:
                yield token

    def _linked_text(self, text: str, about: UUID | None) -> Iterator[Token]:
        done = 0
        for start, end, key in uses(text, self.forms):
            if key not in self.found and key != about:
                term = self.found[key] = self.glossary[key]
                yield _text(text[done:start])
                yield Token("link_open", "a", 1, attrs={"class": "term", "href": f"#term-{term.slug}"})
                yield _text(text[start:end])
                yield Token("link_close", "a", -1)
                done = end
        yield _text(text[done:])


def _joined(tokens: list[Token]) -> Iterator[Token]:
    """The same with each stretch of text in one piece, over the ends of lines."""
    for is_text, several in groupby(tokens, lambda token: token.type in {"text", "softbreak"}):
        if is_text:
            yield _text("".join("\n" if one.type == "softbreak" else one.content for one in several))
        else:
            yield from several


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def uses(text: str, forms: Forms) -> Iterator[tuple[int, int, UUID]]:
    """Where in a plain text terms stand, one behind the other: start, end and key of the term."""
    done = 0
    for word in WORD.finditer(text):
        rests = forms.get(_folded(word[0])) if word.start() >= done else None
        if rests and (rest := rests.pattern.match(text, word.end())):
            done = rest.end()
            yield word.start(), done, rests.terms[(rest.lastindex or 1) - 1]


@lru_cache(maxsize=16)
def forms_of(language: str, spellings: Spellings) -> Forms:
    """All forms, by the first word as a text may write it, those that are longest first."""
    found: dict[str, list[tuple[int, UUID, str]]] = defaultdict(list)
    for term, written in spellings:
        for spelling in filter(None, written):
            # What begins with no letter cannot be told from the text around it.
            if first := WORD.match(spelling):
                rest = _as_written(spelling[first.end() :])
                for beginning in _beginnings(_folded(first[0]), language):
                    found[beginning].append((len(spelling), term, rest))
    return {beginning: _longest_first(several) for beginning, several in found.items()}


def _longest_first(several: list[tuple[int, UUID, str]]) -> Rests:
    ordered = sorted(several, key=lambda form: -form[0])
    pattern = "|".join(f"({rest}){ENDS_HERE}" for _length, _term, rest in ordered)
    return Rests(re.compile(pattern, re.IGNORECASE), tuple(term for _length, term, _rest in ordered))


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
