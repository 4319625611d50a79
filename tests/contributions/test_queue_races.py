"""Several moderators and editors at once: one decision stands, and the others are told."""

from collections import Counter
from typing import Any

import pytest

from contributions.actions import deciding
from contributions.models import Approval, Contribution
from publishing.actions import publishing
from publishing.models import Proposal
from publishing.vocabulary import ProposalState
from tests.factories import (
    a_contribution,
    an_account,
    edited,
    newest,
    proposal_of,
    publish_case,
    publish_theme,
)
from tests.publishing.test_concurrency import all_at_once, assert_history_holds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]


def moderators(count: int) -> list[Any]:
    return [an_account(f"moderator {one}", is_staff=True, is_superuser=True) for one in range(count)]


def one_of(entry: Any, **changes: Any) -> Contribution:
    found = a_contribution(edited(entry, **changes), base=newest(entry))
    Proposal.objects.filter(pk=found.proposal_id).update(override_reason="A test wants it.")
    return Contribution.objects.select_related("proposal").get(pk=found.pk)


def test_of_moderators_who_decide_at_once_one_wins_and_the_others_are_told() -> None:
    theme = publish_theme(summary_en="Before.")
    one = one_of(theme, summary_en="After.")
    people = moderators(6)

    outcomes = all_at_once(
        *(lambda by=by: deciding.accept(one, by=by) for by in people[:3]),
        *(lambda by=by: deciding.decline(one, by=by, reason="unclear") for by in people[3:]),
    )

    assert Counter(outcomes)["decided"] == 5
    state = Proposal.objects.get(pk=one.proposal_id).state
    assert state in {ProposalState.ACCEPTED, ProposalState.DECLINED}
    assert_history_holds(theme, revisions=2 if state == ProposalState.ACCEPTED else 1)
    assert one.proposal.decisions.count() == 1


def test_accepting_while_editors_publish_loses_nothing() -> None:
    theme = publish_theme(summary_en="Before.")
    base = newest(theme)
    one = one_of(theme, summary_en="From the public.")
    mine = [
        proposal_of(edited(theme, **{name: "Editors"}), base=base) for name in ("summary_fr", "summary_ar")
    ]
    [by] = moderators(1)

    outcomes = all_at_once(
        lambda: deciding.accept(one, by=by),
        *(lambda draft=draft: publishing.publish(draft, by=draft.author).number for draft in mine),
    )

    assert outcomes[0] is deciding.DecisionResult.PUBLISHED
    said = newest(theme).snapshot["fields"]
    assert (said["summary_en"], said["summary_fr"], said["summary_ar"]) == (
        "From the public.", "Editors", "Editors",
    )  # fmt: skip
    assert_history_holds(theme, revisions=4)


def test_two_who_approve_at_once_are_the_two_that_it_takes(settings: Any) -> None:
    case = publish_case()
    settings.FOUR_EYES = True
    one = one_of(case, outcome="collapsed", outcome_as_of="2021")

    outcomes = all_at_once(*(lambda by=by: deciding.accept(one, by=by) for by in moderators(2)))

    assert {*outcomes} == {deciding.DecisionResult.APPROVED, deciding.DecisionResult.PUBLISHED}
    assert Approval.objects.count() == 1


def test_undoing_twice_at_once_undoes_once(settings: Any) -> None:
    settings.UNDO_MINUTES = 10
    theme = publish_theme(summary_en="Before.")
    one = one_of(theme, summary_en="After.")
    [by] = moderators(1)
    deciding.accept(one, by=by)

    outcomes = all_at_once(*[lambda: deciding.undo(one, by=by).state] * 4)

    assert Counter(outcomes) == {ProposalState.SUBMITTED: 1, "state": 3}
    assert_history_holds(theme, revisions=3)
