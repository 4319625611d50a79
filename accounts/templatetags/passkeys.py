"""What a page hands to its scripts."""

import json

from django import template

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """The value as JSON, to stand in a data attribute: nothing is inline, and nothing runs."""
    return json.dumps(value)
