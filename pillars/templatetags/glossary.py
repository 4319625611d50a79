"""Template tags that link the terms in a text to their definitions, and its citations to the sources."""

from secrets import token_hex
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from markdown_it.token import Token

from pillars.terms import PageTerms
from publishing.languages import active_language, direction, localized
from publishing.markdown import Rule
from publishing.templatetags.reading import prose_with
from sources.citations import numbered

register = template.Library()
# A text of which the beginning is shown: so many blocks of it, unless told otherwise.
SHOWN_BLOCKS = 2
UNCOUNTED = {"heading_open", "hr", "footnote_block_open"}
# Stands where the text is folded until it is HTML; whoever writes a text cannot know it.
FOLD = token_hex(16)


@register.simple_tag(takes_context=True)
def defined(context: Any, of: Any, name: str) -> SafeString:
    """Like `prose`; the first use of a term on the page links to its definition, which `terms_here` shows.

    Citations become numbers of the page's `cited` sources.
    """
    return _defined(context, of, name)


def _defined(context: Any, of: Any, name: str, rule: Rule = lambda tokens: tokens) -> SafeString:
    cited = context.get("cited", [])

    def linked(tokens: list[Token]) -> list[Token]:
        tokens = numbered(rule(tokens), cited)
        is_in_language = not localized(of, name).is_fallback
        return _terms_of(context).linked(tokens, about=of.pk) if is_in_language else tokens

    return prose_with(linked, of, name)


@register.simple_tag(takes_context=True)
def account(context: Any, of: Any, name: str, shown: int = SHOWN_BLOCKS) -> SafeString:
    """Like `defined`; of a long text the beginning, and the rest below a line that opens.

    shown: blocks of the beginning; the rest has at least as many.
    """
    folded = 0

    def rule(tokens: list[Token]) -> list[Token]:
        nonlocal folded
        starts = [position for position, token in enumerate(tokens) if not token.level and token.nesting >= 0]
        folded = sum(tokens[position].type not in UNCOUNTED for position in starts[shown:])
        if folded < shown:
            return tokens
        position = starts[shown]
        return [*tokens[:position], Token("html_block", "", 0, content=FOLD), *tokens[position:]]

    html = _defined(context, of, name, rule)
    begin, fold, rest = html.partition(FOLD)
    if not fold:
        return html
    words = ngettext("Read on: %(num)s more paragraph", "Read on: %(num)s more paragraphs", folded)
    return format_html(
        '{}<details class="more"{}><summary lang="{}" dir="{}">{}</summary>{}</details></div>',
        SafeString(begin),
        SafeString(" open") if context.get("sources_open") else "",
        language := active_language(),
        direction(language),
        words % {"num": folded},
        SafeString(rest.removesuffix("</div>")),
    )


@register.inclusion_tag("components/terms_here.html", takes_context=True)
def terms_here(context: Any) -> dict[str, Any]:
    """The definitions of the terms that `defined` has found above."""
    # Where sources are folded, the definitions are too.
    is_open = context.get("sources_open")
    return {"terms": _terms_of(context).terms, "folded": is_open is not None, "sources_open": is_open}


def _terms_of(context: Any) -> PageTerms:
    """Stored on the request, since included templates have their own context and the page needs one list."""
    request = context.request
    if not hasattr(request, "terms"):
        request.terms = PageTerms(active_language())
    return request.terms
