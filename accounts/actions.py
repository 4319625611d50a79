"""What changes: invitations, the accounts that they make, sessions, groups, and mail that waits."""

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
from publishing.tokens import token_digest

VALID = datetime.timedelta(days=7)
# Between two tries of a mail: one minute, two, four, up to six hours.
FIRST_PAUSE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = datetime.timedelta(hours=6)
SAID_OF_AN_ERROR = 300


# --- invitations -----------------------------------------------------------------------------


@transaction.atomic
def invite(address: str, *, roles: Iterable[Group], language: str, by: Any) -> Invitation:
    """Mail a link that makes an account; raises Refusal."""
    if refusal := rules.why_not_invite(address, by):
        raise refusal
    token, now = secrets.token_urlsafe(32), timezone.now()
    invitation = Invitation.objects.create(
        address=address,
        language=language,
        token_digest=token_digest(token),
        invited_by=by,
        created_at=now,
        expires_at=now + VALID,
    )
    invitation.roles.set(roles)
    write_mail(address, *mail.invitation(invitation, token))
    return invitation


@transaction.atomic
def invite_again(invitation: Invitation, *, by: Any) -> Invitation:
    """Mail a new link, valid for as long as the first was; the old one ends. Raises Refusal."""
    if refusal := rules.why_not_manage_invitations(by):
        raise refusal
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if refusal := rules.why_not_touch(invitation):
        raise refusal
    token = secrets.token_urlsafe(32)
    invitation.token_digest, invitation.expires_at = token_digest(token), timezone.now() + VALID
    invitation.save(update_fields=["token_digest", "expires_at"])
    write_mail(invitation.address, *mail.invitation(invitation, token))
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: Any) -> Invitation:
    """End the link; raises Refusal."""
    if refusal := rules.why_not_manage_invitations(by):
        raise refusal
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if refusal := rules.why_not_touch(invitation):
        raise refusal
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, username: str, full_name: str, password: str) -> Any:
    """Make the account that was offered, once; raises Refusal."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    now = timezone.now()
    if refusal := rules.why_not_accept(invitation, now):
        raise refusal
    account = get_user_model()._default_manager.create_user(
        username, invitation.address, password, first_name=full_name, is_staff=True
    )
    account.groups.set(invitation.roles.all())
    # The link came by mail, so the address is theirs.
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
def end_sessions(account: Any, *, but: str | None = None) -> int:
    """Sign the account out of every browser, except the session of the key `but`; how many there were."""
    sessions = UserSession.objects.filter(user=account).exclude(session_key=but or "")
    for session in sessions:
        session.end()
    return len(sessions)


# --- groups ----------------------------------------------------------------------------------


@transaction.atomic
def fill_groups(*, using: str = "default") -> None:
    """Give each role's group exactly the permissions of its list, as far as both exist."""
    by_name = {
        f"{one.content_type.app_label}.{one.codename}": one
        for one in Permission.objects.using(using).select_related("content_type")
    }
    for group in Group.objects.using(using).filter(name__in=Role.values):
        wanted = permissions_of(Role(group.name))
        group.permissions.set([by_name[name] for name in sorted(wanted & {*by_name})])


# --- mail ------------------------------------------------------------------------------------


def write_mail(recipient: str, subject: str, body: str) -> Mail:
    """Leave a mail to be sent; in a transaction, it waits for its end."""
    now = timezone.now()
    return Mail.objects.create(
        recipient=recipient, subject=subject[:200], body=body, created_at=now, next_try_at=now
    )


def forget_mail_to(recipient: str) -> None:
    """Forget that anything was, or shall be, sent to an address that belongs to no account."""
    if not get_user_model()._default_manager.filter(email__iexact=recipient).exists():
        Mail.objects.filter(recipient__iexact=recipient).delete()


def claim(mail: Mail, moment: datetime.datetime) -> bool:
    """Take a mail for one try, and put the next one off; False where somebody else was faster."""
    pause = min(FIRST_PAUSE * 2 ** min(mail.tries, 10), LONGEST_PAUSE)
    return bool(
        Mail.objects.due(moment)
        .filter(pk=mail.pk, tries=mail.tries)
        .order_by()
        .update(tries=F("tries") + 1, next_try_at=moment + pause)
    )


def note_sent(mail: Mail) -> None:
    """A server took it: forget its text."""
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), body="", error="")


def note_failure(mail: Mail, error: Exception) -> None:
    """Keep why it was not taken; it is tried again."""
    said = f"{type(error).__name__}: {error}"[:SAID_OF_AN_ERROR]
    Mail.objects.filter(pk=mail.pk).update(error=said)
