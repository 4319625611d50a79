"""Changes of an account's address, second factors and password; the owner is told of each.

A mail about such a change goes to the address that the account has and to those that it had a short time ago:
whoever took an account over by its address must not be the only one who reads of it.
"""

import datetime
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from accounts import mail, rules
from accounts.actions import write_mail
from accounts.models import REQUEST_VALID_FOR, AddressChange, FactorRemoval
from publishing.people import display_name
from publishing.tokens import token_digest

# So long the address that an account had before is told of what changes in the account.
TOLD = datetime.timedelta(days=30)


@transaction.atomic
def request_address(account: Any, address: str, *, by: Any) -> AddressChange:
    """Begin a change of the account's address, and tell the old address; raises Refusal.

    The owner is mailed a link to the new address; what an administrator requests, another one confirms.
    """
    if refusal := rules.why_not_request_address(account, address, by):
        raise refusal
    now, token = timezone.now(), secrets.token_urlsafe(32)
    AddressChange.objects.filter(account=account, confirmed_at=None, cancelled_at=None).update(
        cancelled_at=now
    )
    change = AddressChange.objects.create(
        account=account,
        old_address=account.email,
        new_address=address,
        token_digest=token_digest(token) if by.pk == account.pk else "",
        requested_by=by,
        requested_at=now,
        expires_at=now + REQUEST_VALID_FOR,
    )
    if change.is_by_owner:
        tell(account, "address_requested", old=account.email, new=address)
        write_mail(address, *mail.address_mail(change, token))
    else:
        tell(account, "address_requested_by_another", old=account.email, new=address, by=display_name(by))
    return change


@transaction.atomic
def confirm_address(change: AddressChange, *, by: Any) -> AddressChange:
    """Give the account its new address, and tell both addresses; raises Refusal."""
    change, now = _locked(change), timezone.now()
    if refusal := rules.why_not_confirm_address(change, by, now):
        raise refusal
    account = change.account
    change.confirmed_by, change.confirmed_at = by, now
    change.save(update_fields=["confirmed_by", "confirmed_at"])
    account.email = change.new_address
    account.save(update_fields=["email"])
    EmailAddress.objects.filter(user=account).delete()
    EmailAddress.objects.create(user=account, email=change.new_address, verified=True, primary=True)
    tell(account, "address_changed", old=change.old_address, new=change.new_address)
    return change


@transaction.atomic
def cancel_address(change: AddressChange, *, by: Any) -> AddressChange:
    """End the request, and tell the account; raises Refusal."""
    change, now = _locked(change), timezone.now()
    if refusal := rules.why_not_cancel_address(change, by, now):
        raise refusal
    change.cancelled_at = now
    change.save(update_fields=["cancelled_at"])
    tell(change.account, "address_cancelled", new=change.new_address)
    return change


@transaction.atomic
def remove_factor(factor: Authenticator, *, by: Any) -> FactorRemoval:
    """Take a second factor from somebody else who lost it, and tell them; raises Refusal.

    What one administrator removes is only requested; it is gone once another one removes it too.
    """
    factor = Authenticator.objects.select_for_update(of=["self"]).select_related("user").get(pk=factor.pk)
    account, now = factor.user, timezone.now()
    if refusal := rules.why_not_manage(account, by):
        raise refusal
    requested = FactorRemoval.objects.open(now).filter(factor=factor).first()
    removal = requested or FactorRemoval(account=account, factor=factor, requested_by=by, requested_at=now)
    refusal = rules.why_not_confirm_removal(removal, by)
    if refusal and requested:
        raise refusal
    if refusal:
        removal.save()
        tell(account, "factor_removal_requested", by=display_name(by))
        return removal
    removal.removed_by, removal.removed_at = by, now
    removal.save()
    factor.delete()
    tell(account, "factor_removed", by=display_name(by))
    return removal


def tell(account: Any, change: str, **values: str) -> None:
    """Mail what was changed in the account to each of its addresses."""
    for address in addresses_of(account):
        write_mail(address, *mail.notice_mail(account, change, **values))


def addresses_of(account: Any) -> list[str]:
    """The account's address, and those that it had a short time ago."""
    since = timezone.now() - TOLD
    former = AddressChange.objects.filter(account=account, confirmed_at__gt=since).order_by("-confirmed_at")
    addresses = [account.email, *former.values_list("old_address", flat=True)]
    return [address for address in dict.fromkeys(addresses) if address]


def _locked(change: AddressChange) -> AddressChange:
    return AddressChange.objects.select_for_update(of=["self"]).select_related("account").get(pk=change.pk)
