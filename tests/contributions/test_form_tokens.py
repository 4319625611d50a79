"""The token of a form of the public door is used once, in its time, for what it was made for."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Case
from contributions.abuse import tokens
from contributions.models import (
    Contribution,
)
from tests.contributions.conftest import CHANGE, Sender

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOW = datetime.datetime(2026, 11, 26, 12, 30, tzinfo=datetime.UTC)


@pytest.mark.every_database
def test_a_form_is_taken_once(case: Case, sender: Sender) -> None:
    said = sender.filled(case, "declared_on", **CHANGE)

    answers = [sender.client.post(sender.address(case, "declared_on"), said).status_code for _ in range(3)]

    assert answers == [302, 302, 302]
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("forge", ["", "nonsense", "a:b:c"], ids=["none", "nonsense", "of the right shape"])
def test_a_forged_token_is_refused(case: Case, sender: Sender, forge: str) -> None:
    assert sender.send(case, "declared_on", **CHANGE, token=forge).status_code == 400
    assert not Contribution.objects.exists()


def test_a_token_with_one_letter_changed_is_refused(case: Case, sender: Sender) -> None:
    said = sender.filled(case, "declared_on", **CHANGE)
    said["token"] = ("B" if said["token"][0] != "B" else "C") + said["token"][1:]

    assert sender.client.post(sender.address(case, "declared_on"), said).status_code == 400


def test_a_ticket_of_the_waiting_page_is_no_form_token(case: Case, sender: Sender) -> None:
    form = tokens.read_form_token(
        tokens.form_token(str(case.pk), "declared_on", 1, NOW), str(case.pk), "declared_on"
    )

    ticket = tokens.wait_ticket(form, NOW)

    assert sender.send(case, "declared_on", **CHANGE, token=ticket).status_code == 400


def test_nobody_fills_a_form_in_a_moment(case: Case, sender: Sender, settings: Any) -> None:
    settings.DOOR = {**settings.DOOR, "min_seconds": 4}

    answer = sender.send(case, "declared_on", **CHANGE)

    assert answer.status_code == 422
    assert "That was very quick." in answer.content.decode()
    assert 'value="2020-10-24"' in answer.content.decode()


def test_a_form_that_lay_open_for_days_is_given_back_to_be_sent_again(case: Case, sender: Sender) -> None:
    said = sender.filled(case, "declared_on", **CHANGE)
    old = timezone.now() - datetime.timedelta(days=2)
    said["token"] = tokens.form_token(str(case.pk), "declared_on", 1, old)
    answer = sender.client.post(sender.address(case, "declared_on"), said)

    again = {**said, "token": answer.context["form"]["token"].value()}

    assert answer.status_code == 422
    assert sender.client.post(sender.address(case, "declared_on"), again).status_code == 302


def test_a_form_made_before_the_clock_was_set_back_is_given_back_to_be_sent_again(
    case: Case, sender: Sender
) -> None:
    said = sender.filled(case, "declared_on", **CHANGE)
    later = timezone.now() + datetime.timedelta(hours=1)
    said["token"] = tokens.form_token(str(case.pk), "declared_on", 1, later)
    answer = sender.client.post(sender.address(case, "declared_on"), said)

    again = {**said, "token": answer.context["form"]["token"].value()}

    assert answer.status_code == 422
    assert "The clock of the casebook was set back" in answer.content.decode()
    assert 'value="2020-10-24"' in answer.content.decode()
    assert sender.client.post(sender.address(case, "declared_on"), again).status_code == 302


def test_a_form_that_another_site_sends_is_refused(case: Case, sender: Sender) -> None:
    said = sender.filled(case, "declared_on", **CHANGE)

    answer = sender.client.post(
        sender.address(case, "declared_on"), said, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 400


def test_too_much_is_refused_before_it_is_read(case: Case, sender: Sender) -> None:
    assert sender.send(case, "declared_on", **CHANGE, why_no_source="x" * 500_000).status_code == 413
