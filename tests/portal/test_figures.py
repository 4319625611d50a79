"""What became of proposals, counted."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal import figures
from publishing.models import Decision, Proposal
from publishing.vocabulary import Origin, ProposalState, Reason, Verdict
from tests.factories import an_account, edited, newest, proposal_of, publish_case
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SENT = datetime.datetime(2025, 3, 1, 12, tzinfo=datetime.UTC)


def a_proposal(
    state: str, *, days: float | None = None, sent: datetime.datetime = SENT, **columns: Any
) -> Proposal:
    """From the public, sent then and decided so many days later."""
    case = publish_case()
    proposal = proposal_of(edited(case, title_fr="Autre"), base=newest(case))
    decided = None if days is None else sent + datetime.timedelta(days=days)
    told = {"origin": Origin.PUBLIC, "state": state, "submitted_at": sent, "decided_at": decided, **columns}
    Proposal.objects.filter(pk=proposal.pk).update(**told)
    return proposal


@pytest.mark.every_database
def test_proposals_are_counted_by_the_year_and_by_what_became_of_them() -> None:
    a_proposal(ProposalState.ACCEPTED, days=1)
    a_proposal(ProposalState.PARTLY_ACCEPTED, days=2)
    a_proposal(ProposalState.DECLINED, days=12)
    a_proposal(ProposalState.WITHDRAWN, days=100)
    a_proposal(ProposalState.SUPERSEDED)
    a_proposal(ProposalState.NEEDS_INFORMATION)
    a_proposal(ProposalState.SUBMITTED, sent=SENT.replace(year=2026))

    this, last = figures.by_year()

    assert (this.year, this.received, this.waiting, this.median_days) == (2026, 1, 1, None)
    assert (last.year, last.received, last.waiting, last.median_days) == (2025, 6, 1, 2.0)
    assert (last.accepted, last.partly_accepted, last.declined, last.closed) == (1, 1, 1, 2)


@pytest.mark.every_database
def test_what_editors_propose_and_what_was_never_sent_is_not_counted() -> None:
    a_proposal(ProposalState.ACCEPTED, days=1, origin=Origin.EDITOR)
    a_proposal(ProposalState.DRAFT, sent=timezone.now(), submitted_at=None)

    assert figures.by_year() == []


@pytest.mark.every_database
def test_a_proposal_counts_once_for_each_reason() -> None:
    one, other = (a_proposal(ProposalState.DECLINED, days=1) for _number in range(2))
    for proposal, path, reason in (
        (one, "title_en", Reason.UNSOURCED), (one, "title_fr", Reason.UNSOURCED), (one, "title_ar", Reason.UNCLEAR),
        (other, "title_en", Reason.UNSOURCED),
    ):  # fmt: skip
        Decision.objects.create(
            proposal=proposal, path=path, verdict=Verdict.DECLINED, reason=reason, by=an_account()
        )

    assert [(one.name, one.count, one.share) for one in figures.reasons()] == [
        (Reason.UNSOURCED.label, 2, 100.0),
        (Reason.UNCLEAR.label, 1, 50.0),
    ]


def test_the_page_shows_the_counts(client: Client) -> None:
    a_proposal(ProposalState.ACCEPTED, days=3.25)

    document = Document.of(client.get("/en/figures/").content.decode())

    assert [cell.text for cell in document.all("td")][:7] == ["1", "1", "0", "0", "0", "0", "3.2"]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_before_the_first_proposal_the_page_says_so(client: Client, language: str) -> None:
    document = Document.of(client.get(f"/{language}/figures/").content.decode())

    assert [*document.all("table")] == []
