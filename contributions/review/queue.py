"""The queue as one moderator meets it: what waits, oldest first, and what comes next."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contributions.models import Contribution
from publishing.models import Proposal
from publishing.workflow import states


def waiting_for(by: Any) -> QuerySet:
    """What the moderator can decide now: not what others are at, nor what another has to look at."""
    claimed = Q(proposal__claimed_until__gt=timezone.now()) & ~Q(proposal__claimed_by=by)
    approved = Q(proposal__approvals__by=by, proposal__approvals__version=F("proposal__version"))
    waiting = (
        Contribution.objects.undecided().exclude(claimed).exclude(appeal_of=by).select_related("proposal")
    )
    if settings.FOUR_EYES:
        waiting = waiting.exclude(pk__in=Contribution.objects.filter(approved).values("pk"))
    return waiting.order_by("proposal__submitted_at", "pk")


def next_after(contribution: Contribution, by: Any, among: QuerySet | None = None) -> Contribution | None:
    """The one that waits behind it, among those only where they are given; none at the end."""
    since, key = contribution.proposal.submitted_at, contribution.pk
    behind = Q(proposal__submitted_at__gt=since) | Q(proposal__submitted_at=since, pk__gt=key)
    waiting = waiting_for(by).filter(behind)
    return (waiting if among is None else waiting.filter(pk__in=among.order_by().values("pk"))).first()


def others_of(contribution: Contribution) -> QuerySet:
    """What else its sender sent on that day, as far as one can know."""
    if not contribution.sender:
        return Contribution.objects.none()
    others = Contribution.objects.filter(sender=contribution.sender).exclude(pk=contribution.pk)
    return others.select_related("proposal__entry", "proposal__base", "proposal__revision").order_by(
        "-sent_at"
    )


def undoable_by(by: Any, now: datetime.datetime) -> Contribution | None:
    """What the moderator decided last, as long as it can be undone."""
    fresh = now - datetime.timedelta(minutes=settings.UNDO_MINUTES)
    mine = Contribution.objects.filter(
        proposal__decided_by=by, proposal__decided_at__gt=fresh, proposal__state__in=states.DECIDED
    )
    found = mine.select_related("proposal__entry", "proposal__base", "proposal__revision")
    return found.order_by("-proposal__decided_at").first()


def waiting_time(proposal: Proposal, now: datetime.datetime) -> tuple[str, str]:
    """How long it waits: a class for the colour, and the words."""
    days = (now - (proposal.submitted_at or proposal.created_at)).days
    if days >= settings.QUEUE_AGES["very_late"]:
        kind, word = "very-late", _("very late")
    elif days >= settings.QUEUE_AGES["late"]:
        kind, word = "late", _("late")
    else:
        return "fresh", _("today") if days == 0 else _days(days)
    return kind, _("%(days)s, %(late)s") % {"days": _days(days), "late": word}


def _days(days: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
