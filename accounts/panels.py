"""What waits for administrators, on the desk's first page."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AddressChange
from accounts.rules import why_not_confirm_address
from desk.hooks import Item, Panel


def addresses_to_confirm(by: Any) -> Iterator[Panel]:
    """Changes of address that the administrator can confirm."""
    if not by.has_perm("auth.change_user"):
        return
    now, more = timezone.now(), reverse("admin:accounts_addresschange_changelist")
    found = AddressChange.objects.open(now).select_related("account", "requested_by")
    changes = [one for one in found if why_not_confirm_address(one, by, now) is None]
    items = [Item(str(one.account), more, one.new_address) for one in changes]
    yield Panel(_("Changes of address to confirm"), items, len(items), more)
