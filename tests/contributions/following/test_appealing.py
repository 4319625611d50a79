"""The sender withdraws a proposal, or appeals against what was decided."""

import pytest
from django.test import Client

from cases.models import Case
from publishing import rules
from publishing.actions import reviewing
from publishing.vocabulary import ProposalState, Reason
from tests.contributions.conftest import the_only_one
from tests.contributions.following.steps import accept_one, decline, moderator, state

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_sender_withdraws_it(sent: str, client: Client) -> None:
    assert client.post(sent, {"do": "take_away"}).status_code == 302

    assert state() == ProposalState.WITHDRAWN
    assert (
        rules.why_not("accept", the_only_one().proposal, moderator(), the_only_one().sent_at).code
        == "decided"
    )


def test_what_is_decided_cannot_be_withdrawn(sent: str, client: Client) -> None:
    decline()

    assert client.post(sent, {"do": "take_away"}).status_code == 409
    assert state() == ProposalState.DECLINED


def test_an_appeal_is_decided_by_another_moderator(sent: str, client: Client) -> None:
    first, second = moderator("first"), moderator("second")
    decline(by=first)

    assert client.post(sent, {"do": "appeal", "text": "Look at the annex."}).status_code == 302

    proposal = the_only_one().proposal
    assert (state(), the_only_one().appeal_of) == (ProposalState.SUBMITTED, first)
    with pytest.raises(rules.Refusal) as refused:
        reviewing.accept(proposal, by=first)
    assert refused.value.code == "own_decision"
    with pytest.raises(rules.Refusal):
        reviewing.decline(proposal, by=first, reason=Reason.OTHER, note="No.")
    reviewing.accept(proposal, by=second)
    assert state() == ProposalState.ACCEPTED


def test_both_decisions_of_an_appeal_are_kept(sent: str, client: Client) -> None:
    decline(by=moderator("first"))
    client.post(sent, {"do": "appeal", "text": "Look at the annex."})
    decline(by=moderator("second"), note="We did; it says the 23rd too.")

    verdicts = the_only_one().proposal.decisions.values_list("by__username", flat=True)

    assert {*verdicts} == {"first", "second"}
    assert "We did; it says the 23rd too." in client.get(sent).content.decode()


def test_what_was_accepted_in_part_can_be_appealed_for_the_rest(sent: str, client: Client) -> None:
    accept_one()
    client.post(sent, {"do": "appeal", "text": "There is a source."})

    reviewing.accept(the_only_one().proposal, by=moderator("second"))

    case = Case.objects.get()
    assert (str(case.declared_on), case.written) == ("2020-10-24", "unwritten")


def test_there_is_one_appeal(sent: str, client: Client) -> None:
    decline()
    client.post(sent, {"do": "appeal", "text": "Look again."})
    decline(by=moderator("second"))

    assert client.post(sent, {"do": "appeal", "text": "And again."}).status_code == 409
    assert the_only_one().appeal_text == "Look again."
    assert 'value="appeal"' not in client.get(sent).content.decode()


@pytest.mark.parametrize("do", ["", "accept", "publish", "_page", "decline", "dispatch"])
def test_the_link_does_nothing_else(sent: str, client: Client, do: str) -> None:
    assert client.post(sent, {"do": do}).status_code == 400
    assert state() == ProposalState.SUBMITTED
