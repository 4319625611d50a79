"""What says who sent a contribution is erased: after its time, or at once where the sender asks."""

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
    """Forget who sent it and what they wrote to the moderators; decisions stay, and a wished credit."""
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
    """The same at once, and the credit too."""
    publishing.credit_to(contribution.proposal, "")
    erase(contribution)


def erase_due(now: datetime.datetime) -> int:
    """Erase what was decided, or withdrawn, long enough ago; how many contributions that were."""
    before = now - datetime.timedelta(days=settings.CONTRIBUTION_DAYS)
    is_over = Q(proposal__decided_at__lt=before) | Q(
        proposal__decided_at=None, proposal__changed_at__lt=before
    )
    due = [*Contribution.objects.not_erased().filter(is_over, proposal__state__in=states.ENDED)]
    for contribution in due:
        erase(contribution)
    return len(due)
