"""A page, read by its parts."""

from collections.abc import Callable
from typing import Any

from tests.whole_site.reading import Document, Element

Page = Callable[..., Document]


def inside(document: Document, outer: Element, name: str, /, **attributes: str) -> list[Element]:
    """The elements of that name within another."""
    return [one for one in document.all(name, **attributes) if any(above is outer for above in one.above)]


def words(element: Element) -> str:
    """The element's text, one space where there is any."""
    return " ".join(element.text.split())


def cells(document: Document, table: Element) -> list[list[str]]:
    """The words of a table's bodies, row by row."""
    return [
        [words(cell) for cell in document.elements if cell.above and cell.above[-1] is row]
        for body in inside(document, table, "tbody")
        for row in inside(document, body, "tr")
    ]


def section(document: Document, heading: str) -> Element:
    """The section below the heading with that id."""
    (found,) = (one for one in document.all("section") if one["aria-labelledby"] == heading)
    return found


def in_order(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows, each with its position."""
    return [{**row, "position": number} for number, row in enumerate(rows)]


def per_cent(place: str) -> float:
    return float(place.removesuffix("%"))


def contents(document: Document) -> list[str]:
    """Which parts of the page the links of "On this page" lead to."""
    (navigation,) = document.all("nav", class_="contents")
    links = [link["href"] for link in inside(document, navigation, "a")]
    return [link.removeprefix("#") for link in links if link.startswith("#")]
