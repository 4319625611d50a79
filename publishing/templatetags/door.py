"""Where the public proposes a change, in a casebook that has a door for it."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from publishing.models import Child, Entry
from publishing.snapshots import Path

register = template.Library()


@register.simple_tag(takes_context=True)
def door_of(context: Any, entry: Entry) -> str:
    """Where a change of the entry is proposed; a place in it may be added. Nothing where nobody is asked."""
    request = context["request"]
    is_of_another_time = getattr(request, "is_preview", False) or getattr(request, "old_record", None)
    if not settings.PUBLIC_DOOR or is_of_another_time:
        return ""
    return reverse(f"{settings.PUBLIC_DOOR}:propose", args=[entry.kind, entry.slug])


@register.simple_tag
def door_to_new(kind: str) -> str:
    """Where a new entry of the kind is proposed; nothing where there is no door."""
    return reverse(f"{settings.PUBLIC_DOOR}:propose_new", args=[kind]) if settings.PUBLIC_DOOR else ""


@register.filter
def place_of(row: Child) -> str:
    """The place of a row in its entry, as the door names it."""
    return str(Path(row_kind=row._meta.model_name or "", key=str(row.pk)))
