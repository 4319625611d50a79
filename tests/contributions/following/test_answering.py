"""Moderators ask, and the sender answers on the private page."""

from typing import Any

import pytest
from django.test import Client

from contributions.actions import following
from publishing.vocabulary import ProposalState
from tests.contributions.conftest import the_only_one
from tests.contributions.following.steps import moderator, state

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_an_answer_brings_it_back_before_the_moderators(sent: str, client: Client) -> None:
    following.ask(the_only_one(), by=moderator(), text="On which page?")
    assert state() == ProposalState.NEEDS_INFORMATION
    assert "On which page?" in client.get(sent).content.decode()

    answer = client.post(sent, {"do": "answer", "text": "Page 3."})

    assert answer.status_code == 302
    assert state() == ProposalState.SUBMITTED
    assert [one.text for one in the_only_one().messages.all()] == ["On which page?", "Page 3."]
    assert [one.is_from_sender for one in the_only_one().messages.all()] == [False, True]


def test_nobody_answers_what_was_not_asked(sent: str, client: Client) -> None:
    assert client.post(sent, {"do": "answer", "text": "Hello?"}).status_code == 409
    assert not the_only_one().messages.exists()


def test_an_empty_answer_is_none(sent: str, client: Client) -> None:
    following.ask(the_only_one(), by=moderator(), text="On which page?")

    assert client.post(sent, {"do": "answer", "text": "  "}).status_code == 422
    assert state() == ProposalState.NEEDS_INFORMATION


def test_a_sender_writes_only_so_many_messages_a_day(sent: str, client: Client, settings: Any) -> None:
    settings.DOOR = {**settings.DOOR, "max_messages_in_a_day": 1}
    for number in range(2):
        following.ask(the_only_one(), by=moderator(), text="On which page?")
        status = client.post(sent, {"do": "answer", "text": f"Page {number}."}).status_code

    assert status == 409
    assert the_only_one().messages.filter(by=None).count() == 1
