"""Citations in Markdown: [@address-of-a-source], or [@address-of-a-source, para. 3].

The form is that of Pandoc. Which source it is, and its number on the page, says who renders the text
(sources/citations.py); without that, the address itself is shown.
"""

import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

CITATION = re.compile(r"\[@(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)(?:[,،]\s*(?P<locator>[^\]\[\n]{1,200}))?\]")


def slugs_in(text: str) -> Iterator[str]:
    """The addresses of the sources that a text cites, in order; an address may come twice."""
    return (found["slug"] for found in CITATION.finditer(text)) if "[@" in text else iter(())


def citations(renderer: MarkdownIt) -> None:
    """Add them to the renderer, as tokens of type "citation"."""
    renderer.inline.ruler.before("link", "citation", _citation)
    renderer.add_render_rule("citation", _unnumbered)


def _citation(state: StateInline, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = found["slug"]
        token.meta = {"locator": (found["locator"] or "").strip()}
    state.pos = found.end()
    return True


def _unnumbered(_renderer: Any, tokens: list[Token], index: int, *_options: Any) -> str:
    return f"<sup>[{escapeHtml(tokens[index].content)}]</sup>"
