"""The panels of contributions on the desk's first page."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contributions.models import Contribution
from contributions.review.addresses import QUEUE
from contributions.review.queue import waiting_time
from contributions.rules import has_other_moderator
from desk.addresses import draft_address
from desk.hooks import Item, Panel
from desk.panels import MAX_SHOWN
from desk.proposed_fields import ONLY, PROPOSED
from publishing.fields.partial_dates import PartialDate
from publishing.vocabulary import ProposalState


def waiting(by: Any) -> Iterator[Panel]:
    """The oldest that the moderator can decide, those they improve, and appeals that nobody can decide."""
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
    yield Panel(_("Proposals from the public"), items, found.count(), reverse(QUEUE))
    yield _begun(by)
    yield _undecidable(by)


def _begun(by: Any) -> Panel:
    """The proposals that the moderator improves and has not published yet, the latest first."""
    begun = Contribution.objects.filter(proposal__state=ProposalState.DRAFT, improvement__by=by)
    items = [
        Item(
            contribution.proposal.title,
            f"{draft_address(contribution.proposal)}&{ONLY}={PROPOSED}",
            PartialDate.of(contribution.proposal.changed_at.date()).in_words(),
        )
        for contribution in _shown(begun.order_by("-proposal__changed_at"))
    ]
    more = f"{reverse(QUEUE)}?state={ProposalState.DRAFT.value}"
    return Panel(_("Proposals from the public that you improve"), items, begun.count(), more)


def _undecidable(by: Any) -> Panel:
    """The appeals against the moderator's own decisions that nobody else can decide."""
    appeals = Contribution.objects.undecided().filter(appeal_of=by)
    if has_other_moderator(by):
        appeals = appeals.none()
    items = [
        Item(
            contribution.proposal.title,
            reverse("admin:contributions_contribution_change", args=[contribution.pk]),
            _("needs another moderator"),
        )
        for contribution in _shown(appeals)
    ]
    return Panel(_("Appeals that you cannot decide alone"), items, appeals.count(), reverse(QUEUE))


def _shown(contributions: QuerySet) -> QuerySet:
    return contributions.select_related("proposal__entry", "proposal__base")[:MAX_SHOWN]
