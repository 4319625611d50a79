"""What templates need to show where a source says something."""

from typing import Any

from django import template

from sources import locators

register = template.Library()


@register.filter
def locator(of: Any) -> str:
    """Where in its source a claim, or in its text a provision, stands; in the reader's language."""
    return locators.spoken(of.locator)
