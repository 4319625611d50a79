"""Sends the mail that waits, outside of any request: the time of a page tells nobody who has an account."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from accounts import actions
from accounts.models import Mail

log = logging.getLogger(__name__)


def send_due(limit: int = 100) -> tuple[int, int]:
    """Try what is due, each once: how many were sent, and how many must wait.

    A try is noted before it is made, so that a worker that dies in the middle loses nothing.
    """
    if not settings.EMAIL_BACKEND:
        return 0, Mail.objects.due(timezone.now()).count()
    sent = failed = 0
    for mail in Mail.objects.due(timezone.now())[:limit]:
        if not actions.claim(mail, timezone.now()):
            continue
        try:
            EmailMessage(mail.subject, mail.body, to=[mail.recipient], connection=get_connection()).send()
        # Whatever a mail server or the way to it does, the mail stays and the others get their turn.
        except Exception as error:
            log.warning("Mail %s was not taken: %s", mail.pk, type(error).__name__)
            actions.note_failure(mail, error)
            failed += 1
        else:
            actions.note_sent(mail)
            sent += 1
    return sent, failed
