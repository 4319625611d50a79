"""Accounts with roles and a known password, signing in, and the codes of an authenticator app."""

import datetime
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone, translation

from accounts.models import Mail
from accounts.vocabulary import Role
from tests.factories import an_account

PASSWORD = "long and of no use elsewhere"
SIGN_IN = "/en/accounts/login/"


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Any) -> None:
    """A fast password hasher, which keeps the tests quick."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def moderator(groups: dict[str, Group]) -> Any:
    """A moderator with a password and an email address."""
    return in_role(Role.MODERATOR)


def in_role(role: Role) -> Any:
    account = with_password(an_account(role.lower(), is_staff=True, email=f"{role.lower()}@example.org"))
    account.groups.set([Group.objects.get(name=role)])
    return account


def an_administrator(name: str, *, days: float = 8) -> Any:
    """An administrator whose account was made so many days ago; by default long enough to confirm."""
    joined = timezone.now() - datetime.timedelta(days=days)
    address = f"{name}@example.org"
    account = with_password(an_account(name, is_staff=True, email=address, date_joined=joined))
    account.groups.set([Group.objects.get(name=Role.ADMINISTRATOR)])
    return account


def with_password(account: Any) -> Any:
    account.set_password(PASSWORD)
    account.save()
    return account


def sign_in(
    name: str, password: str = PASSWORD, *, client: Client | None = None, **data: str
) -> tuple[Client, Any]:
    """A client that tried to sign in, and the response."""
    client = client or Client()
    return client, client.post(SIGN_IN, {"login": name, "password": password, **data})


def reauthenticate(client: Client) -> None:
    """Enter the password again, which is needed before security settings can be changed."""
    assert client.post("/en/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def code_of(secret: str) -> str:
    """The code that an authenticator app shows now."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def set_up_app(client: Client) -> str:
    """Set up an authenticator app; return its secret."""
    reauthenticate(client)
    page = client.get("/en/accounts/2fa/totp/activate/").content.decode()
    (secret,) = re.findall(r'<code dir="ltr">(\w+)</code>', page)
    response = client.post("/en/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert response.status_code == 302, response.content.decode()
    return secret


def link_in(mail: Mail) -> str:
    """The path that the mail leads to."""
    (link,) = re.findall(r"https?://[^/\s]+(/\S+/accounts/\S+)", mail.body)
    return link


@pytest.fixture
def factor(moderator: Any) -> Authenticator:
    """The moderator's app."""
    set_up_app(sign_in("moderator")[0])
    return Authenticator.objects.get(user=moderator, type="totp")
