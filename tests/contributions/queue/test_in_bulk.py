"""Many are decided at once."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contributions.models import SenderBlock
from publishing.actions import reviewing
from publishing.vocabulary import ProposalState
from tests.contributions.queue.pages import act, state, waiting
from tests.factories import a_contribution, an_account, publish_change, publish_theme

pytestmark = pytest.mark.one_database


@pytest.mark.every_database
def test_typing_errors_are_accepted_together_and_all_else_stays(desk: Client) -> None:
    theme = publish_theme(summary_en="The cesefire held for 90 days.", summary_fr="Il a tenu.")
    typo = waiting(theme, summary_en="The ceasefire held for 90 days.")
    number = waiting(theme, summary_en="The cesefire held for 91 days.")
    words = waiting(theme, summary_fr="Il n’a pas tenu.")
    new = a_contribution()

    page = act(desk, "accept_typos", typo, number, words, new)

    assert state(typo) == ProposalState.ACCEPTED
    assert {state(one) for one in (number, words, new)} == {ProposalState.SUBMITTED}
    assert "1 is decided. 3 stay as they were." in page


@pytest.mark.every_database
def test_all_of_one_sender_are_declined_for_one_reason(desk: Client) -> None:
    theme = publish_theme()
    mine = [waiting(theme, summary_en=f"{one}", said={"sender": "aaaa"}) for one in range(3)]
    other = waiting(theme, summary_fr="Autre", said={"sender": "bbbb"})

    asked = act(desk, "decline_all_of_sender", mine[0])
    assert {state(one) for one in mine} == {ProposalState.SUBMITTED}
    assert asked.count('class="short-change"') == 3
    said = act(desk, "decline_all_of_sender", mine[0], apply="1", reason="out_of_scope")

    assert {state(one) for one in mine} == {ProposalState.DECLINED}
    assert {one.proposal.decisions.get().reason for one in mine} == {"out_of_scope"}
    assert state(other) == ProposalState.SUBMITTED
    assert "3 are decided." in said


def test_several_senders_at_once_are_refused(desk: Client) -> None:
    theme = publish_theme()
    two = [waiting(theme, summary_en=one, said={"sender": one}) for one in ("aaaa", "bbbb")]

    page = act(desk, "decline_all_of_sender", *two, apply="1", reason="out_of_scope")

    assert {state(one) for one in two} == {ProposalState.SUBMITTED}
    assert "Select proposals of one sender only" in page


def test_the_selected_are_declined_after_a_page_that_shows_them(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    chosen = [waiting(theme, summary_en=f"Spam {number}") for number in range(2)]
    spared = waiting(theme, summary_en="Not spam")

    asked = act(desk, "decline_selected", *chosen)
    said = act(
        desk, "decline_selected", *chosen,
        apply="1", reason="out_of_scope", note="Not here.", internal_note="The same text as last week.",
    )  # fmt: skip

    assert "Decline these proposals?" in asked
    assert all(text in asked for text in ("Spam 0", "Spam 1", "Before.", chosen[0].reason))
    assert "Not spam" not in asked
    assert "2 are decided." in said
    assert [state(one) for one in (*chosen, spared)] == ["declined", "declined", "submitted"]
    decision = chosen[0].proposal.decisions.get()
    assert (decision.reason, decision.public_note) == ("out_of_scope", "Not here.")
    assert decision.internal_note == "The same text as last week."


@pytest.mark.parametrize(
    "given", [{"reason": ""}, {"reason": "nonsense"}, {"reason": "other", "note": " "}], ids=str
)
def test_nothing_is_declined_without_a_reason(desk: Client, given: dict[str, str]) -> None:
    one = waiting(publish_theme(), summary_en="x", said={"sender": "aaaa"})

    asked = act(desk, "decline_selected", one)
    said = act(desk, "decline_selected", one, apply="1", **given)

    assert '<option value="" selected>' in asked
    assert "errorlist" in said
    assert state(one) == ProposalState.SUBMITTED


def test_without_a_note_each_sender_reads_the_reason_in_their_language(desk: Client) -> None:
    theme = publish_theme()
    french = waiting(theme, summary_en="x", said={"language": "fr"})
    arabic = waiting(theme, summary_fr="x", said={"language": "ar"})

    act(desk, "decline_selected", french, arabic, apply="1", reason="unclear")

    notes = {one.proposal.decisions.get().public_note for one in (french, arabic)}
    assert len(notes) == 2
    assert "It is not clear what is meant." not in notes


def test_the_selected_are_accepted_as_far_as_each_could_be_alone(desk: Client, second: Any) -> None:
    theme, other = publish_theme(summary_en="Before."), publish_theme(title_en="Taken")
    good = waiting(theme, summary_fr="Bien.")
    rival = waiting(theme, summary_en="Other.")
    taken = waiting(other, summary_en="New.")
    publish_change(theme, summary_en="Since.")
    reviewing.claim(taken.proposal, by=second)

    asked = act(desk, "accept_selected", good, rival, taken)
    assert {state(one) for one in (good, rival)} == {ProposalState.SUBMITTED}
    said = act(desk, "accept_selected", good, rival, taken, apply="1")

    assert "second has taken on this review" in asked
    assert "1 is decided. 2 stay as they were." in said
    assert "“Taken”: second has taken on this review" in said
    assert "Somebody else changed the same facts in the meantime." in said
    assert [state(one) for one in (good, rival, taken)] == ["accepted", "submitted", "in_review"]


def test_nobody_but_a_moderator_decides_in_bulk(db: None) -> None:
    one = waiting(publish_theme(), summary_en="x")
    editor = Client()
    editor.force_login(an_account("editor", is_staff=True))
    address = reverse("admin:contributions_contribution_changelist")

    answer = editor.post(
        address,
        {"action": "decline_selected", "_selected_action": str(one.pk), "apply": "1", "reason": "unclear"},
    )

    assert answer.status_code == 403
    assert state(one) == ProposalState.SUBMITTED


@pytest.mark.every_database
def test_a_sender_is_paused_for_a_day(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="x", said={"sender": "aaaa"})

    act(desk, "pause_sender", one)

    block = SenderBlock.objects.get()
    assert block.sender == "aaaa"
    assert datetime.timedelta(hours=23) < block.until - timezone.now() <= datetime.timedelta(days=1)
