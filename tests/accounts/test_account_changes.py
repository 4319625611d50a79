"""No administrator becomes somebody else: addresses, factors and passwords change before the eyes of their owner."""

import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts import account_changes, actions, rules
from accounts.models import AddressChange, FactorRemoval, Mail
from accounts.vocabulary import Role
from publishing.rules import Refusal
from tests.accounts.conftest import (
    PASSWORD,
    an_administrator,
    in_role,
    link_in,
    reauthenticate,
    set_up_app,
    sign_in,
)
from tests.factories import an_account, an_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groups")]

OLD, NEW = "moderator@example.org", "attacker@evil.example"
RESET = "/en/accounts/password/reset/"
LONGER = "another that is long enough"


@pytest.fixture
def administrator(groups: dict) -> Any:
    return in_role(Role.ADMINISTRATOR)


@pytest.fixture
def second(administrator: Any) -> Any:
    return an_administrator("second")


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


def test_an_address_that_somebody_has_is_refused(moderator: Any, administrator: Any) -> None:
    own = proven("moderator")

    answer = own.post("/en/accounts/address/", {"address": "ADMINISTRATOR@example.org"})

    assert "already has an account" in answer.content.decode()


def test_no_one_confirms_the_owners_request_for_them(moderator: Any, administrator: Any, second: Any) -> None:
    change = requested(moderator, moderator)

    for by in (administrator, second, an_account()):
        with pytest.raises(Refusal):
            account_changes.confirm_address(change, by=by)


# --- factors and passwords -------------------------------------------------------------------


FACTORS = "/en/admin/mfa/authenticator/"


@pytest.fixture
def factor(moderator: Any) -> Authenticator:
    """The moderator's app."""
    set_up_app(sign_in("moderator")[0])
    return Authenticator.objects.get(user=moderator, type="totp")


def delete(factor: Authenticator, by: Any) -> str:
    """What the desk says to somebody who deletes the factor there."""
    answer = desk_of(by).post(f"{FACTORS}{factor.pk}/delete/", {"post": "yes"}, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


def is_there(factor: Authenticator) -> bool:
    return Authenticator.objects.filter(pk=factor.pk).exists()


def test_what_one_administrator_deletes_is_only_requested_and_told(
    moderator: Any, administrator: Any, second: Any, factor: Authenticator
) -> None:
    said = delete(factor, administrator)

    assert said == "Requested. Another administrator has to confirm it."
    assert is_there(factor)
    assert told(OLD)[-1] == (
        "An administrator, administrator, asked to remove a second factor from your account."
        " Another administrator has to confirm it."
    )
    assert not LogEntry.objects.exists()
    assert rules.why_not_reset_password(moderator, timezone.now()) is None


def test_whoever_requested_a_removal_does_not_confirm_it(
    administrator: Any, second: Any, factor: Authenticator
) -> None:
    delete(factor, administrator)

    said = delete(factor, administrator)

    assert said == "You requested it; another administrator confirms it by deleting it too."
    assert is_there(factor)
    assert FactorRemoval.objects.count() == 1
    assert len(told(OLD)) == 1
    assert not LogEntry.objects.exists()


def test_a_second_administrator_sees_who_asked_and_removes_it(
    moderator: Any, administrator: Any, second: Any, factor: Authenticator
) -> None:
    other = Authenticator.objects.create(user=second, type="totp", data={})
    delete(factor, administrator)
    until = f"{timezone.now() + account_changes.VALID:%Y-%m-%d}"

    listed = desk_of(second).get(FACTORS).content.decode()
    said = delete(factor, second)

    assert listed.count("administrator, until") == listed.count(f"administrator, until {until}") == 1
    assert "was deleted successfully" in said
    assert (is_there(factor), is_there(other)) == (False, True)
    assert told(OLD)[-1] == "An administrator, second, removed a second factor from your account."
    assert [*LogEntry.objects.values_list("user__username", "object_id")] == [("second", str(factor.pk))]
    removal = FactorRemoval.objects.get()
    assert (removal.requested_by, removal.removed_by, removal.factor) == (administrator, second, None)


def test_the_page_of_a_factor_says_who_asked(administrator: Any, factor: Authenticator) -> None:
    delete(factor, administrator)

    page = desk_of(administrator).get(f"{FACTORS}{factor.pk}/change/").content.decode()

    assert "administrator, until" in page


def test_a_request_to_remove_a_factor_ends_after_a_week(
    administrator: Any, second: Any, factor: Authenticator
) -> None:
    delete(factor, administrator)
    FactorRemoval.objects.update(requested_at=timezone.now() - account_changes.VALID)

    listed = desk_of(second).get(FACTORS).content.decode()
    said = delete(factor, second)

    assert "administrator, until" not in listed
    assert said == "Requested. Another administrator has to confirm it."
    assert is_there(factor)


def test_the_owner_may_remove_what_somebody_asked_to_remove(moderator: Any, administrator: Any) -> None:
    own = sign_in("moderator")[0]
    set_up_app(own)
    factor = Authenticator.objects.get(user=moderator, type="totp")
    delete(factor, administrator)

    own.post("/en/accounts/2fa/totp/deactivate/")

    assert not is_there(factor)
    assert FactorRemoval.objects.get().factor is None
    assert rules.why_not_reset_password(moderator, timezone.now()) is None


def test_a_fresh_account_removes_no_factor(administrator: Any, second: Any, factor: Authenticator) -> None:
    delete(factor, administrator)

    said = delete(factor, an_administrator("fresh", days=6))

    assert "a week older than the request" in said
    assert is_there(factor)


def test_a_superuser_removes_a_factor_alone_where_there_is_no_second(factor: Authenticator) -> None:
    an_administrator("fresh", days=0)

    delete(factor, an_account())

    assert not is_there(factor)
    assert told(OLD)[-1] == "An administrator, publisher, removed a second factor from your account."


def test_a_superuser_confirms_the_removal_that_a_fresh_administrator_requested(
    administrator: Any, factor: Authenticator
) -> None:
    delete(factor, administrator)

    delete(factor, an_account())

    assert not is_there(factor)


def test_an_administrator_alone_removes_no_factor(administrator: Any, factor: Authenticator) -> None:
    delete(factor, administrator)

    assert is_there(factor)


def test_nobody_but_administrators_removes_a_factor(factor: Authenticator) -> None:
    with pytest.raises(Refusal):
        account_changes.remove_factor(factor, by=in_role(Role.EDITOR))

    assert not FactorRemoval.objects.exists()


def test_several_factors_are_not_deleted_at_once(
    administrator: Any, second: Any, factor: Authenticator
) -> None:
    for by in (administrator, second, an_account()):
        sent = {"action": "delete_selected", "_selected_action": [factor.pk], "post": "yes"}
        desk_of(by).post(FACTORS, sent)

    assert is_there(factor)


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


@pytest.mark.parametrize("after", ["address", "own address", "factor"])
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
