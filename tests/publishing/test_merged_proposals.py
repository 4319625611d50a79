"""What becomes of proposals when the entry that they speak of is merged into another."""

import pytest

from publishing import snapshots
from publishing.actions import publishing
from publishing.duplicates.plan import plan_merge
from publishing.models import Proposal
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState
from tests.factories import an_account, edited, newest, proposal_of, publish_actor, publish_case, snapshot_of
from tests.publishing.merges import merge, rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.every_database
def test_an_open_proposal_that_points_to_the_dropped_entry_is_moved_and_can_be_published() -> None:
    keep, drop = publish_actor(), publish_actor()
    case = publish_case(rows={"participation": [{"actor": drop}]})
    change = edited(case, rows={"participation": [{"actor": drop, "role": "host"}]}, finding_en="It held.")
    old, new = proposal_of(change, base=newest(case)), proposal_of(snapshot_of(
        "case", {"participation": [{"actor": drop}]}))  # fmt: skip

    merge(keep, drop)

    for proposal in (old, new):
        revision = publishing.publish(Proposal.objects.get(pk=proposal.pk), by=an_account())
        assert snapshots.references(revision.snapshot) == {str(keep.pk)}
    assert {row["role"] for row in rows(case, "participation")} == {"signatory", "host"}


def test_decided_proposals_stay_as_they_were() -> None:
    keep, drop = publish_actor(), publish_actor()
    proposal = proposal_of(snapshot_of("case", {"participation": [{"actor": drop}]}))
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.DECLINED)

    merge(keep, drop)

    assert Proposal.objects.get(pk=proposal.pk).snapshot == proposal.snapshot


def test_proposals_for_the_dropped_entry_wait_and_are_refused_politely() -> None:
    keep, drop = publish_actor(), publish_actor()
    proposal = proposal_of(edited(drop, title_fr="Autre"), base=newest(drop))

    assert plan_merge(keep, drop).waiting == 1
    merge(keep, drop)

    with pytest.raises(Refusal) as refused:
        publishing.publish(Proposal.objects.get(pk=proposal.pk), by=an_account())
    assert refused.value.code == "retracted"
