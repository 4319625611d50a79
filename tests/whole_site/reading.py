"""Pages as a browser takes them in: elements, and text with the language that it is marked as."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.utils.translation import override
from lxml import etree

from publishing.models import Entry

CORPORA = Path(__file__).parent.parent / "corpora"
LOC = re.compile("<loc>([^<]+)</loc>")
# The relations of <link> that name a page, and fetch nothing.
NAMES_A_PAGE = frozenset({"alternate", "canonical", "cite-as", "describedby", "search"})


@dataclass(eq=False)
class Element:
    """A start tag, where it stands, and all text inside it."""

    name: str
    attributes: dict[str, str]
    language: str
    direction: str
    above: tuple["Element", ...]
    # The outermost link to propose a change around it, which is no part of the text beside which it stands.
    offer: "Element | None" = field(repr=False)
    # All stretches of the page's text, with the offer around each; those of the element begin and end here.
    stretches: list[tuple[str, "Element | None"]] = field(repr=False)
    begins: int = field(repr=False)
    ends: int | None = field(default=None, repr=False)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    @cached_property
    def classes(self) -> list[str]:
        return self["class"].split()

    @cached_property
    def is_hidden(self) -> bool:
        """Whether it is no part of what can be read on the page."""
        return self.name in {"head", "script", "style"} or bool(self.above and self.above[-1].is_hidden)

    @cached_property
    def text(self) -> str:
        inside = self.stretches[self.begins : self.ends]
        return "".join(text for text, offer in inside if offer is self.offer)


@dataclass(eq=False)
class Run:
    """A stretch of text between two tags, with the innermost element that it stands in."""

    text: str
    inside: Element


class _Builder:
    """What the parser tells of start tags, end tags and texts, in their order."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.runs: list[Run] = []
        self.open: list[Element] = []
        self.stretches: list[tuple[str, Element | None]] = []
        # The text since the last tag: the parser hands it over in parts.
        self.parts: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._end_stretch()
        above = self.open[-1] if self.open else None
        element = Element(
            tag,
            dict(attributes),
            attributes.get("lang", above.language if above else ""),
            attributes.get("dir", above.direction if above else ""),
            (*above.above, above) if above else (),
            above.offer if above else None,
            self.stretches,
            len(self.stretches),
        )
        if element.offer is None and "suggest" in attributes.get("class", "").split():
            element.offer = element
        self.elements.append(element)
        self.open.append(element)

    def end(self, _tag: str) -> None:
        self._end_stretch()
        self.open.pop().ends = len(self.stretches)

    def data(self, text: str) -> None:
        self.parts.append(text)

    def close(self) -> "_Builder":
        return self

    def _end_stretch(self) -> None:
        if self.parts:
            text = "".join(self.parts)
            self.parts.clear()
            if self.open:
                self.stretches.append((text, self.open[-1].offer))
                if seen := text.strip():
                    self.runs.append(Run(seen, self.open[-1]))


def told(html: str, target: Any) -> Any:
    """What the target makes of the start tags, texts and end tags of the HTML.

    The parser closes what is left open, as browsers do; and it takes a fifth of the standard library's time.
    """
    parser = etree.HTMLParser(target=target, huge_tree=True)
    parser.feed(html)
    return parser.close()


@dataclass
class Document:
    """A page, parsed."""

    elements: list[Element]
    runs: list[Run]

    @classmethod
    def of(cls, html: str) -> "Document":
        """Read the page, with a parser that forgives as browsers do."""
        builder = told(html, _Builder())
        return cls(builder.elements, builder.runs)

    def all(self, name: str, /, **attributes: str) -> Iterator[Element]:
        """The elements of that name whose attributes have these values; class_ stands for class."""
        for element in self.by_name.get(name, ()):
            if all(element[key.rstrip("_")] == value for key, value in attributes.items()):
                yield element

    def one(self, name: str, /, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(name, **attributes)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[Element]]:
        """The elements of each name."""
        found: dict[str, list[Element]] = defaultdict(list)
        for element in self.elements:
            found[element.name].append(element)
        return found

    @cached_property
    def ids(self) -> set[str]:
        return {element["id"] for element in self.elements if element["id"]}

    @cached_property
    def visible(self) -> list[Run]:
        """What can be read on the page, and not in its head."""
        return [run for run in self.runs if not run.inside.is_hidden]

    @cached_property
    def text(self) -> str:
        """All visible text, one space where there is any."""
        return " ".join(" ".join(run.text for run in self.visible).split())


@dataclass
class Answer:
    """What came from an address."""

    address: str
    status: int
    headers: dict[str, str]
    cookies: list[str]
    html: str

    @classmethod
    def of(cls, address: str, response: Any) -> "Answer":
        """A response of the test client, kept."""
        headers = {name.lower(): value for name, value in response.headers.items()}
        return cls(address, response.status_code, headers, [*response.cookies], response.content.decode())

    @property
    def language(self) -> str:
        """The language that the address asks for."""
        return self.address.split("/")[1]

    @cached_property
    def document(self) -> Document:
        return Document.of(self.html)


def read(client: Client, address: str) -> Document:
    """The page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return Document.of(answer.content.decode())


def parts_of_sitemap(client: Client) -> dict[str, str]:
    """Each part that the index of the sitemap names, by its address."""
    index = client.get("/sitemap.xml").content.decode()
    parts = [urlsplit(address) for address in LOC.findall(index)]
    found = {f"{part.path}{'?' if part.query else ''}{part.query}": "" for part in parts}
    return {address: client.get(address).content.decode() for address in found}


def addresses_of_sitemap(client: Client) -> list[str]:
    """The paths that the parts of the sitemap announce."""
    parts = parts_of_sitemap(client).values()
    return [urlsplit(address).path for part in parts for address in LOC.findall(part)]


def address_of(entry: Entry, language: str) -> str:
    """Where the entry's page is in the language."""
    with override(language):
        return entry.get_absolute_url()


def corpus(name: str) -> list[dict[str, str]]:
    """The rows of a file of hostile inputs."""
    lines = (CORPORA / f"{name}.jsonl").read_text(encoding="ascii").splitlines()
    return [json.loads(line) for line in lines]


def only_names(element: Element) -> bool:
    """Whether it names a page and fetches nothing."""
    return element.name == "link" and element["rel"] in NAMES_A_PAGE
