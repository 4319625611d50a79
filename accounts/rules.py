"""May this happen? Rules for invitations, second factors, and changing other accounts."""

import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Invitation
from accounts.roles import privileged_permissions
from accounts.vocabulary import InvitationState
from publishing.rules import Refusal

# Recovery codes do not count: they only replace one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def why_not_invite(address: str, by: Any) -> Refusal | None:
    """Whether `by` may send an invitation to the address."""
    if refusal := why_not_manage_invitations(by):
        return refusal
    if get_user_model()._default_manager.filter(email__iexact=address).exists():
        return Refusal("has_account", _("Someone with this address already has an account."))
    if Invitation.objects.unanswered().filter(address__iexact=address).exists():
        return Refusal("is_invited", _("This address has an invitation. Send that one again."))
    return None


def why_not_manage_invitations(by: Any) -> Refusal | None:
    """Whether `by` may make invitations, send them again and revoke them."""
    if by.has_perm("accounts.add_invitation"):
        return None
    return Refusal("not_permitted", _("Your account may not invite anybody."))


def why_not_change_invitation(invitation: Invitation) -> Refusal | None:
    """Whether it may be sent again or revoked: not once it was accepted or revoked."""
    if invitation.accepted_at:
        return Refusal("accepted", _("The invitation was accepted."))
    return Refusal("revoked", _("The invitation was revoked.")) if invitation.revoked_at else None


def why_not_accept(invitation: Invitation, now: datetime.datetime) -> Refusal | None:
    """Whether the link can still be used to create an account."""
    return {
        InvitationState.OPEN: None,
        InvitationState.ACCEPTED: Refusal(
            "accepted", _("This invitation has already been used. If that was you, sign in.")
        ),
        InvitationState.REVOKED: Refusal("revoked", _("This invitation was withdrawn.")),
        InvitationState.EXPIRED: Refusal(
            "expired", _("This invitation has expired. Ask whoever sent it for a new one.")
        ),
    }[invitation.state_at(now)]


def lacks_second_factor(account: Any) -> bool:
    """Whether the account may do more than edit, but has no second factor."""
    return is_privileged(account) and not _factors(account).exists()


def is_privileged(account: Any) -> bool:
    """Whether the account may do more than edit."""
    return bool(privileged_permissions() & account.get_all_permissions())


def why_not_remove_factor(factor: Authenticator) -> Refusal | None:
    """Whether its owner may remove it: not the last one, where a second factor is required."""
    if not settings.REQUIRE_SECOND_FACTOR or not is_privileged(factor.user):
        return None
    if _factors(factor.user).exclude(pk=factor.pk).exists():
        return None
    return Refusal("last_factor", _("Your account needs a second factor. Add another one first."))


def _factors(account: Any) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS)


def why_not_change_account(account: Any, by: Any) -> Refusal | None:
    """Whether `by` may change the account's roles: not their own, and a superuser's only as a superuser."""
    if by.is_superuser:
        return None
    if account.is_superuser:
        return Refusal("superuser", _("Only a superuser may change a superuser’s account."))
    if account.pk == by.pk:
        return Refusal("own_account", _("You cannot change your own roles and permissions."))
    return None
