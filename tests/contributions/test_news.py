"""A sender reads what is true now: decisions that were undone, pages retracted, facts changed since."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail
from contributions.abuse.tokens import follow_token
from contributions.actions import deciding, notifying
from contributions.models import Contribution
from publishing.actions import publishing, retracting, reviewing, undoing
from publishing.models import Entry, Proposal
from publishing.proposals import changes_of
from publishing.snapshots import Path
from publishing.tokens import token_digest
from publishing.vocabulary import ProposalState, Reason, Verdict
from publishing.workflow.decisions import ChangeDecision
from tests.factories import a_contribution, an_account, edited, newest, publish_change, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _decisions_can_be_undone(_news_are_told_at_once: None, settings: Any) -> None:
    settings.UNDO_MINUTES = 10


@pytest.fixture
def moderator(db: None) -> Any:
    return an_account("moderator", is_staff=True, is_superuser=True)


@pytest.fixture
def theme(db: None) -> Entry:
    return publish_theme(title_en="Truce", summary_en="Before.", summary_fr="Avant.")


@pytest.fixture
def one(theme: Entry) -> Contribution:
    return sent(theme, summary_en="After.")


def sent(theme: Entry, **changes: str) -> Contribution:
    """A proposal whose sender has confirmed an address."""
    contribution = a_contribution(
        edited(theme, **changes),
        base=newest(theme),
        mail="amal@example.org",
        mail_confirmed_at=timezone.now(),
    )
    Proposal.objects.filter(pk=contribution.proposal_id).update(override_reason="A test wants it.")
    Contribution.objects.filter(pk=contribution.pk).update(
        token_digest=token_digest(follow_token(contribution))
    )
    return Contribution.objects.select_related("proposal").get(pk=contribution.pk)


def followed(client: Client, one: Contribution) -> str:
    return client.get(reverse("contributions:follow", args=[follow_token(one)])).content.decode()


def told(client: Client, one: Contribution) -> tuple[str, str]:
    """The private page, and the mail that is sent once nothing can be undone any more."""
    Proposal.objects.filter(decided_at__isnull=False).update(
        decided_at=timezone.now() - datetime.timedelta(minutes=11)
    )
    Mail.objects.all().delete()
    assert notifying.notify_senders() == 1
    return followed(client, one), Mail.objects.get().body


def fresh(one: Contribution) -> Proposal:
    return Proposal.objects.get(pk=one.proposal_id)


@pytest.mark.parametrize("was", ["accepted", "declined"])
def test_a_decision_that_was_undone_is_told_as_such(
    client: Client, one: Contribution, moderator: Any, was: str
) -> None:
    if was == "accepted":
        deciding.accept(one, by=moderator)
    else:
        deciding.decline(one, by=moderator, reason=Reason.UNCLEAR)
    deciding.undo(one, by=moderator)

    page = followed(client, one)

    assert f"It was {was}, and a moderator undid this decision on" in page
    assert "It waits for review again." in page
    assert "Taken back" not in page
    assert 'class="verdict' not in page


def test_what_was_accepted_in_part_and_undone_is_told_as_such(
    client: Client, theme: Entry, moderator: Any
) -> None:
    one = sent(theme, summary_en="After.", summary_fr="Après.")
    accept_first(one, moderator)
    undoing.undo(fresh(one), by=moderator)

    assert "It was accepted in part, and a moderator undid this decision on" in followed(client, one)


def accept_first(one: Contribution, by: Any, note: str = "One of them.") -> None:
    decisions = {
        change.path: ChangeDecision(Verdict.ACCEPTED)
        if change.path == Path(column="summary_en")
        else ChangeDecision(Verdict.DECLINED, Reason.UNCLEAR, note)
        for change in changes_of(one.proposal)
    }
    reviewing.accept_some(one.proposal, by=by, decisions=decisions, note=note)


def test_a_new_decision_ends_what_was_said_of_the_old_one(
    client: Client, one: Contribution, moderator: Any
) -> None:
    deciding.decline(one, by=moderator, reason=Reason.UNCLEAR)
    deciding.undo(one, by=moderator)
    deciding.accept(one, by=moderator)

    page = followed(client, one)

    assert "undid this decision" not in page
    assert "Accepted" in page


@pytest.mark.every_database
def test_who_was_told_of_a_decision_is_told_that_it_was_undone(
    client: Client, one: Contribution, moderator: Any
) -> None:
    deciding.decline(one, by=moderator, reason=Reason.UNCLEAR)
    told(client, one)
    undoing.reconsider(fresh(one), by=moderator)

    _page, mail = told(client, one)

    assert "It was declined, and a moderator undid this decision on" in mail
    assert notifying.notify_senders() == 0


def test_of_a_retracted_page_the_reason_is_told_with_a_link_to_it(
    client: Client, one: Contribution, theme: Entry, moderator: Any
) -> None:
    deciding.accept(one, by=moderator)
    revision = newest(theme)
    retracting.retract(Entry.objects.get(pk=theme.pk), by=moderator, reason="Not a ceasefire.", language="en")

    page, mail = told(client, one)

    for said in (page, mail):
        assert "The page was retracted later: Not a ceasefire." in said
        assert theme.get_absolute_url() in said
        assert revision.get_absolute_url() not in said


@pytest.mark.every_database
def test_of_a_fact_that_was_changed_since_it_is_told_what_it_says_now(
    client: Client, theme: Entry, moderator: Any
) -> None:
    one = sent(theme, summary_en="After.", summary_fr="Après.")
    deciding.accept(one, by=moderator)
    publish_change(theme, summary_en="Later.")

    page, mail = told(client, one)

    for said in (page, mail):
        assert "the record has been changed since: it says “Later.” now." in said
        assert said.count("the record has been changed since") == 1
    assert "Summary (English): Published on" in mail


def test_of_a_fact_that_was_emptied_since_it_is_told_so(
    client: Client, one: Contribution, theme: Entry, moderator: Any
) -> None:
    deciding.accept(one, by=moderator)
    publish_change(theme, summary_en="")

    assert "the record has been changed since, and no longer says this." in followed(client, one)


def test_of_what_stands_as_it_was_published_nothing_more_is_told(
    client: Client, one: Contribution, theme: Entry, moderator: Any
) -> None:
    deciding.accept(one, by=moderator)
    publish_change(theme, summary_fr="Depuis.")

    page, mail = told(client, one)

    assert "changed since" not in page + mail
    assert newest(theme).number == 3


def test_of_what_was_overtaken_it_is_told_what_the_record_says(
    client: Client, one: Contribution, theme: Entry, moderator: Any
) -> None:
    revision = publish_change(theme, summary_en="Since.")
    publishing.resolve_and_publish(
        one.proposal, by=moderator, choices={Path(column="summary_en"): "theirs"}, against=revision.number
    )

    page, mail = told(client, one)

    assert fresh(one).state == ProposalState.SUPERSEDED
    for said in (page, mail):
        assert "The record says “Since.” now." in said
        assert "The record was changed since this was proposed, and keeps what it says now." in said


def test_what_was_left_out_when_a_conflict_was_resolved_still_stands_on_the_page(
    client: Client, theme: Entry, moderator: Any
) -> None:
    one = sent(theme, summary_en="After.", summary_fr="Après.")
    revision = publish_change(theme, summary_en="Since.")
    publishing.resolve_and_publish(
        one.proposal, by=moderator, choices={Path(column="summary_en"): "theirs"}, against=revision.number
    )

    page = followed(client, one)

    assert fresh(one).state == ProposalState.PARTLY_ACCEPTED
    assert "After." in page
    assert page.count('class="verdict declined"') == page.count('class="verdict accepted"') == 1


def test_a_note_on_several_declined_facts_stands_once(client: Client, theme: Entry, moderator: Any) -> None:
    one = sent(theme, summary_en="After.", summary_fr="Après.", title_fr="Trêve")
    accept_first(one, moderator, note="Neither has a source.")

    page, mail = told(client, one)

    assert page.count("Neither has a source.") == mail.count("Neither has a source.") == 1
    assert page.count("It is not clear what is meant") == 2


def test_a_note_for_moderators_is_never_told(client: Client, one: Contribution, moderator: Any) -> None:
    deciding.decline(one, by=moderator, reason=Reason.UNCLEAR, internal_note="A known troll.")
    deciding.undo(one, by=moderator)
    deciding.decline(one, by=moderator, reason=Reason.UNCLEAR, internal_note="A known troll.")
    desk = Client()
    desk.force_login(moderator)

    page, mail = told(client, one)
    review = desk.get(reverse("admin:contributions_contribution_change", args=[one.pk])).content.decode()

    assert "A known troll." not in page + mail
    assert review.count("A known troll.") == 1
