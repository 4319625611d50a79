"""A lost second factor is removed by two administrators, before the eyes of its owner."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from accounts import account_changes, rules
from accounts.models import FactorRemoval
from accounts.vocabulary import Role
from publishing.rules import Refusal
from tests.accounts.changes import FACTORS, OLD, delete, desk_of, told
from tests.accounts.conftest import (
    an_administrator,
    in_role,
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


@pytest.mark.every_database
def test_a_second_administrator_sees_who_asked_and_removes_it(
    moderator: Any, administrator: Any, second: Any, factor: Authenticator
) -> None:
    other = Authenticator.objects.create(user=second, type="totp", data={})
    delete(factor, administrator)
    until = f"{timezone.now() + account_changes.REQUEST_VALID_FOR:%Y-%m-%d}"

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


@pytest.mark.every_database
def test_a_request_to_remove_a_factor_ends_after_a_week(
    administrator: Any, second: Any, factor: Authenticator
) -> None:
    delete(factor, administrator)
    FactorRemoval.objects.update(requested_at=timezone.now() - account_changes.REQUEST_VALID_FOR)

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
