"""Links to the form for proposals of the public; "" where settings.PUBLIC_DOOR is empty."""

import html
from collections import defaultdict
from typing import Any, Self

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing.models import Child, Entry
from publishing.models.entry import children_of
from publishing.snapshots import Path

register = template.Library()


class Door(str):
    """The address of the form for an entry, which remembers the names of the links to it on one page."""

    paths_by_name: defaultdict[tuple[str, str], list[str]]

    def __new__(cls, address: str) -> Self:
        """As of any text."""
        door = super().__new__(cls, address)
        door.paths_by_name = defaultdict(list)
        return door

    def number_of(self, text: str, label: str, at: str) -> int:
        """The number of the path among those whose links have the same name: 1 for the first."""
        paths = self.paths_by_name[text, label]
        if at not in paths:
            paths.append(at)
        return paths.index(at) + 1


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


@register.simple_tag(takes_context=True)
def suggest(
    context: Any, at: str | Child = "", label: Any = "", text: Any = "", detail: Any = ""
) -> SafeString:
    """A quiet link beside a fact or a row, to propose a change: an icon, or the text if one is given.

    at: the path in the entry, or the row itself. label: the name of the fact or row, for those who do not see
    where it stands; detail: what tells it from others of that name. Links to different paths still have
    different names: the second gets a number.
    """
    return _link(context.get("door"), at, label, text, detail)


@register.simple_tag(takes_context=True)
def suggest_correction(context: Any, at: str | Child, label: Any = "") -> SafeString:
    """The link below a longer text."""
    return _line(_link(context.get("door"), at, label, _("Suggest a correction")))


@register.simple_tag(takes_context=True)
def suggest_row(context: Any, entry: Entry, name: str) -> SafeString:
    """The link below the rows of a kind, to propose another row."""
    return _line(_link(context.get("door"), f"{name}/new", text=children_of(type(entry))[name].ADD_LABEL))


def _line(link: SafeString) -> SafeString:
    return format_html('<p class="suggestions">{}</p>', link) if link else link


def _link(door: Any, at: str | Child, label: Any = "", text: Any = "", detail: Any = "") -> SafeString:
    """A page has a hundred of these links, and a template of its own would take longer than its tables."""
    if not door:
        return SafeString()
    path = str(Path(row_kind=at._meta.model_name or "", key=str(at.pk))) if isinstance(at, Child) else at
    detail = str(detail or "")
    number = door.number_of(str(text), f"{label}\n{detail}", path) if isinstance(door, Door) else 1
    address = f"{door}{path}/" if path else str(door)
    name = _in_brackets(label, detail, number)
    if text:
        name = _hidden(name)
        return format_html('\n<a class="suggest" href="{}" rel="nofollow">{}{}</a>\n', address, text, name)
    what = escape(_("Suggest a correction"))
    return SafeString(
        f'\n<a class="suggest icon" href="{escape(address)}" rel="nofollow" title="{what}">'
        f"{_hidden(SafeString(what + name))}</a>\n"
    )


def visually_hidden(label: Any, detail: Any = "", number: int = 1) -> SafeString:
    """What a link or a line is about, for those who do not see where it stands."""
    return _hidden(_in_brackets(label, detail, number))


def _escaped(text: Any) -> str:
    return html.escape(text) if type(text) is str else conditional_escape(text)


def _hidden(name: SafeString) -> SafeString:
    return SafeString(f'<span class="visually-hidden">{name}</span>') if name else name


def _in_brackets(label: Any, detail: Any, number: int) -> SafeString:
    """A page has two hundred of them, so they are put together as text; what is not safe is escaped here."""
    if not label and number == 1:
        return SafeString()
    pieces = [f"<bdi>{_escaped(one)}</bdi>" for one in (label, detail) if one]
    if number > 1:
        pieces.append(str(number))
    return SafeString(f" ({_(', ').join(pieces)})")


@register.inclusion_tag("components/ask_readers.html", takes_context=True)
def ask_readers(context: Any, entry: Entry) -> dict[str, Any]:
    """The links at the end of a page of an entry, to propose a change or a new row."""
    rows = children_of(type(entry))
    labels = [(name, rows[name].ADD_LABEL) for name in entry.ROWS_TO_ADD]
    return {"door": context.get("door"), "labels": labels}
