"""When many send, a browser does a proof of work, or waits."""

import hashlib
import itertools
from typing import Any

import pytest

from cases.models import Case
from contributions.models import (
    Contribution,
)
from tests.contributions.conftest import CHANGE, Sender, limited

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def rush(settings: Any) -> None:
    """So much comes in that browsers have to work."""
    limited(settings, challenge_from=0, challenge_bits=8, wait_seconds=60)


def solved(digest: str, bits: int) -> str:
    """What the page's script finds."""
    for number in itertools.count():
        found = hashlib.sha256(f"{digest}:{number}".encode()).digest()
        if int.from_bytes(found) >> (256 - bits) == 0:
            return str(number)
    raise AssertionError


@pytest.mark.usefixtures("rush")
def test_in_a_rush_the_page_asks_for_work_and_holds_what_was_typed(case: Case, sender: Sender) -> None:
    said = sender.filled(case, "declared_on", **CHANGE)
    page = sender.client.post(sender.address(case, "declared_on"), said)

    kept = dict(page.context["posted_fields"])
    work = solved(page.context["digest"], page.context["bits"])

    assert page.status_code == 429
    assert kept == said
    assert not Contribution.objects.exists()
    answer = sender.client.post(sender.address(case, "declared_on"), {**kept, "work": work})
    assert answer.status_code == 302


@pytest.mark.usefixtures("rush")
def test_whoever_cannot_work_waits(case: Case, sender: Sender, settings: Any) -> None:
    said = sender.filled(case, "declared_on", **CHANGE)
    address = sender.address(case, "declared_on")
    page = sender.client.post(address, said)
    ticket = page.context["ticket"]

    too_early = sender.client.post(address, {**said, "ticket": ticket})
    limited(settings, wait_seconds=0)
    waited = sender.client.post(address, said).context["ticket"]

    assert too_early.status_code == 429
    assert too_early.context["ticket"] == ticket
    assert sender.client.post(address, {**said, "ticket": waited}).status_code == 302


@pytest.mark.usefixtures("rush")
@pytest.mark.parametrize("work", ["", "nonsense", "-1", "1e3", "9" * 40, "٣"])
def test_work_that_was_not_done_opens_nothing(case: Case, sender: Sender, work: str) -> None:
    answer = sender.send(case, "declared_on", **CHANGE, work=work)

    assert answer.status_code == 429
    assert not Contribution.objects.exists()


@pytest.mark.usefixtures("rush")
def test_the_work_for_one_form_is_none_for_another(case: Case, sender: Sender, settings: Any) -> None:
    # So many bits that no number opens both by chance.
    limited(settings, challenge_from=0, challenge_bits=20, wait_seconds=60)
    page = sender.send(case, "declared_on", **CHANGE)
    work = solved(page.context["digest"], 20)

    answer = sender.send(case, "declared_on", **CHANGE, work=work, ticket=page.context["ticket"])

    assert answer.status_code == 429


@pytest.mark.usefixtures("rush")
def test_the_wait_for_one_form_is_none_for_another(case: Case, sender: Sender, settings: Any) -> None:
    limited(settings, challenge_from=0, wait_seconds=0)
    ticket = sender.send(case, "declared_on", **CHANGE).context["ticket"]

    answer = sender.send(case, "declared_on", **CHANGE, ticket=ticket)

    assert answer.status_code == 429
    assert not Contribution.objects.exists()
