"""What changes: invitations, the accounts made from them, sessions, groups, and the mail queue."""

import datetime
import secrets
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import mail, rules
from accounts.models import Invitation, Mail
from accounts.roles import permissions_of
from accounts.vocabulary import Role
from publishing.hooks import EntryEvent
from publishing.models import PreviewLink
from publishing.tokens import token_digest

INVITATION_LIFETIME = datetime.timedelta(days=7)
# Between two attempts to send a mail: one minute, two, four, up to six hours.
FIRST_RETRY_DELAY = datetime.timedelta(minutes=1)
MAX_RETRY_DELAY = datetime.timedelta(hours=6)
MAX_ERROR_LENGTH = 300


# --- invitations -----------------------------------------------------------------------------


@transaction.atomic
def invite(address: str, *, roles: Iterable[Group], language: str, by: Any) -> tuple[Invitation, str]:
    """Mail a link with which the receiver creates an account. Raises Refusal."""
    if refusal := rules.why_not_invite(address, by):
        raise refusal
    token, now = secrets.token_urlsafe(32), timezone.now()
    invitation = Invitation.objects.create(
        address=address,
        language=language,
        token_digest=token_digest(token),
        invited_by=by,
        created_at=now,
        expires_at=now + INVITATION_LIFETIME,
    )
    invitation.roles.set(roles)
    write_mail(address, *mail.invitation_mail(invitation, token))
    return invitation, token


@transaction.atomic
def invite_again(invitation: Invitation, *, by: Any) -> tuple[Invitation, str]:
    """Mail a new link, valid from now for INVITATION_LIFETIME; the old link stops working. Raises Refusal."""
    if refusal := rules.why_not_manage_invitations(by):
        raise refusal
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if refusal := rules.why_not_change_invitation(invitation):
        raise refusal
    token = secrets.token_urlsafe(32)
    invitation.token_digest, invitation.expires_at = token_digest(token), timezone.now() + INVITATION_LIFETIME
    invitation.save(update_fields=["token_digest", "expires_at"])
    write_mail(invitation.address, *mail.invitation_mail(invitation, token))
    return invitation, token


@transaction.atomic
def revoke(invitation: Invitation, *, by: Any) -> Invitation:
    """Make the link invalid. Raises Refusal."""
    if refusal := rules.why_not_manage_invitations(by):
        raise refusal
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if refusal := rules.why_not_change_invitation(invitation):
        raise refusal
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, username: str, full_name: str, password: str) -> Any:
    """Create the account; an invitation can be accepted once. Raises Refusal."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    now = timezone.now()
    if refusal := rules.why_not_accept(invitation, now):
        raise refusal
    account = get_user_model()._default_manager.create_user(
        username, invitation.address, password, first_name=full_name, is_staff=True
    )
    account.groups.set(invitation.roles.all())
    # The link was mailed to this address, so the address is verified.
    EmailAddress.objects.create(user=account, email=invitation.address, verified=True, primary=True)
    invitation.accepted_at, invitation.account = now, account
    invitation.save(update_fields=["accepted_at", "account"])
    return account


# --- sessions --------------------------------------------------------------------------------


@transaction.atomic
def end_session(session: UserSession) -> None:
    """Sign one browser out."""
    session.end()


@transaction.atomic
def end_sessions(account: Any, *, except_key: str | None = None) -> int:
    """End the account's sessions, except the one with the key `except_key`; return how many."""
    sessions = UserSession.objects.filter(user=account).exclude(session_key=except_key or "")
    for session in sessions:
        session.end()
    return len(sessions)


# --- groups ----------------------------------------------------------------------------------


@transaction.atomic
def fill_groups(*, using: str = "default") -> None:
    """Give the group of each role exactly its permissions, where both the group and the permission exist."""
    by_name = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for group in Group.objects.using(using).filter(name__in=Role.values):
        names = permissions_of(Role(group.name))
        group.permissions.set([by_name[name] for name in sorted(names & {*by_name})])


# --- mail ------------------------------------------------------------------------------------


def write_mail(recipient: str, subject: str, body: str, *, is_to_sender: bool = False) -> Mail:
    """Add a mail to the queue; inside a transaction it is sent only after the commit.

    is_to_sender: to somebody who used the public form, whose address only moderators may see.
    """
    now = timezone.now()
    return Mail.objects.create(
        recipient=recipient,
        subject=subject[:200],
        body=body,
        is_to_sender=is_to_sender,
        created_at=now,
        next_try_at=now,
    )


def tell_of_preview(link: PreviewLink) -> None:
    """Mail the author of a proposal that somebody else made a link by which everybody can read it."""
    author = link.proposal.author
    if author is not None and author.email:
        write_mail(author.email, *mail.preview_mail(link))


def tell_of_entry(event: EntryEvent, to: Iterable[Any]) -> None:
    """Mail the accounts what somebody else did with an entry that they watch or talk about."""
    for account in to:
        if account.email:
            write_mail(account.email, *mail.entry_mail(event, account))


def delete_mail_to(recipient: str) -> None:
    """Delete all sent and queued mail to an address, unless it is the address of an account."""
    if not get_user_model()._default_manager.filter(email__iexact=recipient).exists():
        Mail.objects.filter(recipient__iexact=recipient).delete()


def claim(mail: Mail, now: datetime.datetime) -> bool:
    """Reserve a mail for one attempt and set the time of the next; False if another process was first."""
    delay = min(FIRST_RETRY_DELAY * 2 ** min(mail.tries, 10), MAX_RETRY_DELAY)
    return bool(
        Mail.objects.due(now)
        .filter(pk=mail.pk, tries=mail.tries)
        .order_by()
        .update(tries=F("tries") + 1, next_try_at=now + delay)
    )


def record_sent(mail: Mail) -> None:
    """Record that a mail server accepted it, and delete its text."""
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), body="", error="")


def record_failure(mail: Mail, error: Exception) -> None:
    """Store why it was not sent; it will be tried again."""
    message = f"{type(error).__name__}: {error}"[:MAX_ERROR_LENGTH]
    Mail.objects.filter(pk=mail.pk).update(error=message)
