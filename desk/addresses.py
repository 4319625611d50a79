"""Makes the addresses of the desk, and reads the keys and the filters in them."""

import uuid

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from publishing.models import Entry, Proposal
from publishing.models.entry import kinds
from publishing.numbers import parse_number

# The name under which Django's admin passes the filters of a list to its pages.
FILTERS = "_changelist_filters"
# The name on the form of an entry, which belongs to another list.
QUEUE_FILTERS = "queue_filters"


def desk_address(entry: Entry) -> str:
    """The address at which the entry is edited; for a retracted one, the list of its revisions."""
    if entry.is_retracted:
        return f"{reverse('admin:publishing_revision_changelist')}?entry__id__exact={entry.pk}"
    options = kinds()[entry.kind]._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[entry.pk])


def draft_address(draft: Proposal) -> str:
    """The address at which the draft is edited."""
    options = kinds()[draft.kind]._meta
    name = f"admin:{options.app_label}_{options.model_name}"
    path = reverse(f"{name}_change", args=[draft.wanted["id"]]) if draft.base_id else reverse(f"{name}_add")
    return f"{path}?proposal={draft.pk}"


def filters_in(request: HttpRequest) -> str:
    """The active filters of the list from which the person came; "" without filters."""
    return request.GET.get(FILTERS, "") or request.GET.get(QUEUE_FILTERS, "")


def filters_query(request: HttpRequest, name: str = FILTERS) -> str:
    """The query string that keeps the active filters of the list; empty without filters."""
    filters = filters_in(request)
    return f"?{urlencode({name: filters})}" if filters else ""


def parse_uuid(text: str) -> uuid.UUID | None:
    """The UUID in an address; None if the text is not one."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def parse_key(text: str) -> int:
    """The number in an address; -1, which no row has, if the text is not one."""
    number = parse_number(text, max_digits=18)
    return -1 if number is None else number
