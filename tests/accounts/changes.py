"""What the tests of changes of an account share: the desk, the mails, a request and its confirmation."""

import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from accounts import account_changes
from accounts.models import AddressChange, FactorRemoval, Mail
from tests.accounts.conftest import (
    reauthenticate,
    sign_in,
)

OLD, NEW = "moderator@example.org", "attacker@evil.example"
RESET = "/en/accounts/password/reset/"
FACTORS = "/en/admin/mfa/authenticator/"
LONGER = "another that is long enough"


def desk_of(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    return client


def proven(name: str) -> Client:
    """A browser in which somebody has just given the password again."""
    client = sign_in(name)[0]
    reauthenticate(client)
    return client


def told(address: str) -> list[str]:
    """The first lines of the mails to the address."""
    return [mail.body.splitlines()[0] for mail in Mail.objects.filter(recipient=address).order_by("pk")]


def address_of(account: Any) -> str:
    account.refresh_from_db()
    return account.email


def requested(account: Any, by: Any) -> AddressChange:
    return account_changes.request_address(account, NEW, by=by)


def confirm(change: AddressChange, by: Any) -> None:
    there = "/en/admin/accounts/addresschange/"
    desk_of(by).post(there, {"action": "confirm", "_selected_action": [change.pk]})


def a_day_later() -> None:
    day = datetime.timedelta(days=1, seconds=1)
    for change in AddressChange.objects.exclude(confirmed_at=None):
        AddressChange.objects.filter(pk=change.pk).update(confirmed_at=change.confirmed_at - day)
    for removal in FactorRemoval.objects.exclude(removed_at=None):
        FactorRemoval.objects.filter(pk=removal.pk).update(removed_at=removal.removed_at - day)


def delete(factor: Authenticator, by: Any) -> str:
    """What the desk says to somebody who deletes the factor there."""
    answer = desk_of(by).post(f"{FACTORS}{factor.pk}/delete/", {"post": "yes"}, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])
