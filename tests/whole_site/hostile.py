"""Hostile texts, and what a browser would run, fetch or send because of a page that shows them."""

from collections import Counter
from urllib.parse import urlsplit

from tests.whole_site.reading import Document, corpus

MARKDOWN = {row["id"]: row["input"] for row in corpus("markdown_xss")}
UNICODE = {row["id"]: row["input"] for row in corpus("unicode_spoof")}
# A lone surrogate is no text: neither forms nor files of UTF-8 can bring one.
HOSTILE = {
    name: text
    for name, text in {**MARKDOWN, **UNICODE}.items()
    if text.encode("utf-8", "ignore").decode() == text
}
# What runs, fetches or sends by itself, and stands in no text of ours.
OTHERS = {
    "applet", "audio", "base", "button", "embed", "form", "frame", "frameset", "iframe", "img", "input",
    "link", "math", "meta", "object", "portal", "script", "select", "source", "style", "svg", "template",
    "textarea", "track", "video",
}  # fmt: skip
OF_A_TERM = {"class", "type", "popovertarget"}
SCHEMES = frozenset({"", "http", "https", "mailto"})
PLACES_OF_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "background", "xlink:href")


def executable(html: str) -> Counter:
    """What a browser would run, fetch or send because of this HTML, counted."""
    found: Counter = Counter()
    for element in Document.of(html).elements:
        # A button of ours that opens a term stands in texts, and can do nothing else.
        is_ours = element.name == "button" and element.attributes.keys() == OF_A_TERM
        found.update([element.name] if element.name in OTHERS and not is_ours else [])
        for name, value in element.attributes.items():
            found.update(
                [f"{element.name} {name}"] if name.startswith("on") or name in {"style", "srcdoc"} else []
            )
            if name in PLACES_OF_ADDRESSES and _scheme(value) not in SCHEMES:
                found.update([f"{name}={_scheme(value)}:"])
    return found


def _scheme(address: str) -> str:
    """The scheme as browsers read it: without the controls and spaces that they pass over."""
    seen = "".join(character for character in address if character > " ")
    try:
        return urlsplit(seen).scheme.lower()
    except ValueError:
        return "unreadable"
