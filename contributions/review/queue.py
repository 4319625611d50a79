"""What a moderator reads beside a contribution: how long it waits, what else came, what can be undone."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contributions.models import Contribution
from publishing.models import Proposal
from publishing.workflow import states


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
