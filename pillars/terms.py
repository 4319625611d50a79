"""Finds terms of the glossary in texts, and links their first use on a page."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, product
from uuid import UUID

from django.db.models import QuerySet
from markdown_it.token import Token

from desk.hooks import TermBeside
from pillars.models import Term, forms_among
from publishing import statements
from publishing.languages import column_in

Spellings = tuple[tuple[UUID, tuple[str, ...]], ...]

# Blocks without links to terms.
UNLINKED_BLOCKS = frozenset({"blockquote", "heading"})

# Arabic marks that a text may omit: vowel signs, tanwin, and the tatweel that only stretches a word.
OPTIONAL_MARKS = "\u0640\u064b-\u0652\u0670"
LETTER = rf"[\w\u0300-\u036f{OPTIONAL_MARKS}]"
HYPHEN = "[-\u2010\u2011]"
WORD = re.compile(f"{LETTER}+(?:{HYPHEN}{LETTER}+)*")
WORD_END = f"(?!{HYPHEN}?{LETTER})"
MARKS = re.compile(f"[{OPTIONAL_MARKS}]+")
HYPHENS = re.compile(HYPHEN)
APOSTROPHES = "'\u2019"
# What holds to a word: marks, and in French the spaces that do not break. An elided article is a part of it.
HELD = r"(?:[^\w\s]|[\u00a0\u202f])"
MOST_MARKS = 8
MARKS_BEFORE = re.compile(rf"(?:{HELD}+|\b\w{{1,2}}[{APOSTROPHES}])$")
MARKS_AFTER = re.compile(f"{HELD}{{1,{MOST_MARKS}}}")


@dataclass(frozen=True)
class Continuations:
    """What may follow one first word: a pattern with a group for each form, and the term of each group."""

    pattern: re.Pattern[str]
    terms: tuple[UUID, ...]


Forms = dict[str, Continuations]


class PageTerms:
    """The terms that a page explains, in the order of their first use."""

    def __init__(self, language: str) -> None:
        self.language = language
        # By key, the address of each.
        self.found: dict[UUID, str] = {}

    @cached_property
    def _addresses(self) -> dict[UUID, str]:
        return {key: slug for key, slug, _title, _forms in self._spelled}

    @cached_property
    def _spelled(self) -> list[tuple[UUID, str, str, str]]:
        """How the linked terms are written; their definitions are read of those alone that the page uses."""
        return statements.rows_of(_spelled_in, self.language)

    @cached_property
    def forms(self) -> Forms:
        """The forms of the terms in the language of the page."""
        spellings = ((key, (title, *forms_among(forms))) for key, _slug, title, forms in self._spelled)
        return forms_of(self.language, tuple(spellings))

    @property
    def terms(self) -> list[Term]:
        """The terms that the page uses."""
        read = statements.objects_asked(_of_keys, tuple(self.found)) if self.found else []
        found = {term.pk: term for term in read}
        return [found[key] for key in self.found]

    def linked(self, tokens: list[Token], *, about: UUID | None = None) -> list[Token]:
        """The Markdown tokens, with a link at the first use of each term on the page.

        about: the key of the entry that the text belongs to; a term does not link to itself.
        """
        found, closed = [], 0
        for token in tokens:
            if token.type.removesuffix("_open").removesuffix("_close") in UNLINKED_BLOCKS:
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
        for start, end, key in find_terms(text, self.forms):
            if key not in self.found and key != about:
                slug = self.found[key] = self._addresses[key]
                first, last = _unbroken(text, max(done, start), end)
                first = max(first, done)
                yield _text(text[done:first])
                yield from _button(text[first:start], text[start:end], text[end:last], slug)
                done = last
        yield _text(text[done:])


def _spelled_in(language: str) -> QuerySet:
    columns = (column_in(language, name) for name in ("title", "forms"))
    return Term.objects.linked().values_list("pk", "slug", *columns)


def _of_keys(keys: tuple[UUID, ...]) -> QuerySet[Term]:
    return Term.objects.filter(pk__in=keys)


def _joined(tokens: list[Token]) -> Iterator[Token]:
    """The tokens, with consecutive texts and line breaks joined into one text."""
    for is_text, group in groupby(tokens, lambda token: token.type in {"text", "softbreak"}):
        if is_text:
            yield _text("".join("\n" if one.type == "softbreak" else one.content for one in group))
        else:
            yield from group


def _unbroken(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the marks begin and end that stand at a word without a space: brackets, commas."""
    before, after = MARKS_BEFORE.search(text, max(start - MOST_MARKS, 0), start), MARKS_AFTER.match(text, end)
    return (before.start() if before else start), (after.end() if after else end)


def _button(before: str, word: str, after: str, slug: str) -> Iterator[Token]:
    """The word as a button that opens its meaning, on one line with the marks beside it.

    A browser breaks lines at both ends of a button. One that cannot open anything follows the link.
    """
    is_together = before or after
    if is_together:
        yield Token("together_open", "span", 1, attrs={"class": "together"})
    yield _text(before)
    target = f"term-{slug}"
    yield Token("term_open", "button", 1, attrs={"class": "term", "type": "button", "popovertarget": target})
    yield _text(word)
    yield Token("term_close", "button", -1)
    yield Token("link_open", "a", 1, attrs={"class": "to-term", "href": f"#{target}", "title": word})
    yield Token("link_close", "a", -1)
    yield _text(after)
    if is_together:
        yield Token("together_close", "span", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def find_terms(text: str, forms: Forms) -> Iterator[tuple[int, int, UUID]]:
    """The terms in a plain text, in order: start, end and key of each."""
    done = 0
    for word in WORD.finditer(text):
        continuations = forms.get(normalized(word[0])) if word.start() >= done else None
        if continuations and (rest := continuations.pattern.match(text, word.end())):
            done = rest.end()
            yield word.start(), done, continuations.terms[(rest.lastindex or 1) - 1]


def terms_beside(text: str, source_language: str, language: str) -> list[TermBeside]:
    """The terms in a text, each once, with their names in the language that it is translated into."""
    keys = dict.fromkeys(key for _start, _end, key in find_terms(text, PageTerms(source_language).forms))
    found = Term.objects.in_bulk(keys) if keys else {}
    terms = [found[key] for key in keys if key in found]
    return [
        TermBeside(
            term.title_in(source_language),
            term.title_in(language),
            getattr(term, column_in(language, "definition")),
            term.get_absolute_url(),
        )
        for term in terms
    ]


@lru_cache(maxsize=16)
def forms_of(language: str, spellings: Spellings) -> Forms:
    """All forms by their normalized first word, the longest first."""
    found: dict[str, list[tuple[int, UUID, str]]] = defaultdict(list)
    for term, written in spellings:
        for spelling in filter(None, written):
            # A form that does not begin with a letter cannot be found as a word.
            if first := WORD.match(spelling):
                rest = _rest_pattern(spelling[first.end() :])
                for beginning in prefixed_forms(normalized(first[0]), language):
                    found[beginning].append((len(spelling), term, rest))
    return {beginning: _longest_first(forms) for beginning, forms in found.items()}


def _longest_first(forms: list[tuple[int, UUID, str]]) -> Continuations:
    ordered = sorted(forms, key=lambda form: -form[0])
    pattern = "|".join(f"({rest}){WORD_END}" for _length, _term, rest in ordered)
    return Continuations(re.compile(pattern, re.IGNORECASE), tuple(term for _length, term, _rest in ordered))


def _rest_pattern(rest: str) -> str:
    """A pattern for what follows the first word, with any spaces, hyphens, apostrophes and vowel signs."""
    return "".join(
        r"\s+" if part.isspace()
        else HYPHEN if HYPHENS.fullmatch(part)
        else f"[{APOSTROPHES}]" if part in APOSTROPHES
        else f"{re.escape(part)}[{OPTIONAL_MARKS}]*"
        for part in re.findall(r"\s+|\S", MARKS.sub("", rest))
    )  # fmt: skip


def prefixed_forms(word: str, language: str) -> Iterable[str]:
    """The word; in Arabic also with the prefixed particles and the article."""
    if language != "ar":
        return {word}
    written = {f"{joined}{word}" for joined in ("", "ب", "ك", "ل", "ال", "بال", "كال", "لل")}
    if word.startswith("ال"):
        # "For the" loses the alef of the article, and before a lam its lam too.
        without_article = word.removeprefix("ال")
        written.add(f"ل{without_article}" if without_article.startswith("ل") else f"لل{without_article}")
    return {f"{conjunction}{one}" for conjunction, one in product(("", "و", "ف"), written)}


@lru_cache(maxsize=8192)
def normalized(word: str) -> str:
    """The word without optional marks, with plain hyphens, case-folded."""
    return MARKS.sub("", HYPHENS.sub("-", word)).casefold()
