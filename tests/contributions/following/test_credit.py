"""The sender is credited by name where they wish it, and erased where they wish that."""

from typing import Any

import pytest
from django.test import Client

from cases.models import Case
from contributions.actions import following
from publishing.actions import reviewing, steps
from tests.contributions.conftest import Sender, the_only_one
from tests.contributions.following.steps import moderator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_sender_is_credited_where_they_wish_it(sent: str) -> None:
    revision = reviewing.accept(the_only_one().proposal, by=moderator())

    assert revision.credit == "Amal Haddad"


def test_a_name_alone_is_no_wish_to_be_credited(case: Case, sender: Sender) -> None:
    sender.send(case, "finding", **{"f:finding_en": "It was signed in Sirte.", "name": "Amal Haddad"})

    contribution = the_only_one()
    assert contribution.name == "Amal Haddad"
    assert reviewing.accept(contribution.proposal, by=moderator()).credit == ""


def test_the_wish_may_change_also_once_it_is_published(sent: str, client: Client) -> None:
    revision = reviewing.accept(the_only_one().proposal, by=moderator())

    client.post(sent, {"do": "credit", "name": ""})
    revision.refresh_from_db()
    assert revision.credit == ""

    client.post(sent, {"do": "credit", "name": "A. H."})
    revision.refresh_from_db()
    assert revision.credit == "A. H."
    assert steps.digest(revision) == revision.digest


@pytest.mark.every_database
def test_details_are_erased_at_once_on_request(sent: str, client: Client, all_rows: Any) -> None:
    following.ask(the_only_one(), by=moderator(), text="On which page?")
    client.post(sent, {"do": "answer", "text": "Page 3, I am a colonel there."})
    reviewing.accept(the_only_one().proposal, by=moderator())

    assert client.post(sent, {"do": "erase"}).status_code == 302

    everything = str(all_rows())
    for told in ("Amal Haddad", "amal@example.org", "I am a colonel there"):
        assert told not in everything
    assert the_only_one().erased_at is not None
    assert the_only_one().proposal.decisions.count() == 2
    assert client.get(sent).status_code == 200
    assert client.post(sent, {"do": "credit", "name": "Amal"}).status_code == 409
