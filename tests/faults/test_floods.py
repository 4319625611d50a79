"""A flood at the public door: the queue keeps within its cap, and editors publish all the while."""

from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client

from cases.models import Case
from contributions.models import Contribution
from tests.contributions.conftest import SAYS_WHY, Sender
from tests.factories import publish_case, publish_change

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

POSTS, SENDERS, CAP, BETWEEN_SAVES = 60, 20, 15, 12


@pytest.fixture
def case(db: None) -> Case:
    return publish_case(slug="libya-2020", declared_on="2020-10-23")


def post(sender: Sender, case: Case, number: int) -> int:
    """One proposal, each other one with a form of its own; the status of the answer."""
    fields = {"f:declared_on": f"2020-{number % 12 + 1:02}", **SAYS_WHY}
    return sender.send(case, "declared_on", **fields).status_code


def test_a_flood_leaves_the_queue_within_its_cap_and_editors_unhindered(case: Case, settings: Any) -> None:
    settings.DOOR = {
        **ours.DOOR,
        "min_seconds": 0,
        "max_waiting": CAP,
        "challenge_from": 10**6,
        "max_in_a_day_of_entry": 10**6,
        "kept_for_newcomers": 0,
    }
    senders = [Sender(Client(REMOTE_ADDR=f"198.51.{number}.7")) for number in range(SENDERS)]
    answers: dict[int, int] = {}

    for number in range(POSTS):
        status = post(senders[number * 7 % SENDERS], case, number)
        answers[status] = answers.get(status, 0) + 1
        if number % BETWEEN_SAVES == 0:
            publish_change(case, finding_en=f"An editor's sentence {number}.")

    assert Contribution.objects.undecided().count() == CAP
    assert answers == {302: CAP, 503: answers[503]} | ({429: answers[429]} if 429 in answers else {})
    assert sum(answers.values()) == POSTS
    assert Client().get(case.get_absolute_url()).status_code == 200
    assert Case.objects.get().finding_en == f"An editor's sentence {POSTS - BETWEEN_SAVES}."
