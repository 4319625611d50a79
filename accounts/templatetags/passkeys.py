"""Data that a page gives to its scripts."""

import json

from django import template

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """The value as JSON for a data attribute, since the content security policy allows no inline scripts."""
    return json.dumps(value)
