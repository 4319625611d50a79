"""Links to the form in which the public proposes a change; none where the casebook has no such form."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from publishing.models import Child, Entry
from publishing.models.entry import children_of
from publishing.snapshots import Path

register = template.Library()


@register.simple_tag(takes_context=True)
def door_of(context: Any, entry: Entry) -> str:
    """Where a change of the entry is proposed; a place in it may be added. Nothing where nobody is asked.

    Pages keep it in their context as `door`, from which the tags below take it.
    """
    request = context["request"]
    is_of_another_time = getattr(request, "is_preview", False) or getattr(request, "old_record", None)
    if not settings.PUBLIC_DOOR or is_of_another_time:
        return ""
    return reverse(f"{settings.PUBLIC_DOOR}:propose", args=[entry.kind, entry.slug])


@register.simple_tag
def door_to_new(kind: str) -> str:
    """Where a new entry of the kind is proposed; nothing where there is no door."""
    return reverse(f"{settings.PUBLIC_DOOR}:propose_new", args=[kind]) if settings.PUBLIC_DOOR else ""


@register.inclusion_tag("components/suggest.html", takes_context=True)
def suggest(context: Any, at: str | Child = "", label: Any = "", text: Any = "") -> dict[str, Any]:
    """A link beside a fact or a row: an icon, or the text where one is given.

    `at` is the place in the entry, or the row itself; `label` says what it is about.
    """
    place = str(Path(row_kind=at._meta.model_name or "", key=str(at.pk))) if isinstance(at, Child) else at
    return {"door": context.get("door"), "at": place, "label": label, "text": text}


@register.inclusion_tag("components/suggest_correction.html", takes_context=True)
def suggest_correction(context: Any, at: str | Child, label: Any = "") -> dict[str, Any]:
    """The link below a longer text."""
    return {"door": context.get("door"), "at": at, "label": label}


@register.inclusion_tag("components/suggest_row.html", takes_context=True)
def suggest_row(context: Any, entry: Entry, name: str) -> dict[str, Any]:
    """The link below the rows of a kind: one of them may be missing."""
    return {"door": context.get("door"), "name": name, "text": children_of(type(entry))[name].ADD_LABEL}


@register.inclusion_tag("components/ask_readers.html", takes_context=True)
def ask_readers(context: Any, entry: Entry) -> dict[str, Any]:
    """The end of an entry's page: whatever is wrong or missing in it can be proposed."""
    rows = children_of(type(entry))
    labels = [(name, rows[name].ADD_LABEL) for name in entry.ROWS_TO_ADD]
    return {"door": context.get("door"), "labels": labels}
