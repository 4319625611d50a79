"""May this happen? Rules for invitations, second factors, and changing other accounts."""

import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AddressChange, FactorRemoval, Invitation
from accounts.roles import privileged_permissions
from accounts.vocabulary import AddressChangeState, InvitationState
from publishing.rules import Refusal

# So long after an address was changed, or a factor was removed by somebody else, no password is reset by
# mail: whoever is told of it at the old address has that time to object.
PASSWORD_HOLD = datetime.timedelta(days=1)
# So much older than a request is the account of whoever confirms it: nobody makes one in order to confirm.
SECOND_IS_OLDER_BY = datetime.timedelta(days=7)
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


def why_not_confirm_removal(removal: FactorRemoval, by: Any) -> Refusal | None:
    """Whether `by` may remove the factor: a second administrator may, or its owner.

    Where no second administrator could, a superuser may remove it alone.
    """
    if refusal := why_not_manage(removal.account, by):
        return refusal
    if by.pk == removal.account_id:
        return None
    message = _("You requested it; another administrator confirms it by deleting it too.")
    return _why_not_second_administrator(removal, by, message)


def why_not_set_password(account: Any, by: Any) -> Refusal | None:
    """Whether `by` may set the account's password at the desk: a superuser their own.

    That of somebody else only where there is no second administrator; its owner gets a link by mail.
    """
    if not by.is_superuser:
        return Refusal("not_permitted", _("Your account may not do this."))
    if by.pk != account.pk and _second_administrators(account, by, timezone.now()):
        message = _("Only its owner sets a new password, with a link that is sent by mail.")
        return Refusal("second_administrator", message)
    return None


# --- the email address of an account ---------------------------------------------------------


def why_not_request_address(account: Any, address: str, by: Any) -> Refusal | None:
    """Whether `by` may request another address for the account: its owner may, or an administrator."""
    if by.pk != account.pk and (refusal := why_not_manage(account, by)):
        return refusal
    return _why_not_use_address(account, address)


def why_not_confirm_address(change: AddressChange, by: Any, now: datetime.datetime) -> Refusal | None:
    """Whether `by` may confirm the change: its owner their own, of the others a second administrator.

    Where no second administrator could, a superuser may confirm what they requested themselves.
    """
    if refusal := why_not_cancel_address(change, by, now) or _why_not_use_address(
        change.account, change.new_address
    ):
        return refusal
    if change.is_by_owner:
        message = _("Only the link that was mailed to the new address confirms it.")
        return None if by.pk == change.account_id else Refusal("not_yours", message)
    if by.pk == change.account_id:
        return Refusal("own_account", _("Another administrator confirms it, not the owner of the account."))
    message = _("You requested it; another administrator confirms it.")
    return _why_not_second_administrator(change, by, message)


def why_not_cancel_address(change: AddressChange, by: Any, now: datetime.datetime) -> Refusal | None:
    """Whether `by` may cancel the request: the owner of the account may, or an administrator."""
    state = change.state_at(now)
    if state != AddressChangeState.OPEN:
        message = _("This is not possible: its state is “%(state)s”.") % {"state": state.label}
        return Refusal("not_open", message)
    return None if by.pk == change.account_id else why_not_manage(change.account, by)


def why_not_manage(account: Any, by: Any) -> Refusal | None:
    """Whether `by` is an administrator who may change the account of somebody else."""
    if not by.has_perm("auth.change_user"):
        return Refusal("not_permitted", _("Your account may not do this."))
    return why_not_change_account(account, by)


def why_not_reset_password(account: Any, now: datetime.datetime) -> Refusal | None:
    """Whether a new password may be set by a mailed link.

    Not for a day after a change of address, or after the removal of a second factor by somebody else.
    """
    since = now - PASSWORD_HOLD
    changed = AddressChange.objects.filter(account=account, confirmed_at__gt=since)
    removed = FactorRemoval.objects.filter(account=account, removed_at__gt=since)
    moments = [*changed.values_list("confirmed_at", flat=True), *removed.values_list("removed_at", flat=True)]
    if not moments:
        return None
    until = max(moment for moment in moments if moment) + PASSWORD_HOLD
    message = _(
        "The email address of this account was changed less than a day ago, or a second factor was removed"
        " from it. For safety, a new password can be set by a mailed link only from %(time)s UTC on."
    )
    return Refusal("held", message % {"time": f"{until:%Y-%m-%d %H:%M}"})


def _why_not_use_address(account: Any, address: str) -> Refusal | None:
    """Whether the address is a new one, and nobody else's."""
    if address.lower() == account.email.lower():
        return Refusal("same_address", _("The account has this address already."))
    others = get_user_model()._default_manager.exclude(pk=account.pk)
    if others.filter(email__iexact=address).exists():
        return Refusal("has_account", _("Someone with this address already has an account."))
    return None


# --- the second administrator ----------------------------------------------------------------


def _why_not_second_administrator(
    request: AddressChange | FactorRemoval, by: Any, message: str
) -> Refusal | None:
    """Whether `by` is another administrator than requested it, or a superuser besides whom there is none.

    The message is for whoever requested it.
    """
    if by.is_superuser and not _second_administrators(request.account, by, request.requested_at):
        return None
    if by.pk == request.requested_by_id:
        return Refusal("second_administrator", message)
    if by.date_joined > request.requested_at - SECOND_IS_OLDER_BY:
        message = _("Your account is too new to confirm this: it has to be a week older than the request.")
        return Refusal("too_new", message)
    return None


def _second_administrators(account: Any, by: Any, requested_at: datetime.datetime) -> list[Any]:
    """Who besides `by` could confirm a change of the account that is requested then."""
    found = get_user_model()._default_manager.with_perm(
        "auth.change_user", backend="django.contrib.auth.backends.ModelBackend"
    )
    old_enough = found.filter(is_staff=True, date_joined__lte=requested_at - SECOND_IS_OLDER_BY)
    others = old_enough.exclude(pk__in=(account.pk, by.pk))
    return [one for one in others if why_not_change_account(account, one) is None]
