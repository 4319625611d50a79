"""Sends queued mail outside requests, so that response times do not show who has an account."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from accounts import actions
from accounts.models import Mail

log = logging.getLogger(__name__)


def send_due(limit: int = 100) -> tuple[int, int]:
    """Try to send each mail that is due; return how many were sent and how many have to wait.

    The first time-out ends the turn: a mail server that hangs would hold up all other jobs of the worker, and
    scheduled publishing with them, once for each mail.
    An attempt is recorded before it is made, so that a worker that crashes loses no mail.
    """
    if not settings.EMAIL_BACKEND:
        return 0, Mail.objects.due(timezone.now()).count()
    sent = failed = 0
    for mail in Mail.objects.due(timezone.now())[:limit]:
        if not actions.claim(mail, timezone.now()):
            continue
        try:
            EmailMessage(mail.subject, mail.body, to=[mail.recipient], connection=get_connection()).send()
        # Whatever goes wrong, this mail stays in the queue and the next one is tried.
        except Exception as error:
            log.warning("Mail %s was not taken: %s", mail.pk, type(error).__name__)
            actions.record_failure(mail, error)
            failed += 1
            if _is_timeout(error):
                log.warning("The mail server does not answer; the rest of the mail waits for the next turn.")
                break
        else:
            actions.record_sent(mail)
            sent += 1
    return sent, failed


def _is_timeout(error: BaseException | None) -> bool:
    """Whether the server did not answer; smtplib hides that behind an error of its own."""
    return error is not None and (isinstance(error, TimeoutError) or _is_timeout(error.__context__))
