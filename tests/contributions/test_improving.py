"""What a moderator improves: its sender is told what became of each part, and what is left goes back."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.outbox import send_due
from contributions import mail
from contributions.abuse.tokens import follow_token
from contributions.actions import deciding, improving, notifying
from contributions.models import Contribution
from publishing.actions import drafting, publishing, reviewing
from publishing.models import Entry, Proposal
from publishing.rules import Refusal
from publishing.tokens import token_digest
from publishing.vocabulary import ProposalState, Reason, Verdict
from tests.factories import a_contribution, an_account, edited, newest, publish_theme, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

THREE = {"summary_en": "New wrods.", "summary_fr": "Nouveau.", "title_fr": "Titre"}


@pytest.fixture
def moderator(db: None) -> Any:
    return an_account("moderator", is_staff=True, is_superuser=True)


@pytest.fixture
def theme(db: None) -> Entry:
    return publish_theme(summary_en="Before.", summary_fr="Avant.")


@pytest.fixture
def one(theme: Entry) -> Contribution:
    return a_contribution(edited(theme, **THREE), base=newest(theme), language="fr")


def fresh(one: Contribution) -> Proposal:
    return Proposal.objects.get(pk=one.proposal_id)


def finish(one: Contribution, theme: Entry, by: Any, **wanted: str) -> None:
    draft = fresh(one)
    drafting.finish_draft(
        draft, edited(theme, **wanted), by=by, version=draft.version, at=None,
        note="We mended it.", override_reason="A test wants it.",
    )  # fmt: skip


def decided(one: Contribution) -> dict[str, tuple[str, str, str]]:
    rows = fresh(one).decisions.all()
    return {row.path: (row.verdict, row.reason, row.public_note) for row in rows}


def private(client: Client, one: Contribution) -> str:
    Contribution.objects.filter(pk=one.pk).update(token_digest=token_digest(follow_token(one)))
    return client.get(reverse("contributions:follow", args=[follow_token(one)])).content.decode()


def test_of_each_part_it_is_kept_whether_it_was_published_changed_or_left_out(
    one: Contribution, theme: Entry, moderator: Any
) -> None:
    improving.improve(one, by=moderator)
    finish(one, theme, moderator, summary_en="New words.", title_fr="Titre", title_ar="عنوان")

    said = decided(one)

    assert said.keys() == THREE.keys()
    assert said["title_fr"] == (Verdict.ACCEPTED, "", "")
    assert said["summary_en"][:2] == (Verdict.ACCEPTED, "")
    assert "New words." in said["summary_en"][2]
    assert said["summary_fr"][:2] == (Verdict.DECLINED, Reason.OTHER)
    assert fresh(one).decisions.count() == 3
    assert {row.by for row in fresh(one).decisions.all()} == {moderator}


def test_the_sender_reads_that_it_is_worked_on_and_then_what_became_of_what_they_sent(
    one: Contribution, theme: Entry, moderator: Any, client: Client
) -> None:
    improving.improve(one, by=moderator)
    meanwhile = private(client, one)
    finish(one, theme, moderator, summary_en="New words.", title_fr="Titre")
    after = private(client, one)

    assert "A moderator is working on it" in meanwhile
    assert "Draft" not in meanwhile
    assert "New wrods." in after
    assert "New words." in after
    assert after.count('class="verdict accepted"') == 2
    assert after.count('class="verdict declined"') == 1


def test_the_sender_is_written_to_with_what_was_published_instead(
    one: Contribution, theme: Entry, moderator: Any, mailoutbox: list
) -> None:
    Contribution.objects.filter(pk=one.pk).update(mail="a@example.org", mail_confirmed_at=timezone.now())
    improving.improve(one, by=moderator)
    notifying.notify_senders()
    finish(one, theme, moderator, summary_en="New words.", title_fr="Titre")

    assert notifying.notify_senders() == 1
    send_due()
    [letter] = mailoutbox
    assert "New words." in letter.body


def test_a_reason_that_was_taken_back_is_not_quoted_to_the_sender(
    one: Contribution, moderator: Any, settings: Any
) -> None:
    settings.UNDO_MINUTES = 10
    deciding.decline(one, by=moderator, reason=Reason.UNCLEAR, note="A mistake of mine.")
    before = mail.status_mail(Contribution.objects.get(pk=one.pk))[1]
    deciding.undo(one, by=moderator)
    deciding.decline(one, by=moderator, reason=Reason.UNSOURCED, note="It names no page.")
    after = mail.status_mail(Contribution.objects.get(pk=one.pk))[1]
    deciding.undo(Contribution.objects.get(pk=one.pk), by=moderator)
    at_last = mail.status_mail(Contribution.objects.get(pk=one.pk))[1]

    assert "A mistake of mine." in before
    assert "A mistake of mine." not in after
    assert "It names no page." in after
    assert "It names no page." not in at_last


def test_of_a_new_entry_the_sender_reads_no_earlier_values(client: Client) -> None:
    one = a_contribution(snapshot_of("case", outcome="expired", outcome_as_of="1999"))

    assert 'class="old"' not in private(client, one)


def test_what_another_moderator_accepts_after_it_was_improved_is_told_once(
    one: Contribution, theme: Entry, moderator: Any
) -> None:
    improving.improve(one, by=moderator)
    draft = fresh(one)
    drafting.save_draft(draft, edited(theme, title_fr="Titre"), by=moderator, version=draft.version,
                          override_reason="A test wants it.")  # fmt: skip
    reviewing.submit(fresh(one), by=moderator)
    deciding.accept(one, by=an_account("second", is_staff=True, is_superuser=True))

    assert {path: row[0] for path, row in decided(one).items()} == {
        "title_fr": Verdict.ACCEPTED, "summary_en": Verdict.DECLINED, "summary_fr": Verdict.DECLINED,
    }  # fmt: skip
    assert fresh(one).decisions.count() == 3


def test_an_editors_own_draft_keeps_no_decisions(theme: Entry, moderator: Any) -> None:
    draft = drafting.begin_draft(
        edited(theme, summary_en="Mine."), by=moderator, base=newest(theme), note="Ours.",
        note_language="en", change_class="correction", override_reason="A test wants it.",
    )  # fmt: skip
    publishing.publish(draft, by=moderator)

    assert not draft.decisions.exists()


# --- left to others -----------------------------------------------------------------------------


def test_what_is_put_back_waits_as_it_was_sent_in_its_old_place(
    one: Contribution, theme: Entry, moderator: Any
) -> None:
    sent = fresh(one)
    improving.improve(one, by=moderator)
    drafting.save_draft(fresh(one), edited(theme, title_fr="Autre"), by=moderator, version=1, note="Ours.")

    client = Client()
    client.force_login(an_account("second", is_staff=True, is_superuser=True))
    page = client.get(reverse("admin:contributions_contribution_change", args=[one.pk])).content.decode()
    address = reverse("admin:contributions_contribution_decide", args=[one.pk, "put-back"])
    client.post(address)

    back = fresh(one)
    assert address in page
    assert (back.state, back.submitted_at) == (ProposalState.SUBMITTED, sent.submitted_at)
    assert (back.wanted, back.note) == (sent.wanted, sent.note)


def test_what_was_left_for_a_day_goes_back_by_itself(one: Contribution, moderator: Any) -> None:
    improving.improve(one, by=moderator)
    now = timezone.now()

    assert improving.return_abandoned(now + datetime.timedelta(hours=23)) == 0
    assert improving.return_abandoned(now + datetime.timedelta(hours=25)) == 1
    assert fresh(one).state == ProposalState.SUBMITTED


def test_what_is_not_being_improved_cannot_be_put_back(one: Contribution, moderator: Any) -> None:
    with pytest.raises(Refusal):
        improving.put_back(one, by=moderator)
    with pytest.raises(Refusal):
        improving.put_back(one, by=an_account("nobody", is_staff=True))
