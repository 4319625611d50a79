"""A moderator after a decision about an editor's proposal: the next one, and what can still be undone."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.actions import drafting, reviewing
from publishing.models import Entry, Proposal
from publishing.vocabulary import Origin, ProposalState
from tests.desk.conftest import signed_in
from tests.desk.sheets import Sheet
from tests.factories import an_account, edited, newest, publish_change, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SAID = {"note": "A better word.", "note_language": "en", "change_class": "correction"}


@pytest.fixture
def theme(db: None) -> Entry:
    return publish_theme(title_en="Truce", summary_en="Before.")


@pytest.fixture
def author(db: None) -> Any:
    return an_account("author", is_staff=True, is_superuser=True)


def submitted(theme: Entry, author: Any, days: int = 0, **changes: Any) -> Proposal:
    draft = drafting.begin_draft(edited(theme, **changes), by=author, base=newest(theme), **SAID)
    proposal = reviewing.submit(draft, by=author)
    Proposal.objects.filter(pk=proposal.pk).update(
        submitted_at=timezone.now() - datetime.timedelta(days=days)
    )
    return proposal


def at(proposal: Proposal, name: str = "change", *args: Any) -> str:
    return reverse(f"admin:publishing_proposal_{name}", args=[proposal.pk, *args])


def take(client: Client, proposal: Proposal, step: str, **said: Any) -> Any:
    return client.post(at(proposal, "step", step), said)


@pytest.mark.every_database
def test_after_a_decision_the_next_that_waits_is_shown_and_after_the_last_the_list(
    other_desk: Client, theme: Entry, author: Any
) -> None:
    old, young = (submitted(theme, author, days, summary_fr=f"{days}") for days in (5, 1))
    submitted(publish_theme(), an_account("colleague"), 3, summary_fr="Mine.")

    first = take(other_desk, old, "decline", note="Why?", reason="unclear")
    own = Proposal.objects.get(author__username="colleague")
    second = take(other_desk, own, "accept")
    last = take(other_desk, young, "send_back", note="Which page?")

    assert first.url == at(own)
    assert second.url == at(young)
    assert last.url == f"{reverse('admin:publishing_proposal_changelist')}?waiting=review"


@pytest.mark.every_database
def test_what_somebody_else_has_taken_on_is_not_the_next(
    other_desk: Client, theme: Entry, author: Any
) -> None:
    old, taken, young = (submitted(theme, author, days, summary_fr=f"{days}") for days in (5, 3, 1))
    reviewing.claim(taken, by=an_account("third", is_superuser=True))

    assert take(other_desk, old, "decline", note="Why?", reason="unclear").url == at(young)


def test_taking_a_review_on_stays_at_the_proposal(other_desk: Client, theme: Entry, author: Any) -> None:
    old, _young = (submitted(theme, author, days, summary_fr=f"{days}") for days in (5, 1))

    assert take(other_desk, old, "claim").url == at(old)


def test_the_page_says_until_when_the_decision_is_undone_and_has_the_key(
    other_desk: Client, theme: Entry, author: Any
) -> None:
    proposal = submitted(theme, author, summary_en="After.")
    take(other_desk, proposal, "accept")
    until = Proposal.objects.get(pk=proposal.pk).decided_at + datetime.timedelta(minutes=10)

    page = other_desk.get(at(proposal)).content.decode()
    take(other_desk, proposal, "reopen")

    assert page.count('data-key="u"') == page.count('data-step="reopen"') == 1
    assert f"until {until:%H:%M} UTC" in page
    assert newest(theme).snapshot["fields"]["summary_en"] == "Before."


def test_after_that_time_the_page_leads_to_the_revision(
    other_desk: Client, theme: Entry, author: Any
) -> None:
    proposal = submitted(theme, author, summary_en="After.")
    take(other_desk, proposal, "accept")
    Proposal.objects.update(decided_at=timezone.now() - datetime.timedelta(minutes=11))

    page = other_desk.get(at(proposal)).content.decode()

    assert 'data-key="u"' not in page
    assert f'<a href="{newest(theme).get_admin_url()}">Undo what it published' in page


@pytest.mark.every_database
def test_an_undo_that_others_have_overtaken_says_so_on_the_page(
    other_desk: Client, theme: Entry, author: Any
) -> None:
    proposal = submitted(theme, author, summary_en="After.")
    take(other_desk, proposal, "accept")
    publish_change(theme, summary_en="Since.")

    answer = other_desk.post(at(proposal, "step", "reopen"), follow=True)

    assert answer.redirect_chain[-1][0] == at(proposal)
    assert "The same facts have been changed since; correct them by hand." in answer.content.decode()


def test_a_declined_proposal_can_be_opened_again_later(other_desk: Client, theme: Entry, author: Any) -> None:
    proposal = submitted(theme, author, summary_en="After.")
    take(other_desk, proposal, "decline", note="Why?", reason="unclear")
    Proposal.objects.update(decided_at=timezone.now() - datetime.timedelta(days=30))

    page = other_desk.get(at(proposal)).content.decode()
    take(other_desk, proposal, "reconsider")

    assert 'data-step="reconsider" class="light">Open it for review again' in page
    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.SUBMITTED


# --- what was published since ------------------------------------------------------------------------


def test_the_review_page_shows_the_value_that_is_public_now(
    other_desk: Client, theme: Entry, author: Any
) -> None:
    proposal = submitted(theme, author, summary_en="Proposed.", summary_fr="Proposé.")
    publish_change(theme, summary_en="Since.", title_fr="Trêve")

    page = other_desk.get(at(proposal)).content.decode()

    assert "Was “Before.” when it was proposed; “Since.” is public now." in page
    assert page.count("is public now.") == 1
    assert "The record was changed since this was begun: revision 2 is public now" in page
    assert "Facts that both change: Summary (English)." in page


def test_a_proposal_of_what_is_newest_says_nothing_of_the_kind(
    other_desk: Client, theme: Entry, author: Any
) -> None:
    proposal = submitted(theme, author, summary_en="Proposed.")

    assert "The record was changed since" not in other_desk.get(at(proposal)).content.decode()


def test_who_submits_on_an_older_revision_is_told(desk: Client, theme: Entry) -> None:
    sheet = Sheet.of(desk, theme, summary_en="Mine.")
    publish_change(theme, summary_en="Since.")

    answer = desk.get(sheet.save(_submit="1").url)

    assert "Facts that both change: Summary (English)." in answer.content.decode()
    assert Proposal.objects.filter(state=ProposalState.SUBMITTED).exists()


# --- notes for moderators ------------------------------------------------------------------------------


def test_a_note_for_moderators_is_shown_to_them_once_and_to_nobody_else(
    other_desk: Client, theme: Entry
) -> None:
    author = an_account("an author", is_staff=True)
    wanted = ["change_theme", "view_theme", "view_proposal"]
    author.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    proposal = submitted(theme, author, summary_en="After.", summary_fr="Après.")
    take(other_desk, proposal, "decline", note="Why?", reason="unclear", internal_note="Ask the archive.")

    told = other_desk.get(at(proposal)).content.decode()
    untold = signed_in(author).get(at(proposal))

    assert told.count("Ask the archive.") == 1
    assert untold.status_code == 200
    assert "Ask the archive." not in untold.content.decode()


def test_the_note_stays_when_the_decision_is_undone(other_desk: Client, theme: Entry, author: Any) -> None:
    proposal = submitted(theme, author, summary_en="After.")
    take(other_desk, proposal, "decline", note="Why?", reason="unclear", internal_note="Ask the archive.")
    take(other_desk, proposal, "reopen")

    assert "Ask the archive." in other_desk.get(at(proposal)).content.decode()


def test_the_next_is_one_of_the_list_from_which_the_moderator_came(
    other_desk: Client, theme: Entry, author: Any
) -> None:
    first, other, last = (submitted(theme, author, days, summary_fr=f"{days}") for days in (5, 3, 1))
    Proposal.objects.filter(pk__in=[first.pk, last.pk]).update(origin=Origin.IMPORT)
    listed = "?_changelist_filters=origin__exact%3Dimport%26p%3D9"
    refused = {"note": "Why?", "reason": "unclear"}

    claimed = other_desk.post(at(first, "step", "claim") + listed)
    said = other_desk.post(at(first, "comment") + listed, {"text": "Which page?"})
    declined = other_desk.post(at(first, "step", "decline") + listed, refused)
    ended = other_desk.post(at(last, "step", "decline") + listed, refused, follow=True)

    assert (claimed.url, said.url, declined.url) == (
        at(first) + listed,
        at(first) + listed,
        at(last) + listed,
    )
    assert ended.redirect_chain[0][0].endswith("/proposal/?origin__exact=import")
    assert "the last one of this list" in ended.content.decode()
    assert other.state == ProposalState.SUBMITTED


@pytest.mark.parametrize("filters", ["import%3Dnonsense", "author__password%3Dx", "%2500%3Dx"])
def test_a_decision_stands_where_the_filters_are_wrong(
    other_desk: Client, theme: Entry, author: Any, filters: str
) -> None:
    first, young = (submitted(theme, author, days, summary_fr=f"{days}") for days in (5, 1))

    answer = other_desk.post(
        at(first, "step", "decline") + f"?_changelist_filters={filters}",
        {"note": "Why?", "reason": "unclear"},
    )

    assert answer.url.startswith(at(young))
