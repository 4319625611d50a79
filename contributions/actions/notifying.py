"""Senders who gave an address and confirmed it are told what became of their contribution."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import write_mail
from contributions import mail
from contributions.models import Contribution
from publishing.workflow import states


def tell_senders() -> int:
    """Leave a letter for each whose contribution is in a new state; how many letters."""
    waiting = _settled().select_related("proposal")
    return sum(_tell(one) for one in waiting.order_by("pk"))


def _settled() -> QuerySet:
    """Those to be told of what cannot be undone any more."""
    fresh = timezone.now() - datetime.timedelta(minutes=settings.UNDO_MINUTES)
    return Contribution.objects.to_be_told().exclude(proposal__decided_at__gt=fresh)


@transaction.atomic
def _tell(contribution: Contribution) -> bool:
    state = contribution.proposal.state
    # Two workers at once tell once.
    untold = Contribution.objects.filter(pk=contribution.pk, told_state=contribution.told_state)
    if not untold.update(told_state=state) or state not in states.REPORTED_TO_SENDERS:
        return False
    write_mail(contribution.mail, *mail.status_mail(contribution))
    return True
