"""No administrator becomes somebody else: an address changes before the eyes of its owner."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts import account_changes, actions, rules
from accounts.models import AddressChange, Mail
from accounts.vocabulary import Role
from publishing.rules import Refusal
from tests.accounts.changes import (
    NEW,
    OLD,
    address_of,
    confirm,
    desk_of,
    proven,
    requested,
    told,
)
from tests.accounts.conftest import (
    PASSWORD,
    an_administrator,
    in_role,
    link_in,
)
from tests.factories import an_account, an_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("groups")]


@pytest.fixture
def administrator(groups: dict) -> Any:
    return in_role(Role.ADMINISTRATOR)


@pytest.fixture
def second(administrator: Any) -> Any:
    return an_administrator("second")


# --- an administrator ------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["administrator", "superuser"])
def test_the_form_of_an_account_changes_no_address(moderator: Any, administrator: Any, by: str) -> None:
    desk = desk_of(administrator if by == "administrator" else an_account())
    there = f"/en/admin/auth/user/{moderator.pk}/change/"

    answer = desk.post(there, {"username": "moderator", "is_active": "on", "is_staff": "on", "email": NEW})

    assert (answer.status_code, address_of(moderator)) == (302, OLD)
    assert f"/en/admin/auth/user/{moderator.pk}/address/" in desk.get(there).content.decode()


def test_what_one_administrator_requests_changes_nothing_and_is_told_at_once(
    moderator: Any, administrator: Any
) -> None:
    desk = desk_of(administrator)

    answer = desk.post(f"/en/admin/auth/user/{moderator.pk}/address/", {"address": NEW})
    confirm(AddressChange.objects.get(), by=administrator)

    assert (answer.status_code, address_of(moderator)) == (302, OLD)
    assert [line[:34] for line in told(OLD)] == ["An administrator, administrator, a"]
    assert told(NEW) == []


@pytest.mark.every_database
def test_a_second_administrator_finds_it_on_the_first_page_and_confirms_it(
    moderator: Any, administrator: Any, second: Any
) -> None:
    EmailAddress.objects.create(user=moderator, email=OLD, verified=True, primary=True)
    change = requested(moderator, administrator)

    panels = ["Changes of address to confirm" in desk_of(one).get("/en/admin/").content.decode()
              for one in (administrator, second)]  # fmt: skip
    confirm(change, by=second)

    assert panels == [False, True]
    assert address_of(moderator) == NEW
    assert [*EmailAddress.objects.filter(user=moderator).values_list("email", flat=True)] == [NEW]
    for address in (OLD, NEW):
        assert told(address)[-1] == f"The email address of your account was changed from {OLD} to {NEW}."


@pytest.mark.parametrize("who", ["administrator", "moderator", "editor"])
def test_nobody_else_confirms_it(moderator: Any, administrator: Any, second: Any, who: str) -> None:
    by = {"administrator": administrator, "moderator": moderator, "editor": in_role(Role.EDITOR)}[who]

    with pytest.raises(Refusal):
        account_changes.confirm_address(requested(moderator, administrator), by=by)

    assert address_of(moderator) == OLD


def test_a_superuser_confirms_their_own_request_only_where_there_is_no_second(moderator: Any) -> None:
    superuser, now = an_account(), timezone.now()
    change = requested(moderator, superuser)

    alone = rules.why_not_confirm_address(change, superuser, now)
    an_administrator("second")
    refusal = rules.why_not_confirm_address(change, superuser, now)

    assert alone is None
    assert refusal is not None
    assert refusal.code == "second_administrator"


@pytest.mark.every_database
def test_whoever_confirms_has_an_account_a_week_older_than_the_request(
    moderator: Any, administrator: Any
) -> None:
    change, now = requested(moderator, administrator), timezone.now()

    answers = [
        rules.why_not_confirm_address(change, an_administrator(f"of-{days}", days=days), now)
        for days in (0, 6.9, 7.1)
    ]

    assert [answer and answer.code for answer in answers] == ["too_new", "too_new", None]
    assert "a week older than the request" in str(answers[0])


def test_a_second_account_of_a_superuser_is_no_second_administrator(moderator: Any) -> None:
    superuser, change = an_account(), requested(moderator, an_account())
    fresh = an_account("fresh", is_staff=True, is_superuser=True)

    with_fresh_ones = rules.why_not_confirm_address(change, superuser, timezone.now())
    an_administrator("second")
    answers = [rules.why_not_confirm_address(change, by, timezone.now()) for by in (superuser, fresh)]

    assert with_fresh_ones is None
    assert [answer and answer.code for answer in answers] == ["second_administrator", "too_new"]


def test_an_administrator_requests_nothing_for_a_superuser(administrator: Any) -> None:
    superuser = an_account()

    answer = desk_of(administrator).post(f"/en/admin/auth/user/{superuser.pk}/address/", {"address": NEW})

    assert (answer.status_code, AddressChange.objects.count()) == (403, 0)


def test_the_owner_stops_it(moderator: Any, administrator: Any, second: Any) -> None:
    change = requested(moderator, administrator)
    own = proven("moderator")

    page = own.get("/en/accounts/address/").content.decode()
    own.post("/en/accounts/address/", {"cancel": change.pk})
    confirm(change, by=second)

    assert NEW in page
    assert address_of(moderator) == OLD
    assert told(OLD)[-1] == f"The change of the email address of your account to {NEW} was cancelled."


def test_it_is_told_in_the_language_of_the_account(groups: dict, administrator: Any, second: Any) -> None:
    invited = an_invitation(OLD, by=an_account(), role=Role.MODERATOR, language="fr")
    account = actions.accept(invited, username="amal", full_name="Amal", password=PASSWORD)

    confirm(requested(account, administrator), by=second)

    assert {mail.subject for mail in Mail.objects.filter(recipient=NEW)} == {"Votre compte sur Sulh a changé"}


# --- the owner -------------------------------------------------------------------------------


@pytest.mark.every_database
def test_the_owner_changes_it_by_a_link_to_the_new_address(moderator: Any) -> None:
    own = proven("moderator")

    own.post("/en/accounts/address/", {"address": "new@example.org"})
    before = address_of(moderator)
    link = link_in(Mail.objects.get(recipient="new@example.org"))
    shown = Client().get(link)
    still = address_of(moderator)
    Client().post(link)
    again = Client().post(link)

    assert (before, shown.status_code, still, again.status_code) == (OLD, 200, OLD, 410)
    assert address_of(moderator) == "new@example.org"
    assert len(told(OLD)) == 2


def test_it_takes_the_password_once_more(moderator: Any) -> None:
    client = Client()
    client.force_login(moderator)

    answer = client.post("/en/accounts/address/", {"address": NEW})

    assert answer["Location"].startswith("/en/accounts/reauthenticate/")
    assert not AddressChange.objects.exists()


@pytest.mark.every_database
def test_an_address_that_somebody_has_is_refused(moderator: Any, administrator: Any) -> None:
    own = proven("moderator")

    answer = own.post("/en/accounts/address/", {"address": "ADMINISTRATOR@example.org"})

    assert "already has an account" in answer.content.decode()


def test_no_one_confirms_the_owners_request_for_them(moderator: Any, administrator: Any, second: Any) -> None:
    change = requested(moderator, moderator)

    for by in (administrator, second, an_account()):
        with pytest.raises(Refusal):
            account_changes.confirm_address(change, by=by)


# --- whose mail it is ------------------------------------------------------------------------


def test_administrators_see_no_address_of_a_sender(administrator: Any, moderator: Any) -> None:
    letter = actions.write_mail("sender@example.org", "Your proposal", "A text", is_to_sender=True)
    actions.record_failure(letter, ValueError("sender@example.org refused"))
    actions.write_mail("amal@example.org", "An invitation", "A text")
    administrator_only = desk_of(administrator)
    both = an_administrator("both")
    both.groups.add(Group.objects.get(name=Role.MODERATOR))

    pages = [
        desk.get(f"/en/admin/accounts/mail/{what}").content.decode()
        for desk in (administrator_only, desk_of(both))
        for what in ("", f"{letter.pk}/change/")
    ]

    assert ["sender@example.org" in page for page in pages] == [False, False, True, True]
    assert "amal@example.org" in pages[0]
    assert "ValueError" in pages[0]
