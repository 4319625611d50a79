"""Mails to senders with a confirmed address about the state of their contribution."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import write_mail
from contributions import mail
from contributions.models import Contribution
from publishing.workflow import states


def notify_senders() -> int:
    """Queue a mail for each contribution in a new state; return how many."""
    waiting = _final().select_related("proposal")
    return sum(_notify(contribution) for contribution in waiting.order_by("pk"))


def _final() -> QuerySet:
    """Contributions to notify about whose decision can no longer be undone."""
    undoable_since = timezone.now() - datetime.timedelta(minutes=settings.UNDO_MINUTES)
    return Contribution.objects.to_notify().exclude(proposal__decided_at__gt=undoable_since)


@transaction.atomic
def _notify(contribution: Contribution) -> bool:
    state = contribution.proposal.state
    # If two workers run at the same time, only one of them sends the mail.
    not_notified = Contribution.objects.filter(pk=contribution.pk, told_state=contribution.told_state)
    if not not_notified.update(told_state=state):
        return False
    # Who was told of a decision is told, too, that it was undone.
    is_undone = state in states.WAITING and contribution.told_state in states.DECIDED
    if state not in states.REPORTED_TO_SENDERS and not is_undone:
        return False
    write_mail(contribution.mail, *mail.status_mail(contribution), is_to_sender=True)
    return True
