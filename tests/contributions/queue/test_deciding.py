"""One proposal after the other is decided, each with the reason that its sender reads."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.actions import drafting, publishing, reviewing
from publishing.models import Entry, Proposal
from publishing.vocabulary import ProposalState, Verdict
from tests.contributions.queue.pages import page_of, press, state, waiting
from tests.factories import edited, newest, publish_change, publish_theme

pytestmark = pytest.mark.one_database


@pytest.mark.every_database
def test_a_decision_leads_to_the_next_that_waits_oldest_first(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    young, old, middle = (waiting(theme, days, summary_fr=f"{days}") for days in (0, 9, 4))

    first = press(desk, old, "decline", because="unclear")
    second = press(desk, middle, "decline", because="unclear")
    last = press(desk, young, "decline", because="unclear")

    assert (first.url, second.url) == (page_of(middle), page_of(young))
    assert last.url == reverse("admin:contributions_contribution_changelist")
    assert {state(one) for one in (young, old, middle)} == {ProposalState.DECLINED}


def test_one_post_decides_and_shows_the_next_page(desk: Client) -> None:
    theme = publish_theme()
    old, young = waiting(theme, 2, summary_en="One."), waiting(theme, 1, summary_fr="Deux.")
    desk.get(page_of(old))

    shown = desk.post(
        reverse("admin:contributions_contribution_decide", args=[old.pk, "accept"]), follow=True
    )

    assert [address for address, _status in shown.redirect_chain] == [page_of(young)]
    assert 'data-verb="accept"' in shown.content.decode()
    assert Entry.objects.get(pk=theme.pk).theme.summary_en == "One."


def test_skipping_decides_nothing(desk: Client) -> None:
    theme = publish_theme()
    old, young = waiting(theme, 2, summary_en="One."), waiting(theme, 1, summary_fr="Deux.")

    answer = desk.get(reverse("admin:contributions_contribution_next", args=[old.pk]))

    assert answer.url == page_of(young)
    assert state(old) == ProposalState.SUBMITTED


@pytest.mark.every_database
def test_what_another_has_taken_on_is_passed_over(desk: Client, second: Any) -> None:
    theme = publish_theme()
    old, taken, young = (waiting(theme, days, summary_en=f"{days}") for days in (3, 2, 1))
    reviewing.claim(taken.proposal, by=second)

    assert press(desk, old, "decline", because="unclear").url == page_of(young)


def test_the_page_is_read_without_taking_it_on(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")

    preview = desk.get(reverse("admin:publishing_proposal_preview", args=[one.proposal_id, "en"]))

    assert preview.status_code == 200
    assert "New." in preview.content.decode()
    assert state(one) == ProposalState.SUBMITTED


def test_the_desks_own_page_of_it_leads_to_the_queues(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")

    assert desk.get(reverse("admin:publishing_proposal_change", args=[one.proposal_id])).url == page_of(one)


def test_without_a_note_the_sender_reads_the_reason_in_their_language(desk: Client) -> None:
    one = waiting(publish_theme(), said={"language": "fr"}, summary_en="New.")

    press(desk, one, "decline", because="unsourced")

    said = one.proposal.decisions.get().public_note
    assert said
    assert said != "No source supports it."


def test_another_reason_needs_a_note(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")

    refused = press(desk, one, "decline", because="other", internal_note="Kept as typed")

    assert refused.status_code == 200
    assert "Kept as typed" in refused.content.decode()
    assert state(one) == ProposalState.SUBMITTED


@pytest.mark.parametrize("because", ["", "nonsense"])
def test_declining_needs_a_reason_that_there_is(desk: Client, because: str) -> None:
    one = waiting(publish_theme(), summary_en="New.")

    assert press(desk, one, "decline", because=because).status_code == 200
    assert state(one) == ProposalState.SUBMITTED


def test_asking_needs_a_text_which_the_sender_reads(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")

    assert press(desk, one, "ask", note=" ").status_code == 200
    assert press(desk, one, "ask", note="On which page?").status_code == 302
    assert state(one) == ProposalState.NEEDS_INFORMATION
    assert one.messages.get().text == "On which page?"


def test_what_is_improved_is_published_in_the_senders_name(desk: Client, moderator: Any) -> None:
    theme = publish_theme()
    one = waiting(theme, summary_en="New wrods.")
    publishing.credit_to(one.proposal, "Amal Haddad")

    form = press(desk, one, "improve")
    draft = Proposal.objects.get(pk=one.proposal_id)
    drafting.finish_draft(
        draft, edited(theme, summary_en="New words."), by=moderator, version=draft.version, at=None,
        override_reason="A test wants it.",
    )  # fmt: skip

    assert f"proposal={one.proposal_id}" in form.url
    assert desk.get(form.url).status_code == 200
    assert (newest(theme).credit, state(one)) == ("Amal Haddad", ProposalState.ACCEPTED)


def test_what_is_being_improved_stays_in_the_list(desk: Client) -> None:
    one = waiting(publish_theme(title_en="A rare title"), summary_en="New.")
    press(desk, one, "improve")

    listed = desk.get(reverse("admin:contributions_contribution_changelist")).content.decode()

    assert "Being edited by a moderator" in listed
    assert "A rare title" in listed


@pytest.mark.every_database
def test_accepting_keeps_what_editors_did_meanwhile_and_says_what_was_so_already(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="After.", summary_fr="Après.")
    publish_change(theme, summary_en="After.", summary_ar="بعد")

    shown = press(desk, one, "accept")
    page = desk.get(shown.url).content.decode()

    said = newest(theme).snapshot["fields"]
    assert (said["summary_en"], said["summary_fr"], said["summary_ar"]) == ("After.", "Après.", "بعد")
    assert "Already in the record: " in page
    assert state(one) == ProposalState.ACCEPTED


@pytest.mark.every_database
@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_what_editors_overtook_is_superseded_and_never_declined(desk: Client, verb: str) -> None:
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="After.")
    publish_change(theme, summary_en="After.")
    number = newest(theme).number

    press(desk, one, verb, because="unclear")

    assert state(one) == ProposalState.SUPERSEDED
    assert newest(theme).number == number
    assert {row.verdict for row in one.proposal.decisions.all()} == {Verdict.ACCEPTED}


@pytest.mark.every_database
def test_a_conflict_is_asked_and_the_sender_keeps_the_link(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="Mine.")
    publish_change(theme, summary_en="Theirs.")

    asked = press(desk, one, "accept")
    desk.post(asked.url, {"against": newest(theme).number, "choice:summary_en": "mine"})

    assert asked.url == reverse("admin:publishing_proposal_resolve", args=[one.proposal_id])
    assert newest(theme).snapshot["fields"]["summary_en"] == "Mine."
    assert state(one) == ProposalState.ACCEPTED


def test_what_was_unticked_is_not_accepted(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="x")

    page = press(desk, one, "accept", has_ticks="1")

    assert state(one) == ProposalState.SUBMITTED
    assert "You have unticked a change." in page.content.decode()


def test_the_note_that_is_written_with_an_acceptance_reaches_the_sender(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="x")

    press(desk, one, "accept", has_ticks="1", note="Well found.", **{"accept:summary_en": "on"})

    assert state(one) == ProposalState.ACCEPTED
    assert [(said.text, said.by.username) for said in one.messages.all()] == [("Well found.", "moderator")]
