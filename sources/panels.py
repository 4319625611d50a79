"""The panel about sources on the desk's first page."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desk.hooks import Item, Panel
from desk.panels import MAX_SHOWN
from publishing import rules
from publishing.models import Entry
from publishing.models.entry import kinds
from sources.models import Claim


def unsourced(by: Any) -> Iterator[Panel]:
    """Entries with claims without a source, last changed first."""
    if rules.why_not_read_history(by):
        return
    claims = Claim.objects.filter(entry=OuterRef("pk")).unsourced()
    found = Entry.objects.published().filter(Exists(claims)).order_by("-changed_at", "pk")
    items = [
        Item(str(one), reverse("admin:publishing_entry_change", args=[one.pk])) for one in found[:MAX_SHOWN]
    ]
    lists = [
        Item(
            capfirst(str(kinds()[name]._meta.verbose_name_plural)),
            f"{reverse(f'admin:{kinds()[name]._meta.app_label}_{name}_changelist')}?sourcing=unsourced_claims",
            str(count),
        )
        for name, count in found.order_by("kind").values_list("kind").annotate(Count("pk"))
    ]
    yield Panel(_("Facts without a source"), items, found.count(), lists=lists)
