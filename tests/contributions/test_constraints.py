"""Every named constraint of contributions: the database refuses, and accepts what is next to it."""

import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from contributions.models import (
    Approval,
    BlockedHost,
    BlockedWord,
    Contribution,
    Message,
    NoticePreference,
    RateCounter,
    SenderBlock,
    SentLinkCheck,
    UsedToken,
)
from tests.factories import a_contribution, an_account
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

THEN = datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)
SOMEBODY = "somebody"
NAMES_NOBODY = {"name": "", "wants_credit": False, "mail": "", "mail_confirmed_at": None, "sender": ""}

# What is written over a row past every rule: refused, accepted.
TABLE: dict[str, tuple[type[models.Model], list[dict], list[dict]]] = {
    "contribution_names_a_source_or_says_why_not": (
        Contribution,
        [{"source_reference": "", "why_no_source": ""}],
        [{"source_reference": "", "why_no_source": "I was there."}, {"source_reference": "S/2020/1"}],
    ),
    "contribution_confirms_only_an_address_that_it_has": (
        Contribution,
        [{"mail": "", "mail_confirmed_at": THEN}, {"mail": "", "confirm_digest": "a"}],
        [{"mail": "a@example.org", "mail_confirmed_at": THEN}, {"mail": "", "mail_confirmed_at": None}],
    ),
    "contribution_credits_somebody_with_a_name": (
        Contribution,
        [{"wants_credit": True, "name": ""}],
        [{"wants_credit": True, "name": "Amal"}, {"wants_credit": False, "name": ""}],
    ),
    "contribution_is_appealed_at_some_time_against_somebody": (
        Contribution,
        [
            {"appealed_at": THEN},
            {"appeal_of_id": SOMEBODY},
            {"appeal_text": "Look again."},
        ],
        [{"appealed_at": THEN, "appeal_of_id": SOMEBODY, "appeal_text": "Look again."}],
    ),
    "contribution_that_was_erased_names_nobody": (
        Contribution,
        [
            {**NAMES_NOBODY, "erased_at": THEN, "name": "Amal"},
            {**NAMES_NOBODY, "erased_at": THEN, "mail": "a@example.org"},
            {**NAMES_NOBODY, "erased_at": THEN, "sender": "a"},
            {
                **NAMES_NOBODY,
                "erased_at": THEN,
                "appealed_at": THEN,
                "appeal_of_id": SOMEBODY,
                "appeal_text": "I, Amal, …",
            },
        ],
        [{**NAMES_NOBODY, "erased_at": THEN}],
    ),
    "contribution_language_is_in_vocabulary": (
        Contribution,
        [{"language": ""}, {"language": "fa"}],
        [{"language": "en"}, {"language": "ar"}, {"language": "fr"}],
    ),
    "contribution_told_state_is_in_vocabulary": (
        Contribution,
        [{"told_state": ""}, {"told_state": "lost"}],
        [{"told_state": "accepted"}],
    ),
    "sent_link_check_result_is_in_vocabulary": (
        SentLinkCheck,
        [{"result": ""}, {"result": "maybe"}],
        [{"result": "gone"}, {"result": "not_public"}],
    ),
    "sent_link_check_status_is_from_100_to_599": (
        SentLinkCheck,
        [{"status_code": 99}, {"status_code": 600}],
        [{"status_code": 100}, {"status_code": 599}, {"status_code": None}],
    ),
    "message_says_something": (Message, [{"text": ""}], [{"text": "Page 3."}]),
    "sender_block_is_of_a_sender_or_of_an_account": (
        SenderBlock,
        [{"sender": "", "account_id": None}, {"sender": "a", "account_id": SOMEBODY}],
        [{"sender": "a", "account_id": None}, {"sender": "", "account_id": SOMEBODY}],
    ),
    "sender_block_says_why": (SenderBlock, [{"why": ""}], [{"why": "Advertisements"}]),
    "notice_preference_is_in_vocabulary": (
        NoticePreference,
        [{"notices": ""}, {"notices": "weekly"}],
        [{"notices": "immediate"}, {"notices": "daily"}, {"notices": "none"}],
    ),
    "blocked_word_is_a_word": (BlockedWord, [{"word": ""}], [{"word": "casino"}]),
    "blocked_host_is_a_host": (BlockedHost, [{"host": ""}], [{"host": "spam.example"}]),
}
# The columns that are unique together, and the second row that is like the first, or differs in one.
UNIQUE: dict[str, tuple[type[models.Model], dict[str, Any], dict[str, Any]]] = {
    "rate_counter_is_unique_for_each_period": (
        RateCounter,
        {"of": "all", "begins_at": THEN},
        {"of": "another"},
    ),
    "token_is_used_once": (UsedToken, {"token_digest": "a", "expires_at": THEN}, {"token_digest": "b"}),
}


APPROVED_ONCE = "approval_is_given_once_by_each_moderator"


@kept
def rows() -> None:
    """One row of each model."""
    somebody = an_account()
    contribution = a_contribution()
    SentLinkCheck.objects.create(contribution=contribution, checked_at=THEN, result="works", status_code=200)
    Message.objects.create(contribution=contribution, text="Which page?", said_at=THEN)
    SenderBlock.objects.create(sender="a", until=THEN, why="Advertisements", by=somebody)
    NoticePreference.objects.create(account=somebody)
    BlockedWord.objects.create(word="casino", by=somebody)
    BlockedHost.objects.create(host="spam.example", by=somebody)


def write(model: Any, values: dict[str, Any]) -> None:
    """Over the only row; taken back by the transaction around it when refused."""
    somebody = an_account().pk
    with transaction.atomic():
        told = {name: somebody if value == SOMEBODY else value for name, value in values.items()}
        assert model._base_manager.update(**told) == 1


def cases(column: int) -> list[Any]:
    return [
        pytest.param(name, row[0], values, id=f"{name}-{number}")
        for name, row in TABLE.items()
        for number, values in enumerate(row[column])
    ]


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("name, model, values", cases(1))
def test_the_database_refuses(name: str, model: Any, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=name):
        write(model, values)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("name, model, values", cases(2))
def test_the_database_accepts(name: str, model: Any, values: dict[str, Any]) -> None:
    write(model, values)

    connection.check_constraints()


@pytest.mark.parametrize("name", UNIQUE)
def test_the_database_refuses_a_second_row_with_the_same_values(name: str) -> None:
    model, values, _other = UNIQUE[name]
    model._base_manager.create(**values)

    with pytest.raises(IntegrityError, match=rf"{name}|UNIQUE constraint failed: {model._meta.db_table}"):
        model._base_manager.create(**values)


@pytest.mark.parametrize("name", UNIQUE)
def test_the_database_accepts_a_second_row_that_differs_in_one_value(name: str) -> None:
    model, values, other = UNIQUE[name]
    model._base_manager.create(**values)

    model._base_manager.create(**values | other)


def test_a_moderator_approves_a_version_of_a_proposal_once() -> None:
    proposal = a_contribution().proposal
    Approval.objects.create(proposal=proposal, version=1, by=an_account())

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(proposal=proposal, version=1, by=an_account())
    Approval.objects.create(proposal=proposal, version=2, by=an_account())
    Approval.objects.create(proposal=proposal, version=1, by=an_account("another"))


def test_every_constraint_is_in_the_table() -> None:
    ours = {
        constraint.name
        for model in apps.get_app_config("contributions").get_models()
        for constraint in model._meta.constraints
    }

    assert ours == {*TABLE, *UNIQUE, APPROVED_ONCE}
