"""The panel of waiting contributions on the desk's first page."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contributions.models import Contribution
from contributions.review.addresses import QUEUE
from contributions.review.queue import waiting_time
from desk.hooks import Item, Panel
from desk.panels import MAX_SHOWN


def waiting(by: Any) -> Iterator[Panel]:
    """The oldest contributions that the moderator can decide."""
    if not by.has_perm("publishing.decide_proposal"):
        return
    now = timezone.now()
    found = Contribution.objects.waiting_for(by, now)
    items = [
        Item(
            one.proposal.title,
            reverse("admin:contributions_contribution_change", args=[one.pk]),
            waiting_time(one.proposal, now)[1],
        )
        for one in found.select_related("proposal__entry")[:MAX_SHOWN]
    ]
    yield Panel(_("Waiting from the public"), items, found.count(), reverse(QUEUE))
