"""Template tags that link the terms in a text to their definitions."""

from functools import partial
from typing import Any

from django import template
from django.utils.safestring import SafeString

from pillars.terms import PageTerms
from publishing.languages import active_language, localized
from publishing.templatetags.reading import prose, prose_with

register = template.Library()


@register.simple_tag(takes_context=True)
def defined(context: Any, of: Any, name: str) -> SafeString:
    """Like `prose`; the first use of a term on the page links to its definition, which `terms_here` shows."""
    text = localized(of, name)
    if not text or text.is_fallback:
        return prose(of, name)
    return prose_with(partial(_terms_of(context).linked, about=of.pk), of, name)


@register.inclusion_tag("components/terms_here.html", takes_context=True)
def terms_here(context: Any) -> dict[str, Any]:
    """The definitions of the terms that `defined` has found above."""
    return {"terms": [*_terms_of(context).found.values()]}


def _terms_of(context: Any) -> PageTerms:
    """Stored on the request, since included templates have their own context and the page needs one list."""
    request = context.request
    if not hasattr(request, "terms"):
        request.terms = PageTerms(active_language())
    return request.terms
