"""Markdown to safe HTML, whoever wrote it."""

import re
from collections.abc import Callable
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from publishing.markdown_as_written import align_by_class, as_written
from publishing.markdown_citations import citations

TAGS = {
    "a", "blockquote", "br", "button", "code", "del", "em", "h2", "h3", "h4", "h5", "hr", "li", "ol", "p",
    "pre", "s", "section", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    # No writer can make one: rules do, to open what stands elsewhere on the page.
    "button": {"type", "class", "popovertarget"},
    "li": {"id", "class"},
    "ol": {"start"},
    "section": {"class"},
    "span": {"class"},
    "td": {"class"},
    "th": {"class"},
}
# Returns the tokens of a text to render; does not change the list that it is given.
Rule = Callable[[list[Token]], list[Token]]

REL = "nofollow noopener noreferrer"
# A link to a place on its own page, to which the words of REL say nothing; no text holds the "<" of a tag.
OTHERS = r'(?: (?:class|id|title)="[^"]*")*'
STAYS = re.compile(rf'(<a{OTHERS} href="#[^"]*"{OTHERS}) rel="{REL}"')

PREFIX = re.compile(r"[^a-z0-9-]")


def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    renderer.disable(["image", "html_block", "html_inline"])
    return renderer.use(footnote_plugin).use(as_written).use(citations)


RENDERER = _renderer()


@lru_cache(maxsize=512)
def rendered(text: str, prefix: str = "", top: int = 3) -> str:
    """Safe HTML: no images, no scripts, links of http, https and mailto only.

    prefix: makes the names of footnotes unique where there are several texts on one page.
    top: the level of the highest heading: of "#" and also of "##", since writers use both for it.
    """
    return rendered_with(lambda tokens: tokens, text, prefix, top)


def rendered_with(rule: Rule, text: str, prefix: str = "", top: int = 3) -> str:
    """As `rendered`, with the tokens that the rule returns; the result is not cached."""
    tokens = RENDERER.parse(text, {"docId": PREFIX.sub("", prefix)})
    align_by_class(tokens)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1]) - 2, 0) + top, 5)}"
    html = RENDERER.renderer.render(rule(tokens), RENDERER.options, {"docId": PREFIX.sub("", prefix)})
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=REL,
    )
    return STAYS.sub(r"\1", safe)
