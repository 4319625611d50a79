"""An account that moderators have paused writes on, and brings nothing out until the pause is over."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contributions.actions.deciding import block_sender as pause_sender
from contributions.models import SenderBlock
from publishing.actions import drafting, reviewing
from publishing.models import Entry, Proposal
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState
from tests.factories import an_account, edited, newest, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def theme(db: None) -> Entry:
    return publish_theme()


@pytest.fixture
def moderator(db: None) -> Any:
    return an_account("moderator", is_staff=True, is_superuser=True)


@pytest.fixture
def author(db: None) -> Any:
    return an_account("author", is_staff=True, is_superuser=True)


def pause(account: Any, *, by: Any, hours: int = 1) -> None:
    until = timezone.now() + datetime.timedelta(hours=hours)
    SenderBlock.objects.create(account=account, until=until, why="Floods the review.", by=by)


def draft(theme: Entry, author: Any) -> Proposal:
    said = {"note": "Better.", "note_language": "en", "change_class": "correction"}
    return drafting.begin_draft(edited(theme, title_en="Better"), by=author, base=newest(theme), **said)


def test_a_paused_account_goes_on_writing(theme: Entry, author: Any, moderator: Any) -> None:
    pause(author, by=moderator)

    assert draft(theme, author).state == ProposalState.DRAFT


def test_a_paused_account_submits_nothing(theme: Entry, author: Any, moderator: Any) -> None:
    written = draft(theme, author)
    pause(author, by=moderator)

    with pytest.raises(Refusal) as refused:
        reviewing.submit(written, by=author)

    assert refused.value.code == "paused"
    written.refresh_from_db()
    assert written.state == ProposalState.DRAFT


def test_a_paused_account_publishes_nothing_of_its_own(
    theme: Entry, author: Any, moderator: Any, settings: Any
) -> None:
    settings.FOUR_EYES = False
    written = draft(theme, author)
    pause(author, by=moderator)

    with pytest.raises(Refusal) as refused:
        reviewing.accept(written, by=author)

    assert refused.value.code == "paused"
    assert newest(theme).number == 1


def test_what_it_wrote_may_be_brought_out_by_a_moderator(theme: Entry, author: Any, moderator: Any) -> None:
    written = draft(theme, author)
    pause(author, by=moderator)

    reviewing.submit(written, by=moderator)

    written.refresh_from_db()
    assert written.state == ProposalState.SUBMITTED


def test_a_pause_is_of_one_account_and_ends(theme: Entry, author: Any, moderator: Any) -> None:
    pause(moderator, by=author)
    pause(author, by=moderator, hours=-1)

    reviewing.submit(draft(theme, author), by=author)


def test_the_form_says_it_and_keeps_what_was_typed(theme: Entry, author: Any, moderator: Any) -> None:
    written = draft(theme, author)
    pause(author, by=moderator)
    client = Client()
    client.force_login(author)

    page = client.get(reverse("admin:pillars_theme_change", args=[theme.pk]), {"draft": written.pk})

    assert "The moderators have paused your account" in page.content.decode()


def test_only_moderators_pause_senders(db: None) -> None:
    with pytest.raises(Refusal) as refused:
        pause_sender("aaaa", by=an_account("reader", is_staff=True), why="Spam.")

    assert refused.value.code == "not_a_moderator"
    assert not SenderBlock.objects.exists()
