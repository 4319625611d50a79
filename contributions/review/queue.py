"""Waiting times, other contributions of a sender, and the decision that can be undone."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contributions.models import Contribution
from publishing.models import Proposal
from publishing.workflow import states


def other_contributions_of(contribution: Contribution) -> QuerySet:
    """Other contributions with the same sender digest, which is valid for one day."""
    if not contribution.sender:
        return Contribution.objects.none()
    others = Contribution.objects.filter(sender=contribution.sender).exclude(pk=contribution.pk)
    return others.select_related("proposal__entry", "proposal__base", "proposal__revision").order_by(
        "-sent_at"
    )


def undoable_by(by: Any, now: datetime.datetime) -> Contribution | None:
    """The last contribution that the moderator decided, if that can still be undone."""
    undoable_since = now - datetime.timedelta(minutes=settings.UNDO_MINUTES)
    decided = Contribution.objects.filter(
        proposal__decided_by=by, proposal__decided_at__gt=undoable_since, proposal__state__in=states.DECIDED
    )
    found = decided.select_related("proposal__entry", "proposal__base", "proposal__revision")
    return found.order_by("-proposal__decided_at").first()


def waiting_time(proposal: Proposal, now: datetime.datetime) -> tuple[str, str]:
    """The waiting time: a CSS class for the colour, and a text."""
    days = (now - (proposal.submitted_at or proposal.created_at)).days
    if days >= settings.QUEUE_AGES["very_late"]:
        css_class, lateness = "very-late", _("very late")
    elif days >= settings.QUEUE_AGES["late"]:
        css_class, lateness = "late", _("late")
    else:
        return "fresh", _("today") if days == 0 else _days(days)
    return css_class, _("%(days)s, %(late)s") % {"days": _days(days), "late": lateness}


def _days(days: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
