"""Every named constraint of accounts and mail: the database refuses, and accepts what is next to it."""

import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.models import AddressChange, FactorRemoval, Invitation, Mail
from accounts.vocabulary import Role
from tests.factories import an_account, an_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.every_database, pytest.mark.usefixtures("groups")]

THEN = datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)
LATER = THEN + datetime.timedelta(seconds=1)
AN_ACCOUNT = "an account"

# Values written directly to a row, without any rule: refused, accepted.
TABLE: dict[str, tuple[type[models.Model], list[dict], list[dict]]] = {
    "invitation_expires_after_it_was_made": (
        Invitation,
        [{"created_at": THEN, "expires_at": THEN}, {"created_at": LATER, "expires_at": THEN}],
        [{"created_at": THEN, "expires_at": LATER}],
    ),
    "invitation_was_accepted_at_some_time_by_somebody": (
        Invitation,
        [{"accepted_at": THEN, "account_id": None}, {"accepted_at": None, "account_id": AN_ACCOUNT}],
        [{"accepted_at": THEN, "account_id": AN_ACCOUNT}, {"accepted_at": None, "account_id": None}],
    ),
    "invitation_is_not_both_accepted_and_revoked": (
        Invitation,
        [{"accepted_at": THEN, "account_id": AN_ACCOUNT, "revoked_at": LATER}],
        [{"revoked_at": THEN}, {"accepted_at": THEN, "account_id": AN_ACCOUNT}],
    ),
    "invitation_language_is_in_vocabulary": (
        Invitation,
        [{"language": ""}, {"language": "no"}],
        [{"language": "ar"}, {"language": "fr"}],
    ),
    "address_change_expires_after_it_was_requested": (
        AddressChange,
        [{"requested_at": THEN, "expires_at": THEN}],
        [{"requested_at": THEN, "expires_at": LATER}],
    ),
    "address_change_was_confirmed_at_some_time_by_somebody": (
        AddressChange,
        [
            {"confirmed_at": THEN, "confirmed_by_id": None},
            {"confirmed_at": None, "confirmed_by_id": AN_ACCOUNT},
        ],
        [{"confirmed_at": THEN, "confirmed_by_id": AN_ACCOUNT}],
    ),
    "address_change_is_not_both_confirmed_and_cancelled": (
        AddressChange,
        [{"confirmed_at": THEN, "confirmed_by_id": AN_ACCOUNT, "cancelled_at": LATER}],
        [{"cancelled_at": THEN}],
    ),
    "factor_removal_was_done_at_some_time_by_somebody": (
        FactorRemoval,
        [{"removed_at": THEN, "removed_by_id": None}, {"removed_at": None, "removed_by_id": AN_ACCOUNT}],
        [{"removed_at": THEN, "removed_by_id": AN_ACCOUNT}, {"removed_at": None, "removed_by_id": None}],
    ),
    "mail_keeps_its_text_until_it_is_sent": (
        Mail,
        [{"body": "", "sent_at": None}, {"body": "Come in.", "sent_at": THEN}],
        [{"body": "", "sent_at": THEN}, {"body": "Come in.", "sent_at": None}],
    ),
}
UNIQUE_CHANGE = "address_change_is_the_only_open_one_of_its_account"
UNIQUE = "invitation_is_the_only_unanswered_one_of_its_address"


@pytest.fixture
def invited() -> Invitation:
    return an_invitation("amal@example.org", by=an_account(), role=Role.EDITOR)


@pytest.fixture(autouse=True)
def changing(invited: Invitation) -> AddressChange:
    Mail.objects.exclude(pk=Mail.objects.earliest("pk").pk).delete()
    FactorRemoval.objects.create(account=an_account(), requested_by=an_account(), requested_at=THEN)
    return a_change(an_account())


def a_change(account: Any) -> AddressChange:
    return AddressChange.objects.create(
        account=account,
        new_address="new@example.org",
        requested_by=account,
        requested_at=THEN,
        expires_at=LATER,
    )


def write(model: Any, values: dict[str, Any]) -> None:
    """Write the values to the only row; rolled back if the database refuses them."""
    account_id = an_account().pk
    with transaction.atomic():
        columns = {name: account_id if value == AN_ACCOUNT else value for name, value in values.items()}
        assert model._base_manager.update(**columns) == 1


def cases(column: int) -> list[Any]:
    return [
        pytest.param(name, row[0], values, id=f"{name}-{number}")
        for name, row in TABLE.items()
        for number, values in enumerate(row[column])
    ]


@pytest.mark.parametrize("name, model, values", cases(1))
def test_the_database_refuses(name: str, model: Any, values: dict[str, Any], invited: Invitation) -> None:
    with pytest.raises(IntegrityError, match=name):
        write(model, values)


@pytest.mark.parametrize("name, model, values", cases(2))
def test_the_database_accepts(name: str, model: Any, values: dict[str, Any], invited: Invitation) -> None:
    write(model, values)


@pytest.mark.parametrize("address", ["amal@example.org", "AMAL@Example.org"])
def test_an_address_has_one_unanswered_invitation(invited: Invitation, address: str) -> None:
    with pytest.raises(IntegrityError, match=UNIQUE), transaction.atomic():
        another(invited, address)


def test_an_answered_invitation_stands_in_the_way_of_none(invited: Invitation) -> None:
    Invitation.objects.update(revoked_at=timezone.now())

    another(invited, invited.address)

    assert Invitation.objects.count() == 2


def another(invited: Invitation, address: str) -> None:
    Invitation.objects.create(
        address=address,
        language="en",
        token_digest="0" * 64,
        invited_by=invited.invited_by,
        created_at=THEN,
        expires_at=LATER,
    )


def test_an_account_has_one_open_change_of_address(changing: AddressChange) -> None:
    with (
        pytest.raises(IntegrityError, match=f"{UNIQUE_CHANGE}|addresschange.account_id"),
        transaction.atomic(),
    ):
        a_change(changing.account)


def test_every_constraint_is_tried_here() -> None:
    ours = {
        constraint.name
        for model in apps.get_app_config("accounts").get_models()
        for constraint in model._meta.constraints
    }

    assert ours == {*TABLE, UNIQUE, UNIQUE_CHANGE}
