"""The addresses of the data of a page."""

from typing import Any

from django import template
from django.http import QueryDict
from django.urls import reverse

from exchange.api.resources import OF_LIST
from exchange.file_formats import FORMATS, FileFormat, formats_of
from exchange.lists import LISTS
from publishing.addresses import address_of
from publishing.models import Entry
from publishing.models.entry import kinds

register = template.Library()


@register.simple_tag(takes_context=True)
def list_data(context: template.Context, name: str, ending: str) -> str:
    """The address of the list as a file of that ending, with the questions that its page understood."""
    query = _understood(context)
    address = reverse(f"exchange:{name}.{ending}")
    return f"{address}{'?' if query else ''}{query.urlencode()}"


@register.simple_tag(takes_context=True)
def list_files(context: template.Context, name: str) -> list[tuple[str, FileFormat]]:
    """The list as a file of each of its formats: its address and the format."""
    return [(list_data(context, name, one.ending), one) for one in formats_of(name)]


@register.simple_tag
def comparison_files() -> list[tuple[str, FileFormat]]:
    """A comparison as a file of each format: its address without its question, and the format."""
    return [(reverse(f"exchange:comparison.{one.ending}"), one) for one in formats_of("comparison")]


@register.simple_tag(takes_context=True)
def list_query(context: template.Context, name: str) -> str:
    """The address of the list in the API, with the questions that say what is listed."""
    resource, query = OF_LIST[name], _understood(context)
    for asked in query.keys() - resource.names:
        del query[asked]
    return f"{resource.address}{'?' if query else ''}{query.urlencode()}"


def _understood(context: template.Context) -> QueryDict:
    request, found = context["request"], context.get("filter")
    # A name that several entries have is asked back by the page, and answered by none.
    several = {text for _label, text, _ways in getattr(found, "ambiguous", ())}
    query = QueryDict(mutable=True)
    for asked, values in getattr(request, "understood", request.GET).lists():
        if asked != "page" and (kept := [one for one in values if one and one not in several]):
            query.setlist(asked, kept)
    return query


@register.simple_tag
def codebook_of(of: Any) -> str:
    """Where the codebook says what the columns and codes mean. of: an entry, or the name of a list."""
    kind = LISTS[of].kind._meta.model_name if isinstance(of, str) else of.kind or of._meta.model_name
    return f"{reverse('exchange:codebook')}#{kind}" if kind in kinds() else ""


@register.simple_tag(takes_context=True)
def data_of_page(context: template.Context) -> list[tuple[str, str]]:
    """The addresses of what the page shows as data, each with its media type; none in a preview."""
    entry, view = context.get("object"), context.get("view")
    if isinstance(entry, Entry) and entry.slug and "request" in context:
        address = "" if entry.is_retracted else entry_data(context, entry)
        return [(address, FORMATS["json"].media_type)] if address else []
    if of_page := context.get("data_address"):
        return [(of_page, FORMATS["json"].media_type)]
    name = next((name for name, one in LISTS.items() if isinstance(view, one.view)), "")
    if not name or context.get("not_understood") is None:
        return []
    return [(list_data(context, name, ending), FORMATS[ending].media_type) for ending in ("csv", "json")]


@register.simple_tag(takes_context=True)
def entry_data(context: template.Context, entry: Any) -> str:
    """The address of the entry as data: as it was, on the page of an old record; none in a preview."""
    request = context["request"]
    if getattr(request, "is_preview", False) or entry.is_out_of_sight:
        return ""
    old = getattr(request, "old_record", None)
    address = address_of(f"exchange:{entry.kind or entry._meta.model_name}", entry.slug)
    return f"{address}?as_of={old.number}" if old is not None else address
