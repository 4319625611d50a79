"""Many come through the door at once: a form is taken once, and the limits are exact."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client

from cases.models import Case
from contributions.abuse import rate_limits
from contributions.actions import following
from contributions.models import Contribution, RateCounter
from publishing.actions import reviewing
from publishing.models import Revision
from tests.contributions.conftest import Sender
from tests.factories import an_account, publish_case
from tests.publishing.test_concurrency import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]

CHANGE = {"f:declared_on": "2020-10-24"}
SPAN = datetime.datetime(2026, 11, 26, 12, tzinfo=datetime.UTC)


@pytest.fixture
def case(db: None) -> Case:
    return publish_case(slug="libya-2020", declared_on="2020-10-23")


def test_no_two_count_as_one() -> None:
    counted = all_at_once(*[lambda: rate_limits.increment("a", SPAN)] * 8)

    assert sorted(counted) == [*range(1, 9)]
    assert RateCounter.objects.get().count == 8


def test_one_form_sent_from_many_windows_is_taken_once(case: Case, sender: Sender) -> None:
    address, said = sender.address(case, "declared_on"), sender.filled(case, "declared_on", **CHANGE)

    answers = all_at_once(*[lambda: Client().post(address, said).url] * 6)

    assert len({*answers}) == 1
    assert Contribution.objects.count() == 1


def test_where_there_is_room_for_three_three_are_let_in(case: Case, sender: Sender, settings: Any) -> None:
    settings.DOOR = {**ours.DOOR, "min_seconds": 0, "max_waiting": 3}
    address = sender.address(case, "declared_on")
    forms = [sender.filled(case, "declared_on", **CHANGE) for _ in range(8)]

    answers = all_at_once(*[lambda form=form: Client().post(address, form).status_code for form in forms])

    assert Counter(answers) == {302: 3, 503: 5}
    assert Contribution.objects.count() == 3


def test_whoever_withdraws_while_a_moderator_accepts_gets_one_of_the_two(case: Case, sender: Sender) -> None:
    sender.send(case, "declared_on", **CHANGE)
    contribution = Contribution.objects.select_related("proposal").get()
    contribution.proposal.override_reason = "A test wants it."
    contribution.proposal.save()
    moderator = an_account()

    done = all_at_once(
        lambda: reviewing.accept(contribution.proposal, by=moderator).number,
        lambda: following.withdraw(contribution).proposal.state,
    )

    state = Contribution.objects.get().proposal.state
    assert state in {"accepted", "withdrawn"}
    assert "decided" in done
    assert Revision.objects.filter(entry=case).count() == (2 if state == "accepted" else 1)
