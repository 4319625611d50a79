"""Links to the form for proposals of the public; "" where settings.PUBLIC_DOOR is empty."""

from collections import defaultdict
from typing import Any, Self

from django import template
from django.conf import settings
from django.urls import reverse

from publishing.models import Child, Entry
from publishing.models.entry import children_of
from publishing.snapshots import Path

register = template.Library()


class Door(str):
    """The address of the form for an entry, which remembers the names of the links to it on one page."""

    places_by_name: defaultdict[tuple[str, str], list[str]]

    def __new__(cls, address: str) -> Self:
        """As of any text."""
        door = super().__new__(cls, address)
        door.places_by_name = defaultdict(list)
        return door

    def number_of(self, text: str, label: str, at: str) -> int:
        """The number of the place among those whose links have the same name: 1 for the first."""
        places = self.places_by_name[text, label]
        if at not in places:
            places.append(at)
        return places.index(at) + 1


@register.simple_tag(takes_context=True)
def door_of(context: Any, entry: Entry) -> str:
    """The address at which a change of the entry is proposed; a path in the entry may be appended.

    "" in a preview, in an old record, or without a public door. Pages store it in their context as `door`,
    where the tags below read it.
    """
    request = context["request"]
    is_not_current = getattr(request, "is_preview", False) or getattr(request, "old_record", None)
    if not settings.PUBLIC_DOOR or is_not_current:
        return ""
    return Door(reverse(f"{settings.PUBLIC_DOOR}:propose", args=[entry.kind, entry.slug]))


@register.simple_tag
def door_to_new(kind: str) -> str:
    """The address at which a new entry of the kind is proposed; "" without a public door."""
    return reverse(f"{settings.PUBLIC_DOOR}:propose_new", args=[kind]) if settings.PUBLIC_DOOR else ""


@register.inclusion_tag("components/suggest.html", takes_context=True)
def suggest(
    context: Any, at: str | Child = "", label: Any = "", text: Any = "", detail: Any = ""
) -> dict[str, Any]:
    """A link beside a fact or a row: an icon, or the text if one is given.

    at: the path in the entry, or the row itself. label: the name of the fact or row; detail: what tells it
    from others of that name. Links to different places still have different names: the second gets a number.
    """
    path = str(Path(row_kind=at._meta.model_name or "", key=str(at.pk))) if isinstance(at, Child) else at
    door = context.get("door")
    detail = str(detail or "")
    number = door.number_of(str(text), f"{label}\n{detail}", path) if isinstance(door, Door) else 1
    return {"door": door, "at": path, "label": label, "detail": detail, "number": number, "text": text}


@register.inclusion_tag("components/suggest_correction.html", takes_context=True)
def suggest_correction(context: Any, at: str | Child, label: Any = "") -> dict[str, Any]:
    """The link below a longer text."""
    return {"door": context.get("door"), "at": at, "label": label}


@register.inclusion_tag("components/suggest_row.html", takes_context=True)
def suggest_row(context: Any, entry: Entry, name: str) -> dict[str, Any]:
    """The link below the rows of a kind, to propose another row."""
    return {"door": context.get("door"), "name": name, "text": children_of(type(entry))[name].ADD_LABEL}


@register.inclusion_tag("components/ask_readers.html", takes_context=True)
def ask_readers(context: Any, entry: Entry) -> dict[str, Any]:
    """The links at the end of a page of an entry, to propose a change or a new row."""
    rows = children_of(type(entry))
    labels = [(name, rows[name].ADD_LABEL) for name in entry.ROWS_TO_ADD]
    return {"door": context.get("door"), "labels": labels}
