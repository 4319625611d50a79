"""Filters that show how far a promise was carried out."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.models import Assessment
from cases.vocabulary import Implementation
from publishing.templatetags.reading import colon, date_in_words

register = template.Library()


@register.filter
def in_one_line(assessment: Assessment) -> SafeString:
    """When it was assessed and how far the promise was carried out by then, with its drawing."""
    return format_html(
        '{}<strong>{} {}<span class="scale"> ({}/{})</span></strong>',
        _drawing(assessment.implementation),
        colon(date_in_words(assessment.assessed_on)),
        assessment.get_implementation_display(),
        assessment.implementation,
        max(Implementation),
    )


@lru_cache(maxsize=8)
def _drawing(level: int) -> SafeString:
    """One for each level; a page has many."""
    return render_to_string("components/meter.html", {"of": level, "tone": "judged"})
