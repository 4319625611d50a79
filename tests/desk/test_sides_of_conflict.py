"""The page of a conflict names who wrote what and when; what is overtaken is closed and not published."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.actions import drafting, reviewing
from publishing.fields.partial_dates import PartialDate
from publishing.models import Entry, Proposal
from publishing.vocabulary import ProposalState, Reason, Verdict
from tests.contributions.queue.pages import waiting
from tests.desk.conftest import signed_in
from tests.factories import an_account, edited, newest, publish_change, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SAID = {
    "note": "The summary was wrong.",
    "note_language": "en",
    "change_class": "correction",
    "override_reason": "A test wants it.",
}


@pytest.fixture
def theme(db: None) -> Entry:
    return publish_theme(title_en="Truce", summary_en="Before.")


def account(name: str) -> Any:
    return an_account(name, is_staff=True, is_superuser=True)


def submitted(theme: Entry, **changes: Any) -> Proposal:
    """A proposal of Amal."""
    draft = drafting.begin_draft(edited(theme, **changes), by=account("amal"), base=newest(theme), **SAID)
    return reviewing.submit(draft, by=account("amal"))


def resolve(proposal: Proposal) -> str:
    return reverse("admin:publishing_proposal_resolve", args=[proposal.pk])


def read(page: bytes) -> str:
    """The text of the page, without the marks around names."""
    return re.sub("[\u2068\u2069]", "", page.decode())


def today() -> str:
    return PartialDate.of(datetime.datetime.now(datetime.UTC).date()).in_words()


def test_a_moderator_reads_who_published_and_who_proposes(other_desk: Client, theme: Entry) -> None:
    proposal = submitted(theme, summary_en="Proposed.")
    publish_change(theme, by=account("badr"), summary_en="Since.")
    publish_change(theme, by=account("carim"), summary_fr="Autre.")

    page = read(other_desk.get(resolve(proposal)).content)

    assert f"Public now (published by badr, {today()})" in page
    assert f"This proposal (sent by amal, {today()})" in page
    assert "after this proposal was begun" in page
    assert not {"Theirs", "Mine", "while you were writing"} & {
        *re.findall("Theirs|Mine|while you.*ing", page)
    }


def test_a_proposal_of_the_public_is_named_as_such(other_desk: Client, theme: Entry) -> None:
    one = waiting(theme, summary_en="Proposed.")
    publish_change(theme, by=account("badr"), summary_en="Since.")

    page = read(other_desk.get(resolve(one.proposal)).content)

    assert f"This proposal (sent by the public, {today()})" in page


def test_an_author_reads_of_their_own_text(theme: Entry) -> None:
    proposal = submitted(theme, summary_en="Proposed.")
    publish_change(theme, by=account("badr"), summary_en="Since.")

    page = read(signed_in(account("amal")).get(resolve(proposal)).content)

    assert "Your text" in page
    assert "Public now (published by badr" in page
    assert "while you were writing" in page


def test_a_late_save_is_beside_what_was_saved_meanwhile_and_by_whom(theme: Entry) -> None:
    amal, badr = account("amal"), account("badr")
    draft = drafting.begin_draft(edited(theme, summary_en="First."), by=amal, base=newest(theme), **SAID)
    theirs = edited(theme, summary_en="Second.", title_en="Truces")
    drafting.save_draft(draft, theirs, by=badr, version=1, **SAID)
    late = drafting.save_draft(draft, edited(theme, summary_en="Late."), by=amal, version=1, **SAID)

    page = read(signed_in(amal).get(resolve(late)).content)

    assert "Your text" in page
    assert f"Saved meanwhile by badr, {timezone.now():%H}" in page
    assert "What else was saved meanwhile" in page
    assert "What else you changed" not in page


def test_two_windows_of_one_person_are_not_called_two_people(theme: Entry) -> None:
    amal = account("amal")
    draft = drafting.begin_draft(edited(theme, summary_en="First."), by=amal, base=newest(theme), **SAID)
    drafting.save_draft(draft, edited(theme, summary_en="Second."), by=amal, version=1, **SAID)
    late = drafting.save_draft(draft, edited(theme, summary_en="Late."), by=amal, version=1, **SAID)

    page = read(signed_in(amal).get(resolve(late)).content)

    assert "Two versions of “Truce”" in page
    assert "You saved this draft in another window" in page
    assert "Somebody saved" not in page
    assert "What else" not in page


@pytest.mark.parametrize(
    "is_public",
    [
        pytest.param(False, id="of an editor"),
        pytest.param(True, id="of the public", marks=pytest.mark.every_database),
    ],
)
def test_where_nothing_is_left_of_a_proposal_it_is_closed_as_overtaken(
    other_desk: Client, theme: Entry, is_public: bool
) -> None:
    proposal = (
        waiting(theme, summary_en="Proposed.").proposal
        if is_public
        else submitted(theme, summary_en="Proposed.")
    )
    publish_change(theme, summary_en="Since.")
    sent = {"against": newest(theme).number, "choice:summary_en": "theirs", "note_language": "en"}

    answer = other_desk.post(resolve(proposal), {**sent, "public_note": proposal.note}, follow=True)

    assert "the proposal is closed as overtaken" in answer.content.decode()
    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.SUPERSEDED
    assert newest(theme).number == 2
    assert newest(theme).note != proposal.note
    decision = proposal.decisions.get()
    assert (decision.verdict, decision.reason) == (Verdict.DECLINED, Reason.OTHER)


@pytest.mark.every_database
def test_what_is_overtaken_in_part_is_accepted_in_part(other_desk: Client, theme: Entry) -> None:
    one = waiting(theme, summary_en="Proposed.", summary_fr="Proposé.")
    publish_change(theme, summary_en="Since.")

    other_desk.post(
        resolve(one.proposal),
        {"against": newest(theme).number, "choice:summary_en": "theirs", "note_language": "en",
         "public_note": "Only the French summary."},
    )  # fmt: skip

    revision = newest(theme)
    fields = revision.snapshot["fields"]
    assert (fields["summary_en"], fields["summary_fr"]) == ("Since.", "Proposé.")
    assert revision.note == "Only the French summary."
    proposal = Proposal.objects.get(pk=one.proposal_id)
    assert proposal.state == ProposalState.PARTLY_ACCEPTED
    decided = {decision.path: decision.verdict for decision in proposal.decisions.all()}
    assert decided == {"summary_en": Verdict.DECLINED, "summary_fr": Verdict.ACCEPTED}


def test_the_author_of_what_was_overtaken_in_part_reads_it(other_desk: Client, theme: Entry) -> None:
    proposal = submitted(theme, summary_en="Proposed.", summary_fr="Proposé.")
    publish_change(theme, summary_en="Since.")

    other_desk.post(resolve(proposal), {"against": newest(theme).number, "choice:summary_en": "theirs"})

    decided = {decision.path: decision.verdict for decision in proposal.decisions.all()}
    assert decided == {"summary_en": Verdict.DECLINED, "summary_fr": Verdict.ACCEPTED}
    assert newest(theme).snapshot["fields"]["summary_fr"] == "Proposé."


def test_with_four_eyes_nobody_closes_their_own_as_overtaken(
    other_desk: Client, theme: Entry, settings: Any
) -> None:
    proposal = submitted(theme, summary_en="Proposed.")
    publish_change(theme, summary_en="Since.")
    settings.FOUR_EYES = True
    sent = {"against": newest(theme).number, "choice:summary_en": "theirs"}

    answer = signed_in(account("amal")).post(resolve(proposal), sent)

    assert "Somebody else must decide what you wrote." in answer.content.decode()
    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.SUBMITTED


def test_after_a_conflict_the_next_proposal_is_shown(other_desk: Client, theme: Entry) -> None:
    proposal = submitted(theme, summary_en="Proposed.")
    following = submitted(publish_theme(), summary_en="Another.")
    publish_change(theme, summary_en="Since.")

    answer = other_desk.post(
        resolve(proposal), {"against": newest(theme).number, "choice:summary_en": "mine"}
    )

    assert answer.url == reverse("admin:publishing_proposal_change", args=[following.pk])
