"""What templates need to explain the words of a text where it uses them."""

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
    """As `prose`, and the first use of a term on the page leads to its meaning at the foot: `terms_here`."""
    text = localized(of, name)
    if not text or text.is_fallback:
        return prose(of, name)
    return prose_with(partial(_terms_of(context).linked, about=of.pk), of, name)


@register.inclusion_tag("components/terms_here.html", takes_context=True)
def terms_here(context: Any) -> dict[str, Any]:
    """The terms that `defined` has found above."""
    return {"terms": [*_terms_of(context).found.values()]}


def _terms_of(context: Any) -> PageTerms:
    """Kept with the request: included templates have a render context of their own, the page has one list."""
    request = context.request
    if not hasattr(request, "terms"):
        request.terms = PageTerms(active_language())
    return request.terms
