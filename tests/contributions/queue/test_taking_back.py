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


def test_a_declined_proposal_comes_back_into_the_queue_and_both_decisions_stay(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")
    press(desk, one, "decline", because="unclear")

    press(desk, one, "undo")

    assert state(one) == ProposalState.SUBMITTED
    verdicts = [*one.proposal.decisions.values_list("verdict", flat=True)]
    assert verdicts == [Verdict.DECLINED, Verdict.TAKEN_BACK]


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


def test_what_was_published_after_it_is_kept_when_it_is_undone(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="After.")
    press(desk, one, "accept")
    publish_change(theme, summary_fr="Depuis.")

    press(desk, one, "undo")

    said = newest(theme).snapshot["fields"]
    assert (said["summary_en"], said["summary_fr"]) == ("Before.", "Depuis.")


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

    assert '<button data-verb="undo"' in desk.get(page_of(one)).content.decode()
