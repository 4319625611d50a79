"""The powerful reach no page of the desk with a password alone, outside development."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import Mail
from accounts.vocabulary import Role
from tests.accounts.conftest import (
    an_administrator,
    code_of,
    in_role,
    reauthenticate,
    set_up_app,
    sign_in,
    with_password,
)
from tests.factories import an_account

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("groups")]

POWERFUL = ("moderator", "administrator", "publisher")


@pytest.fixture
def required(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def accounts(groups: dict) -> dict[str, Any]:
    superuser = with_password(an_account())
    return {
        "editor": in_role(Role.EDITOR),
        "moderator": in_role(Role.MODERATOR),
        "administrator": in_role(Role.ADMINISTRATOR),
        "publisher": superuser,
    }


def pages_of_the_desk() -> list[str]:
    names = [f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist" for m in admin.site._registry]
    return [reverse("admin:index"), *(reverse(name) for name in names), reverse("admin:jsi18n")]


@pytest.mark.parametrize("name", POWERFUL)
@pytest.mark.usefixtures("required")
def test_no_page_of_the_desk_opens_with_a_password_alone(accounts: dict[str, Any], name: str) -> None:
    client, _answer = sign_in(name)

    for address in pages_of_the_desk():
        for method in (client.get, client.post):
            refused = method(address)
            assert refused.status_code == 302, address
            assert refused["Location"].startswith("/en/admin/login/"), address
    assert client.get("/en/admin/login/?next=/en/admin/")["Location"] == "/en/accounts/second-factor/"
    assert "One more step" in client.get("/en/accounts/second-factor/").content.decode()


@pytest.mark.parametrize("name", POWERFUL)
@pytest.mark.usefixtures("required")
def test_the_desk_opens_once_an_app_is_set_up(accounts: dict[str, Any], name: str) -> None:
    client, _answer = sign_in(name)

    set_up_app(client)

    assert client.get("/en/admin/").status_code == 200


@pytest.mark.usefixtures("required")
def test_an_editor_needs_none(accounts: dict[str, Any]) -> None:
    assert sign_in("editor")[0].get("/en/admin/").status_code == 200


def test_in_development_the_desk_only_advises(accounts: dict[str, Any]) -> None:
    advised = {
        name: "Set up a second factor" in sign_in(name)[0].get("/en/admin/").content.decode()
        for name in accounts
    }

    assert advised == {"editor": False, "moderator": True, "administrator": True, "publisher": True}


def test_whoever_has_a_factor_is_not_signed_in_by_the_password(moderator: Any) -> None:
    secret = set_up_app(sign_in("moderator")[0])

    client, answer = sign_in("moderator", next="/en/admin/")
    outside = client.get("/en/admin/").status_code
    wrong = client.post("/en/accounts/2fa/authenticate/", {"code": "000000"})

    assert answer["Location"].startswith("/en/accounts/2fa/authenticate/")
    assert (outside, wrong.status_code) == (302, 200)
    assert "wrong or has expired" in wrong.content.decode()
    assert secret not in wrong.content.decode()


def test_a_recovery_code_lets_in_once(moderator: Any) -> None:
    first = sign_in("moderator")[0]
    set_up_app(first)
    (code, *_others) = re.findall(
        r"<code>(\d+)</code>", first.get("/en/accounts/2fa/recovery-codes/").content.decode()
    )

    entered = []
    for _try in range(2):
        client, _answer = sign_in("moderator")
        client.post("/en/accounts/2fa/authenticate/", {"code": code})
        entered.append(client.get("/en/admin/").status_code == 200)

    assert entered == [True, False]


def test_codes_are_counted_too(moderator: Any) -> None:
    secret = set_up_app(sign_in("moderator")[0])
    client, _answer = sign_in("moderator")
    for number in range(5):
        client.post("/en/accounts/2fa/authenticate/", {"code": f"00000{number}"})

    answer = client.post("/en/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert "Too many attempts" in answer.content.decode()


@pytest.mark.usefixtures("required")
def test_the_last_factor_of_the_powerful_stays(moderator: Any) -> None:
    client = sign_in("moderator")[0]
    set_up_app(client)
    reauthenticate(client)

    answer = client.post("/en/accounts/2fa/totp/deactivate/")

    assert "Add another one first" in answer.content.decode()
    assert Authenticator.objects.filter(user=moderator, type="totp").exists()


def test_an_app_may_go_where_none_is_required(moderator: Any) -> None:
    client = sign_in("moderator")[0]
    set_up_app(client)
    reauthenticate(client)

    client.post("/en/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=moderator, type="totp").exists()


def test_every_change_of_a_factor_is_mailed(
    moderator: Any, django_capture_on_commit_callbacks: Callable
) -> None:
    client = sign_in("moderator")[0]

    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
        client.post("/en/accounts/2fa/recovery-codes/generate/")

    assert {mail.body.splitlines()[0] for mail in Mail.objects.filter(recipient=moderator.email)} == {
        "An authenticator app was set up.", "New recovery codes were made; the old ones no longer work.",
    }  # fmt: skip


def test_two_administrators_take_a_lost_factor_away_and_nobody_sees_its_secret(
    accounts: dict[str, Any],
) -> None:
    secret = set_up_app(sign_in("moderator")[0])
    factors = Authenticator.objects.filter(user=accounts["moderator"], type="totp")
    there = f"/en/admin/mfa/authenticator/{factors.get().pk}/"

    shown, left = "", []
    for administrator in (accounts["administrator"], an_administrator("second")):
        desk = Client()
        desk.force_login(administrator)
        shown += desk.get(f"{there}change/").content.decode() + desk.get(f"{there}delete/").content.decode()
        desk.post(f"{there}delete/", {"post": "yes"})
        left.append(factors.count())

    assert secret not in shown
    assert left == [1, 0]
