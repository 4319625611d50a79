"""What templates need to explain the words of a text where it uses them."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from pillars.terms import PageTerms
from publishing.languages import active_language, localized
from publishing.templatetags.reading import prose

register = template.Library()


@register.simple_tag(takes_context=True)
def defined(context: Any, of: Any, name: str) -> SafeString:
    """As `prose`, and the first use of a term on the page leads to its meaning at the foot: `terms_here`."""
    html, text = prose(of, name), localized(of, name)
    if not text or text.is_fallback:
        return html
    return mark_safe(_terms_of(context).linked(html, about=of.pk))  # noqa: S308 clean HTML, and links of ours


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
