"""After every decision the moderator is at the next proposal of the queue, as it was filtered."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from contributions.models import Contribution
from publishing.models import Entry, Proposal
from publishing.vocabulary import ProposalState
from tests.contributions.queue.pages import page_of, state, waiting
from tests.desk.sheets import Sheet
from tests.factories import newest, publish_change, publish_theme

pytestmark = pytest.mark.one_database

FRENCH = urlencode({"_changelist_filters": "language__exact=fr"})
TICKED = {"has_ticks": "1", "accept:summary_en": "on", "reason:summary_fr": "unclear"}


@pytest.fixture
def theme(db: None) -> Entry:
    return publish_theme(summary_en="Before.", summary_fr="Avant.")


@pytest.fixture
def queue(theme: Entry) -> tuple[Contribution, Contribution, Contribution]:
    """In French, in English, in French; the oldest first."""
    first, other, last = (
        waiting(theme, days, {"language": language}, summary_en=f"{days}", summary_fr=f"{days}")
        for days, language in ((9, "fr"), (5, "en"), (1, "fr"))
    )
    return first, other, last


def decide(client: Client, one: Contribution, verb: str, **said: Any) -> str:
    """The address of the page at which the moderator arrives."""
    address = reverse("admin:contributions_contribution_decide", args=[one.pk, verb])
    return arrived(client.post(f"{address}?{FRENCH}", said, follow=True))


def arrived(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.redirect_chain[-1][0]


@pytest.mark.parametrize(
    "verb, said, becomes",
    [
        ("accept", {}, ProposalState.ACCEPTED),
        ("decline", {"because": "unclear"}, ProposalState.DECLINED),
        ("ask", {"note": "Which page?"}, ProposalState.NEEDS_INFORMATION),
        ("accept-some", TICKED, ProposalState.PARTLY_ACCEPTED),
        ("schedule", {"at_0": "2099-01-01", "at_1": "10:00"}, ProposalState.SCHEDULED),
    ],
)
def test_each_decision_leads_to_the_next_of_the_filtered_queue(
    desk: Client, queue: Any, verb: str, said: dict[str, str], becomes: str
) -> None:
    first, _other, last = queue

    at = decide(desk, first, verb, **said)

    assert state(first) == becomes
    assert at == f"{page_of(last)}?{FRENCH}"


def test_publishing_what_was_improved_leads_to_the_next(desk: Client, queue: Any) -> None:
    first, _other, last = queue
    form = decide(desk, first, "improve")
    sheet = Sheet(desk, form).type(summary_en="Better.", override_reason="A test wants it.")

    answer = sheet.save()
    at = arrived(desk.get(answer.url, follow=True))

    assert state(first) == ProposalState.ACCEPTED
    assert at == f"{page_of(last)}?{FRENCH}"


def test_resolving_a_conflict_leads_to_the_next(desk: Client, theme: Entry, queue: Any) -> None:
    first, _other, last = queue
    publish_change(theme, summary_en="Since.")
    conflict = decide(desk, first, "accept")

    sent = {"against": newest(theme).number, "choice:summary_en": "mine"}
    at = arrived(desk.post(conflict, sent, follow=True))

    assert "/resolve/" in conflict
    assert state(first) == ProposalState.ACCEPTED
    assert at == f"{page_of(last)}?{FRENCH}"


def test_what_cannot_be_accepted_in_part_says_so_on_the_same_page(desk: Client, queue: Any) -> None:
    first, _other, _last = queue
    address = reverse("admin:contributions_contribution_decide", args=[first.pk, "accept-some"])

    refused = desk.post(address, {"has_ticks": "1", "accept:summary_en": "on"})

    page = refused.content.decode()
    assert "Choose why you decline what is not ticked." in page
    assert "Your decision" in page
    assert "This field is required." not in page
    assert state(first) == ProposalState.SUBMITTED


def test_without_a_note_the_sender_reads_the_reason_of_each_declined_part(desk: Client, queue: Any) -> None:
    first, _other, _last = queue

    decide(desk, first, "accept-some", **TICKED)

    declined = Proposal.objects.get(pk=first.proposal_id).decisions.get(path="summary_fr")
    assert declined.public_note
    assert declined.public_note != "It is not clear what is meant."
