"""Erases the personal data of senders: after settings.CONTRIBUTION_DAYS, or at once if the sender asks."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actions import delete_mail_to
from contributions.models import Contribution
from publishing.actions import publishing
from publishing.workflow import states


def erase(contribution: Contribution) -> None:
    """Erase who sent it and the sender's messages; decisions stay, and a credit that the sender asked for."""
    with transaction.atomic():
        contribution = Contribution.objects.locked(contribution.pk)
        if contribution.mail:
            delete_mail_to(contribution.mail)
        contribution.messages.filter(by=None).delete()
        Contribution.objects.filter(pk=contribution.pk).update(
            sender="",
            name="",
            wants_credit=False,
            mail="",
            mail_confirmed_at=None,
            confirm_digest="",
            appeal_text="",
            erased_at=timezone.now(),
        )


@transaction.atomic
def erase_on_request(contribution: Contribution) -> None:
    """Erase it now, and the credit as well."""
    publishing.credit_to(contribution.proposal, "")
    erase(contribution)


def erase_due(now: datetime.datetime) -> int:
    """Erase contributions that were decided or withdrawn long enough ago; return how many."""
    before = now - datetime.timedelta(days=settings.CONTRIBUTION_DAYS)
    is_over = Q(proposal__decided_at__lt=before) | Q(
        proposal__decided_at=None, proposal__changed_at__lt=before
    )
    due = [*Contribution.objects.not_erased().filter(is_over, proposal__state__in=states.ENDED)]
    for contribution in due:
        erase(contribution)
    return len(due)
