"""Scheduled publishing: by the worker, merged or held back."""

import datetime
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from publishing import hooks
from publishing.actions import retracting, reviewing
from publishing.models import Proposal, Revision
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState
from tests.factories import an_account, edited, newest, proposal_of, publish_case, publish_change

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]
SOON = datetime.timedelta(hours=1)


def scheduled(case: Any, **fields: Any) -> Proposal:
    proposal = proposal_of(edited(case, **fields), base=newest(case))
    return reviewing.schedule(proposal, by=an_account(), at=timezone.now() + SOON)


def test_nothing_is_public_before_its_time_and_all_of_it_after() -> None:
    case = publish_case(finding_en="Before.")
    proposal = scheduled(case, finding_en="After.")

    too_early, in_time = (
        reviewing.publish_due(timezone.now()),
        reviewing.publish_due(timezone.now() + 2 * SOON),
    )

    assert too_early == []
    assert in_time == [(proposal, None)]
    assert newest(case).snapshot["fields"]["finding_en"] == "After."
    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.ACCEPTED
    assert reviewing.publish_due(timezone.now() + 2 * SOON) == []


def test_what_came_between_is_merged() -> None:
    case = publish_case()
    scheduled(case, finding_en="Scheduled.")
    publish_change(case, finding_fr="Entretemps.")

    reviewing.publish_due(timezone.now() + 2 * SOON)

    fields = newest(case).snapshot["fields"]
    assert (fields["finding_en"], fields["finding_fr"]) == ("Scheduled.", "Entretemps.")


def test_a_conflict_is_held_back_with_its_reason_and_forces_nothing() -> None:
    case = publish_case()
    proposal = scheduled(case, finding_en="Scheduled.")
    publish_change(case, finding_en="Meanwhile.")

    ((held, refusal),) = reviewing.publish_due(timezone.now() + 2 * SOON)

    stored = Proposal.objects.get(pk=proposal.pk)
    assert (held, refusal.code) == (proposal, "conflict")
    assert (stored.state, stored.held_back) == (ProposalState.SUBMITTED, refusal.message)
    assert newest(case).snapshot["fields"]["finding_en"] == "Meanwhile."


def test_one_that_cannot_be_published_holds_up_no_other() -> None:
    first, second = publish_case(), publish_case()
    scheduled(first, finding_en="Scheduled.")
    scheduled(second, finding_en="Scheduled.")
    retracting.retract(first, by=an_account(), reason="Wrong.", language="en")

    done = reviewing.publish_due(timezone.now() + 2 * SOON)

    assert [refusal.code if refusal else None for _proposal, refusal in done] == ["retracted", None]
    assert newest(second).snapshot["fields"]["finding_en"] == "Scheduled."


def test_a_time_that_is_past_is_refused() -> None:
    proposal = proposal_of(edited(case := publish_case(), finding_en="Late."), base=newest(case))

    with pytest.raises(Refusal) as refused:
        reviewing.schedule(proposal, by=an_account(), at=timezone.now() - SOON)

    assert refused.value.code == "past"


def test_the_worker_does_it_and_tells() -> None:
    case = publish_case(title_en="A ceasefire")
    proposal, output = scheduled(case, finding_en="After."), io.StringIO()
    Proposal.objects.filter(pk=proposal.pk).update(publish_at=timezone.now() - SOON)

    call_command("work", once=True, stdout=output)

    assert "published case “A ceasefire”" in output.getvalue()
    assert Revision.objects.filter(entry=case).count() == 2


@pytest.fixture(params=[OSError("no disk"), ValueError("no disk"), RecursionError("no disk")])
def broken_job(request: pytest.FixtureRequest) -> Iterator[str]:
    """A first job of the worker that fails; the name of its error."""

    def broken(now: datetime.datetime) -> Any:
        raise request.param

    hooks.worker_jobs.register(broken, rank=0)
    yield type(request.param).__name__
    hooks.worker_jobs.unregister(broken)


def test_a_job_that_fails_is_told_and_holds_up_no_other(broken_job: str) -> None:
    case, output = publish_case(title_en="A ceasefire"), io.StringIO()
    Proposal.objects.filter(pk=scheduled(case, finding_en="After.").pk).update(
        publish_at=timezone.now() - SOON
    )

    call_command("work", once=True, stdout=output)

    assert f"broken failed: {broken_job}: no disk" in output.getvalue()
    assert "published case" in output.getvalue()
