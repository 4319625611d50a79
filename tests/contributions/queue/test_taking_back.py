"""A decision is taken back while it is fresh."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contributions.actions import deciding, notifying
from publishing.models import Proposal, Revision
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState, Reason, Verdict
from tests.contributions.queue.pages import page_of, press, state, waiting
from tests.factories import a_contribution, newest, publish_change, publish_theme

pytestmark = pytest.mark.one_database


@pytest.mark.every_database
def test_a_declined_proposal_comes_back_into_the_queue_and_both_decisions_stay(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")
    press(desk, one, "decline", because="unclear")

    press(desk, one, "undo")

    assert state(one) == ProposalState.SUBMITTED
    verdicts = [*one.proposal.decisions.values_list("verdict", flat=True)]
    assert verdicts == [Verdict.DECLINED, Verdict.TAKEN_BACK]


@pytest.mark.every_database
def test_an_accepted_proposal_is_undone_by_a_new_revision_and_can_be_accepted_again(
    desk: Client, settings: Any
) -> None:
    settings.FOUR_EYES = True
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="After.")
    press(desk, one, "accept")

    press(desk, one, "undo")

    said = [
        rev.snapshot["fields"]["summary_en"]
        for rev in Revision.objects.filter(entry=theme).order_by("number")
    ]
    assert said == ["Before.", "After.", "Before."]
    assert state(one) == ProposalState.SUBMITTED
    press(desk, one, "accept")
    assert newest(theme).snapshot["fields"]["summary_en"] == "After."


@pytest.mark.every_database
def test_what_was_published_after_it_is_kept_when_it_is_undone(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="After.")
    press(desk, one, "accept")
    publish_change(theme, summary_fr="Depuis.")

    press(desk, one, "undo")

    said = newest(theme).snapshot["fields"]
    assert (said["summary_en"], said["summary_fr"]) == ("Before.", "Depuis.")


@pytest.mark.every_database
def test_after_its_time_or_by_others_nothing_is_undone(desk: Client, second: Any, moderator: Any) -> None:
    one = waiting(publish_theme(), summary_en="New.")
    press(desk, one, "decline", because="unclear")

    with pytest.raises(Refusal) as refused:
        deciding.undo(one, by=second)
    assert refused.value.code == "not_yours"

    Proposal.objects.update(decided_at=timezone.now() - datetime.timedelta(minutes=11))
    one.proposal.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        deciding.undo(one, by=moderator)
    assert refused.value.code == "too_late"
    assert state(one) == ProposalState.DECLINED


def test_a_new_entry_is_retracted_and_not_undone(moderator: Any) -> None:
    one = a_contribution()
    deciding.accept(one, by=moderator)
    one.proposal.refresh_from_db()

    with pytest.raises(Refusal) as refused:
        deciding.undo(one, by=moderator)
    assert refused.value.code == "first"


@pytest.mark.every_database
def test_news_wait_until_nothing_can_be_undone(moderator: Any) -> None:
    one = waiting(
        publish_theme(), summary_en="New.",
        said={"mail": "a@example.org", "mail_confirmed_at": timezone.now()},
    )  # fmt: skip
    deciding.decline(one, by=moderator, reason=Reason.UNCLEAR)

    assert notifying.notify_senders() == 0
    Proposal.objects.update(decided_at=timezone.now() - datetime.timedelta(minutes=11))
    assert notifying.notify_senders() == 1


def test_a_new_entry_that_was_accepted_is_taken_away_by_retracting_it(desk: Client) -> None:
    one = a_contribution()
    Proposal.objects.filter(pk=one.proposal_id).update(override_reason="A test wants it.")
    press(desk, one, "accept")
    entry = Proposal.objects.get(pk=one.proposal_id).entry
    retracting = reverse("admin:pillars_theme_delete", args=[entry.pk])

    for address in (page_of(one), reverse("admin:contributions_contribution_changelist")):
        page = desk.get(address).content.decode()
        assert f'href="{retracting}" data-verb="undo"' in page
        assert '<button data-verb="undo"' not in page


def test_a_change_that_was_accepted_is_undone_by_a_button(desk: Client) -> None:
    one = waiting(publish_theme(), summary_fr="Nouveau.")
    press(desk, one, "accept")

    listed = desk.get(reverse("admin:contributions_contribution_changelist")).content.decode()
    assert '<button data-verb="undo"' in listed
    assert 'data-verb="undo" data-step="reopen" data-key="u"' in desk.get(page_of(one)).content.decode()


# --- on the page of a decided proposal -------------------------------------------------------------


def test_on_the_page_of_a_decided_proposal_undo_is_about_this_one(desk: Client) -> None:
    theme, other = publish_theme(summary_en="Before."), publish_theme(title_en="Hudaydah", summary_en="Old.")
    first, last = waiting(theme, summary_en="After."), waiting(other, summary_en="New.")
    press(desk, first, "accept")
    press(desk, last, "accept")
    undo = reverse("admin:contributions_contribution_decide", args=[first.pk, "undo"])

    page = desk.get(page_of(first)).content.decode()
    press(desk, first, "undo")

    assert "You decided last" not in page
    assert page.count('data-key="u"') == 1
    assert f'formaction="{undo}"' in page
    assert (state(first), state(last)) == (ProposalState.SUBMITTED, ProposalState.ACCEPTED)
    assert newest(other).snapshot["fields"]["summary_en"] == "New."


def test_the_page_and_the_queue_say_until_when_it_can_be_undone(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")
    press(desk, one, "decline", because="unclear")
    until = Proposal.objects.get(pk=one.proposal_id).decided_at + datetime.timedelta(minutes=10)

    for address in (page_of(one), reverse("admin:contributions_contribution_changelist")):
        assert f"until {until:%H:%M} UTC" in desk.get(address).content.decode()


def too_late() -> None:
    Proposal.objects.update(decided_at=timezone.now() - datetime.timedelta(minutes=11))


def test_after_its_time_the_page_leads_to_what_was_published(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="After.")
    press(desk, one, "accept")
    too_late()

    page = desk.get(page_of(one)).content.decode()

    assert 'data-key="u"' not in page
    assert "It was decided too long ago to be undone." in page
    revision = newest(theme).get_admin_url()
    assert f'<a href="{revision}">Undo what it published, change by change, in a draft</a>' in page
    assert "Undo this change in a draft" in desk.get(revision).content.decode()


def test_what_was_declined_can_be_opened_again_at_any_time_by_any_moderator(
    desk: Client, second: Any
) -> None:
    one = waiting(publish_theme(), summary_en="New.")
    press(desk, one, "decline", because="unclear")
    too_late()
    other = Client()
    other.force_login(second)
    open_again = reverse("admin:publishing_proposal_step", args=[one.proposal_id, "reconsider"])

    assert f'formaction="{open_again}"' in other.get(page_of(one)).content.decode()
    other.post(open_again)

    assert state(one) == ProposalState.SUBMITTED
    verdicts = [*one.proposal.decisions.values_list("verdict", "by__username")]
    assert verdicts == [(Verdict.DECLINED, "moderator"), (Verdict.TAKEN_BACK, "second")]


def test_what_was_accepted_is_not_opened_again_without_undoing_it(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")
    press(desk, one, "accept")
    address = reverse("admin:publishing_proposal_step", args=[one.proposal_id, "reconsider"])

    desk.post(address)

    assert state(one) == ProposalState.ACCEPTED
    assert address not in desk.get(page_of(one)).content.decode()


def test_what_is_scheduled_can_be_taken_off_its_date_on_its_page(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")
    press(desk, one, "schedule", at_0="2099-01-01", at_1="10:00")
    unschedule = reverse("admin:publishing_proposal_step", args=[one.proposal_id, "unschedule"])

    assert f'formaction="{unschedule}"' in desk.get(page_of(one)).content.decode()
    desk.post(unschedule)

    assert state(one) == ProposalState.SUBMITTED
