"""Nobody gives somebody else a new password unseen, or soon after another change of the account."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts import account_changes, rules
from accounts.models import Mail
from accounts.vocabulary import Role
from tests.accounts.changes import (
    LONGER,
    NEW,
    OLD,
    RESET,
    a_day_later,
    address_of,
    confirm,
    delete,
    desk_of,
    requested,
    told,
)
from tests.accounts.conftest import (
    PASSWORD,
    an_administrator,
    in_role,
    link_in,
    reauthenticate,
    set_up_app,
    sign_in,
)
from tests.factories import an_account

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("groups")]


@pytest.fixture
def administrator(groups: dict) -> Any:
    return in_role(Role.ADMINISTRATOR)


@pytest.fixture
def second(administrator: Any) -> Any:
    return an_administrator("second")


def password_set_by(superuser: Any, account: Any, **changed: str) -> int:
    """How the desk answers a superuser who sets another password."""
    sent = {"password1": LONGER, "password2": LONGER, "usable_password": "true", **changed}
    return desk_of(superuser).post(f"/en/admin/auth/user/{account.pk}/password/", sent).status_code


def test_a_password_that_a_superuser_sets_is_told_to_its_owner(moderator: Any) -> None:
    an_administrator("fresh", days=0)

    password_set_by(an_account(), moderator, password2="other")
    before = told(OLD)
    password_set_by(an_account(), moderator)

    assert before == []
    assert told(OLD) == ["An administrator, publisher, set a new password for your account."]


def test_nobody_sets_the_password_of_somebody_else_where_there_is_a_second_administrator(
    moderator: Any, administrator: Any, second: Any
) -> None:
    answers = [password_set_by(by, moderator) for by in (an_account(), administrator, second)]

    assert answers == [403, 403, 403]
    assert told(OLD) == []
    assert sign_in("moderator")[1].status_code == 302


def test_a_superuser_sets_their_own_password(second: Any) -> None:
    superuser = an_account()

    assert password_set_by(superuser, superuser) == 302


def test_the_form_of_an_account_leads_to_a_new_password_only_where_one_may_be_set(
    moderator: Any, administrator: Any
) -> None:
    there = f"/en/admin/auth/user/{moderator.pk}/change/"

    pages = [desk_of(by).get(there).content.decode() for by in (an_account(), administrator)]
    an_administrator("second")
    pages.append(desk_of(an_account()).get(there).content.decode())

    assert ["../password/" in page for page in pages] == [True, False, False]
    assert ["with a link that is sent by mail" in page for page in pages] == [False, True, True]
    assert [RESET in page for page in pages] == [False, True, True]
    assert [moderator.password in page for page in pages] == [False, False, False]


def test_the_form_of_an_account_keeps_the_password(moderator: Any, second: Any) -> None:
    there = f"/en/admin/auth/user/{moderator.pk}/change/"
    sent = {"username": "moderator", "is_active": "on", "password": "x", "new_password": "x"}

    answer = desk_of(an_account()).post(there, sent)

    assert (answer.status_code, sign_in("moderator")[1].status_code) == (302, 302)


def test_a_new_password_is_told_to_the_address_of_before_too(
    moderator: Any, administrator: Any, second: Any
) -> None:
    confirm(requested(moderator, administrator), by=second)
    own = sign_in("moderator")[0]

    own.post(
        "/en/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": LONGER, "password2": LONGER},
    )

    assert told(OLD)[-1] == told(NEW)[-1] == "Your password was changed."


@pytest.mark.parametrize(
    "after", [pytest.param("address", marks=pytest.mark.every_database), "own address", "factor"]
)
def test_a_reset_of_the_password_waits_for_a_day(
    moderator: Any, administrator: Any, second: Any, after: str
) -> None:
    if after == "factor":
        set_up_app(sign_in("moderator")[0])
        for by in (administrator, second):
            delete(Authenticator.objects.get(user=moderator, type="totp"), by)
    elif after == "address":
        confirm(requested(moderator, administrator), by=second)
    else:
        account_changes.confirm_address(requested(moderator, moderator), by=moderator)
    address = address_of(moderator)
    Mail.objects.all().delete()

    answer = Client().post(RESET, {"email": address})
    held = told(OLD)
    a_day_later()
    Client().post(RESET, {"email": address})

    assert answer["Location"] == "/en/accounts/password/reset/done/"
    assert len(held) == 1
    assert "No link was sent" in held[0]
    assert "/password/reset/key/" in Mail.objects.filter(recipient=address).first().body


@pytest.mark.every_database
def test_a_link_of_before_waits_too_and_says_why(
    moderator: Any, administrator: Any, second: Any, factor: Authenticator
) -> None:
    Mail.objects.all().delete()
    browser = Client()
    browser.post(RESET, {"email": OLD})
    link = link_in(Mail.objects.get())
    for by in (administrator, second):
        account_changes.remove_factor(factor, by=by)

    form = browser.get(link)["Location"]
    answer = browser.post(form, {"password1": LONGER, "password2": LONGER})

    assert "For safety, a new password can be set" in answer.content.decode()
    assert sign_in("moderator", LONGER)[1].status_code == 200


def test_what_the_owner_removes_holds_nothing_up(moderator: Any) -> None:
    client = sign_in("moderator")[0]
    set_up_app(client)
    reauthenticate(client)
    client.post("/en/accounts/2fa/totp/deactivate/")

    assert rules.why_not_reset_password(moderator, timezone.now()) is None
