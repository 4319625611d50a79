"""The panel about sources on the desk's first page."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
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
    # Entries of the claims, and not claims of each entry: those without a source have an index.
    claims = Claim.objects.unsourced().order_by()
    found = Entry.objects.published().filter(pk__in=claims.values("entry")).order_by("-changed_at", "pk")
    items = [
        Item(str(one), reverse("admin:publishing_entry_change", args=[one.pk])) for one in found[:MAX_SHOWN]
    ]
    counts = found.order_by("kind").values_list("kind").annotate(Count("pk"))
    by_kind = dict(counts)
    lists = [
        Item(
            capfirst(str(kinds()[name]._meta.verbose_name_plural)),
            f"{reverse(f'admin:{kinds()[name]._meta.app_label}_{name}_changelist')}?sourcing=unsourced_claims",
            str(number),
        )
        for name, number in by_kind.items()
    ]
    yield Panel(_("Facts without a source"), items, sum(by_kind.values()), lists=lists)
