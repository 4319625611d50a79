"""Template tags that link the terms in a text to their definitions, and its citations to the sources."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from markdown_it.token import Token

from pillars.terms import PageTerms
from publishing.languages import active_language, localized
from publishing.templatetags.reading import prose_with
from sources.citations import numbered

register = template.Library()


@register.simple_tag(takes_context=True)
def defined(context: Any, of: Any, name: str) -> SafeString:
    """Like `prose`; the first use of a term on the page links to its definition, which `terms_here` shows.

    Citations become numbers of the page's `cited` sources.
    """
    cited = context.get("cited", [])

    def linked(tokens: list[Token]) -> list[Token]:
        tokens = numbered(tokens, cited)
        is_in_language = not localized(of, name).is_fallback
        return _terms_of(context).linked(tokens, about=of.pk) if is_in_language else tokens

    return prose_with(linked, of, name)


@register.inclusion_tag("components/terms_here.html", takes_context=True)
def terms_here(context: Any) -> dict[str, Any]:
    """The definitions of the terms that `defined` has found above."""
    return {"terms": _terms_of(context).terms}


def _terms_of(context: Any) -> PageTerms:
    """Stored on the request, since included templates have their own context and the page needs one list."""
    request = context.request
    if not hasattr(request, "terms"):
        request.terms = PageTerms(active_language())
    return request.terms
