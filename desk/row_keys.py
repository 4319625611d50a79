"""The key of a row that is not saved yet, so that other rows of the same form can name it.

A row has its key from the moment at which it is added to a form, which sends it; the row is saved with it.
"""

from collections.abc import Iterator
from typing import Any

from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

from desk.addresses import parse_uuid

# The name of its box, behind the prefix of the row's form.
KEY = "key"


def take_key(form: Any) -> None:
    """Give the new row of the form the key that was sent for it."""
    if not form.is_bound or not form.instance._state.adding:
        return
    key = parse_uuid(form.data.get(f"{form.prefix}-{KEY}", ""))
    if key is not None:
        form.instance.pk = key


def deleted_keys(data: QueryDict) -> frozenset[str]:
    """The keys of the rows that are to be deleted, stored or new, as the form sent them."""
    marked = [
        name.removesuffix(DELETION_FIELD_NAME) for name in data if name.endswith(f"-{DELETION_FIELD_NAME}")
    ]
    sent = (data.get(f"{begin}{name}", "") for begin in marked for name in ("id", KEY))
    return frozenset(filter(None, sent))


def new_rows(formset: Any) -> Iterator[Any]:
    """The forms of the rows that a save would make, once the formset is read."""
    if not formset.is_bound:
        return
    formset.is_valid()
    for form in formset.extra_forms:
        is_removed = getattr(form, "cleaned_data", {}).get(DELETION_FIELD_NAME)
        if form.has_changed() and not is_removed:
            yield form
