"""Many are decided at once."""

import datetime

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contributions.models import SenderBlock
from publishing.vocabulary import ProposalState
from tests.contributions.queue.pages import act, state, waiting
from tests.factories import a_contribution, publish_theme


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


def test_all_of_one_sender_are_declined_for_one_reason(desk: Client) -> None:
    theme = publish_theme()
    mine = [waiting(theme, summary_en=f"{one}", said={"sender": "aaaa"}) for one in range(3)]
    other = waiting(theme, summary_fr="Autre", said={"sender": "bbbb"})

    act(desk, "decline_all_of_sender", mine[0], reason="out_of_scope")

    assert {state(one) for one in mine} == {ProposalState.DECLINED}
    assert {one.proposal.decisions.get().reason for one in mine} == {"out_of_scope"}
    assert state(other) == ProposalState.SUBMITTED


def test_nobody_is_declined_for_a_reason_that_was_not_chosen(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="x", said={"sender": "aaaa"})

    page = desk.get(reverse("admin:contributions_contribution_changelist"))
    said = act(desk, "decline_all_of_sender", one, reason="")

    assert page.context["action_form"]["reason"].value() in (None, "")
    assert page.context["action_form"].fields["reason"].choices[0][0] == ""
    assert state(one) == ProposalState.SUBMITTED
    assert "Choose the reason." in said


def test_several_senders_at_once_are_refused(desk: Client) -> None:
    theme = publish_theme()
    two = [waiting(theme, summary_en=one, said={"sender": one}) for one in ("aaaa", "bbbb")]

    page = act(desk, "decline_all_of_sender", *two, reason="out_of_scope")

    assert {state(one) for one in two} == {ProposalState.SUBMITTED}
    assert "Select proposals of one sender only" in page


def test_a_sender_is_paused_for_a_day(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="x", said={"sender": "aaaa"})

    act(desk, "pause_sender", one)

    block = SenderBlock.objects.get()
    assert block.sender == "aaaa"
    assert datetime.timedelta(hours=23) < block.until - timezone.now() <= datetime.timedelta(days=1)
