"""What weighs heavily is decided by two."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case
from contributions.actions import deciding
from contributions.models import Approval, Contribution
from publishing.actions import reviewing
from publishing.models import Proposal
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState
from tests.contributions.queue.pages import press, state, waiting

pytestmark = pytest.mark.one_database


@pytest.fixture
def protected(case: Case, settings: Any) -> Contribution:
    settings.FOUR_EYES = True
    return waiting(case, outcome="collapsed", outcome_as_of="2021")


@pytest.mark.every_database
def test_a_protected_fact_takes_two_moderators(
    protected: Contribution, desk: Client, second: Any, case: Case
) -> None:
    press(desk, protected, "accept")
    assert (state(protected), Approval.objects.count()) == (ProposalState.SUBMITTED, 1)

    assert press(desk, protected, "accept").status_code == 200
    assert state(protected) == ProposalState.SUBMITTED

    deciding.accept(protected, by=second)
    assert state(protected) == ProposalState.ACCEPTED
    assert Case.objects.get(pk=case.pk).outcome == "collapsed"


def test_no_other_door_publishes_a_protected_fact_alone(protected: Contribution, moderator: Any) -> None:
    for deed in (
        lambda: reviewing.accept(protected.proposal, by=moderator),
        lambda: reviewing.schedule(
            protected.proposal, by=moderator, at=timezone.now() + datetime.timedelta(days=1)
        ),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.code == "second_moderator"


@pytest.mark.every_database
def test_an_approval_is_of_what_was_seen(protected: Contribution, moderator: Any, second: Any) -> None:
    deciding.accept(protected, by=moderator)
    Proposal.objects.filter(pk=protected.proposal_id).update(version=2)

    assert deciding.accept(protected, by=second) is deciding.DecisionResult.APPROVED


@pytest.mark.every_database
def test_what_one_approved_waits_for_others_only(
    protected: Contribution, moderator: Any, second: Any
) -> None:
    deciding.accept(protected, by=moderator)

    assert protected not in Contribution.objects.waiting_for(moderator, timezone.now())
    assert protected in Contribution.objects.waiting_for(second, timezone.now())


def test_other_facts_take_one_moderator(case: Case, moderator: Any, settings: Any) -> None:
    settings.FOUR_EYES = True

    assert (
        deciding.accept(waiting(case, declared_on="2020-10-24"), by=moderator)
        is deciding.DecisionResult.PUBLISHED
    )


def test_without_four_eyes_one_decides_all(case: Case, moderator: Any) -> None:
    one = waiting(case, outcome="collapsed", outcome_as_of="2021")

    assert deciding.accept(one, by=moderator) is deciding.DecisionResult.PUBLISHED
