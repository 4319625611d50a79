"""What a page, or the record of a DOI, says of the document that it stands for. Nothing in it raises."""

import json
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any

from publishing.fields.clean_text import clean_line
from publishing.fields.invisible import without_refused
from publishing.fields.partial_dates import PartialDate
from publishing.vocabulary import Language
from sources import identifiers
from sources.vocabulary import IdentifierScheme, SourceType

MAX_TITLE, MAX_AUTHORS, MAX_PUBLISHER = 300, 500, 300
MAX_PEOPLE = 20
# So much is looked at, since a page may be made to take long: characters of one value, tags and texts of a
# page, values of its JSON-LD.
MAX_LETTERS, MAX_PIECES, MAX_VALUES = 2_000, 50_000, 2_000
# The names of what a page says, those that mean a document before those that mean a page.
TITLE = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
AUTHOR = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
PUBLISHER = (
    *("citation_journal_title", "citation_publisher", "citation_technical_report_institution"),
    *("dc.publisher", "dcterms.publisher", "og:site_name"),
)
PUBLISHED = (
    *("citation_publication_date", "citation_date", "citation_online_date", "dc.date", "dcterms.issued"),
    *("dcterms.date", "dcterms.created", "article:published_time", "date"),
)
LANGUAGE = ("citation_language", "dc.language", "dcterms.language", "og:locale")
DOI = ("citation_doi", "dc.identifier", "dcterms.identifier", "prism.doi")
NEWS = frozenset({"NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle"})
ACADEMIC = frozenset({"ScholarlyArticle", "article-journal", "chapter", "book", "thesis", "paper-conference"})
DATASETS = frozenset({"Dataset", "dataset"})
DAY = re.compile(r"\s*((?:1[5-9]|20)[0-9]{2})(?:[-/.]([01]?[0-9])(?:[-/.]([0-3]?[0-9]))?)?(?![0-9])")


class _Enough(Exception):
    """So many pieces has no page that somebody reads."""


class _Reader(HTMLParser):
    """Collects what the head of a page says of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.metadata: dict[str, list[str]] = {}
        self.language = ""
        self._title: list[str] = []
        self._data: list[list[str]] = []
        self._in: list[str] | None = None
        self._pieces = 0

    @property
    def title(self) -> str:
        """What the window is called."""
        return "".join(self._title)

    @property
    def data(self) -> list[str]:
        """Each text in JSON-LD."""
        return ["".join(pieces) for pieces in self._data]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count()
        attributes = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = attributes.get("lang") or attributes.get("xml:lang") or ""
        elif tag == "meta":
            name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
            content = attributes.get("content", "").strip()
            if name and content:
                self.metadata.setdefault(name, []).append(content[:MAX_LETTERS])
        elif tag == "title" and not self._title:
            self._in = self._title
        elif tag == "script" and attributes.get("type", "").strip().lower() == "application/ld+json":
            self._in = []
            self._data.append(self._in)

    def handle_data(self, data: str) -> None:
        self._count()
        if self._in is not None:
            self._in.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._count()
        if tag in ("title", "script"):
            self._in = None

    def _count(self) -> None:
        self._pieces += 1
        if self._pieces > MAX_PIECES:
            raise _Enough


def of_page(text: str) -> dict[str, str]:
    """The columns of a source, as a page in HTML says them; the title as `title`."""
    reader = _Reader()
    # A page that is cut off may end within a declaration.
    with suppress(AssertionError, ValueError, _Enough):
        reader.feed(text)
    work = next(_works(reader.data), {})
    metadata = reader.metadata
    named = (one for name in DOI for one in metadata.get(name, [])[:MAX_PEOPLE])
    doi = next(filter(None, map(identifiers.doi, named)), "")
    found = {
        "title": _first(metadata, TITLE) or _text(work.get("headline") or work.get("name")) or reader.title,
        "authors": "; ".join(_authors(metadata)) or "; ".join(_names(work.get("author"))),
        "publisher": _first(metadata, PUBLISHER) or next(_names(work.get("publisher")), ""),
        "published_on": _first(metadata, PUBLISHED) or _text(work.get("datePublished")),
        "language": _first(metadata, LANGUAGE) or _text(work.get("inLanguage")) or reader.language,
        "source_type": _type_of(work.get("@type"), is_article="citation_journal_title" in metadata),
        "identifier": doi,
    }
    return cleaned(found)


def of_record(text: str) -> dict[str, str]:
    """The columns of a source, as the record of a DOI in CSL-JSON says them."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(record, dict):
        return {}
    title = record.get("title")
    container = record.get("container-title")
    found = {
        "title": _text(title[0] if isinstance(title, list) and title else title),
        "authors": "; ".join(_people(record.get("author"))),
        "publisher": _text(container[0] if isinstance(container, list) and container else container)
        or _text(record.get("publisher")),
        "published_on": _issued(record.get("issued")),
        "language": _text(record.get("language")),
        "source_type": _type_of(record.get("type"), is_article=False),
        "identifier": identifiers.doi(_text(record.get("DOI"))),
    }
    return cleaned(found)


def cleaned(found: dict[str, str]) -> dict[str, str]:
    """What of it can be a value of a source, without what is empty."""
    doi = found["identifier"]
    values = {
        "title": _line(found["title"], MAX_TITLE),
        "authors": _line(found["authors"], MAX_AUTHORS),
        "publisher": _line(found["publisher"], MAX_PUBLISHER),
        "published_on": _day(found["published_on"]),
        "language": _language(found["language"]),
        "source_type": found["source_type"],
        "identifier": doi,
        "identifier_scheme": IdentifierScheme.DOI.value if doi else "",
    }
    return {name: value for name, value in values.items() if value}


def _line(text: str, most: int) -> str:
    """On one line, without what turns letters around or hides them, which nobody sees in the box."""
    return without_refused(clean_line(text.lstrip()[:MAX_LETTERS]))[:most].strip()


def _first(metadata: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((metadata[name][0] for name in names if name in metadata), "")


def _authors(metadata: dict[str, list[str]]) -> list[str]:
    named = next((metadata[name] for name in AUTHOR if name in metadata), [])
    return [one.strip() for one in named[:MAX_PEOPLE] if "://" not in one]


def _works(data: list[str]) -> Iterator[dict[str, Any]]:
    """The documents among what a page says in JSON-LD."""
    left = MAX_VALUES
    for text in data:
        with suppress(ValueError, RecursionError):
            waiting = deque([json.loads(text)])
            while waiting and left:
                one = waiting.popleft()
                left -= 1
                if isinstance(one, list):
                    waiting.extend(one[:left])
                elif isinstance(one, dict):
                    if one.get("headline") or (one.get("name") and one.get("datePublished")):
                        yield one
                    waiting.append(one.get("@graph"))


def _names(value: Any) -> Iterator[str]:
    """The names of people or bodies in JSON-LD: a text, an object, or several."""
    for one in (value if isinstance(value, list) else [value])[:MAX_PEOPLE]:
        if name := _text(one.get("name") if isinstance(one, dict) else one):
            yield name


def _people(value: Any) -> Iterator[str]:
    for one in (value if isinstance(value, list) else [])[:MAX_PEOPLE]:
        if isinstance(one, dict):
            parts = (_text(one.get("given")), _text(one.get("family")) or _text(one.get("literal")))
            if name := " ".join(filter(None, parts)):
                yield name


def _issued(value: Any) -> str:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    return "-".join(str(one) for one in first[:3] if isinstance(one, int | str))


def _type_of(value: Any, *, is_article: bool) -> str:
    types = {one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)}
    if types & DATASETS:
        return SourceType.DATASET.value
    if is_article or types & ACADEMIC:
        return SourceType.ACADEMIC.value
    return SourceType.NEWS.value if types & NEWS else ""


def _text(value: Any) -> str:
    return value.strip()[:MAX_LETTERS] if isinstance(value, str) else ""


def _day(text: str) -> str:
    match = DAY.match(text)
    if match is None:
        return ""
    for parts in (match.groups(), match.groups()[:2], match.groups()[:1]):
        with suppress(ValueError):
            return str(PartialDate.parse("-".join(f"{int(one):02}" for one in parts if one)))
    return ""


def _language(text: str) -> str:
    code = re.split("[-_]", text.strip().lower())[0]
    return code if code in Language.values and code != Language.OTHER else ""
