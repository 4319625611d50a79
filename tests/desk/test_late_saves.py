"""A late save waits beside its draft: all that holds for the draft holds for it, until its author has chosen."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from desk.addresses import draft_address
from publishing.actions import drafting, practising, publishing, reviewing
from publishing.models import Entry, PreviewLink, Proposal
from publishing.refusals import Refusal
from publishing.tokens import token_digest
from publishing.vocabulary import ProposalState
from publishing.workflow.running import StepInput, run
from publishing.workflow.transitions import TRANSITIONS
from tests.desk.conftest import signed_in
from tests.factories import an_account, edited, newest, publish_case, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROVENANCE = {"note": "Better.", "note_language": "en", "change_class": "correction"}


@pytest.fixture
def author(db: None) -> Any:
    account = an_account("author", is_staff=True, email="author@example.org")
    wanted = ("add_case", "change_case", "view_proposal", "decide_proposal")
    account.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return account


@pytest.fixture
def practice(author: Any) -> Proposal:
    return practising.begin_practice(snapshot_of("case"), by=author, note_language="en")


@pytest.fixture
def draft(author: Any) -> Proposal:
    case = publish_case(finding_en="Before.")
    wanted = edited(case, finding_en="Draft.")
    return drafting.begin_draft(wanted, by=author, base=newest(case), **PROVENANCE)


def late_save_of(draft: Proposal, by: Any, **provenance: Any) -> Proposal:
    """The later one of two saves that contradict each other."""
    given = {"by": by, "version": draft.version, **PROVENANCE}
    drafting.save_draft(draft, said(draft, "Theirs."), **given)
    return drafting.save_draft(draft, said(draft, "Mine."), **given, **provenance)


def said(draft: Proposal, finding: str) -> dict[str, Any]:
    return {**draft.wanted, "fields": {**draft.wanted["fields"], "finding_en": finding}}


def choose_mine(author: Any, late: Proposal) -> str:
    """Resolve the conflict at the desk; returns the address that follows."""
    sent = {"against": "2", "choice:finding_en": "mine"}
    return signed_in(author).post(resolve_page(late), sent)["Location"]


def resolve_page(late: Proposal) -> str:
    return reverse("admin:publishing_proposal_resolve", args=[late.pk])


def late_page(late: Proposal) -> str:
    return reverse("admin:publishing_proposal_change", args=[late.pk]).removesuffix("change/")


# --- of an entry for practice -----------------------------------------------------------------------


def test_a_late_save_of_practice_is_practice_too(author: Any, practice: Proposal) -> None:
    late = late_save_of(practice, author)
    moderator = signed_in(an_account())

    assert late.is_practice
    assert moderator.get(draft_address(late)).status_code == 404
    assert moderator.get(f"{late_page(late)}preview/en/").status_code == 404
    assert moderator.get(resolve_page(late)).status_code == 403
    assert signed_in(author).get(resolve_page(late)).status_code == 200


def test_it_is_not_taken_for_the_practice_itself(author: Any, practice: Proposal) -> None:
    late = late_save_of(practice, author)
    long_before = practice.created_at - datetime.timedelta(days=1)
    Proposal.objects.filter(pk=late.pk).update(created_at=long_before)

    assert practising.practice_of(author) == practice


@pytest.mark.every_database
def test_its_conflict_is_resolved_and_leaves_the_practice_alone(author: Any, practice: Proposal) -> None:
    late = late_save_of(practice, author)

    assert choose_mine(author, late) == draft_address(practice)

    assert [*Proposal.objects.all()] == [practice]
    assert Proposal.objects.get().wanted["fields"]["finding_en"] == "Mine."


@pytest.mark.every_database
def test_practice_is_thrown_away_with_its_late_saves(author: Any, practice: Proposal) -> None:
    late = late_save_of(practice, author)
    drafting.autosave_form(f"{late.pk}:{'A' * 12}", [("title_en", "x")], by=author)

    assert signed_in(author).post("/en/admin/practice/", {"verb": "throw_away"}).status_code == 302

    assert not Proposal.objects.exists()


def test_no_link_shows_practice_to_the_public(author: Any, practice: Proposal) -> None:
    late = late_save_of(practice, author)
    for proposal in (practice, late):
        answer = signed_in(author).post(f"{late_page(proposal)}share/", {"days": "7"})
        assert "This entry is for practice" in answer.content.decode()
    assert not PreviewLink.objects.exists()


def test_a_link_to_practice_that_was_made_before_leads_nowhere(author: Any, practice: Proposal) -> None:
    other = drafting.begin_draft(snapshot_of("case"), by=author, base=None, **PROVENANCE)
    link, token = reviewing.share_preview(other, by=author, days=1)
    assert link.token_digest == token_digest(token)
    PreviewLink.objects.update(proposal=practice)

    assert Client().get(f"/en/preview/{token}/").status_code == 404


# --- of any draft -----------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [*TRANSITIONS])
@pytest.mark.parametrize("of", ["draft", "practice"])
def test_before_its_conflict_is_resolved_no_step_leads_on(
    of: str, step: str, author: Any, request: pytest.FixtureRequest
) -> None:
    late = late_save_of(request.getfixturevalue(of), author)
    before = (Entry.objects.count(), Proposal.objects.count())

    answer = signed_in(author).post(f"{late_page(late)}step/{step}/", {"note": "Now.", "reason": "other"})

    assert answer.status_code in {200, 302}
    late.refresh_from_db()
    ended = [ProposalState.WITHDRAWN] if (step, of) == ("withdraw", "draft") else [ProposalState.DRAFT]
    assert late.state in ended
    assert (Entry.objects.count(), Proposal.objects.count()) == before


@pytest.mark.parametrize("button", ["_draft", "_submit", "_save"])
def test_its_form_cannot_be_saved(author: Any, draft: Proposal, button: str) -> None:
    late = late_save_of(draft, author)
    before = Proposal.objects.count()

    answer = signed_in(author).post(draft_address(late), {button: "x", "draft_version": late.version})

    assert "This save conflicts with the draft" in answer.content.decode()
    assert Proposal.objects.count() == before


def test_no_action_changes_publishes_submits_or_shares_it(author: Any, draft: Proposal) -> None:
    late = late_save_of(draft, author)
    for act in (
        lambda: drafting.save_draft(late, late.wanted, by=author, version=1, **PROVENANCE),
        lambda: publishing.publish(late, by=author),
        lambda: reviewing.submit(late, by=author),
        lambda: reviewing.share_preview(late, by=author, days=1),
        lambda: publishing.resolve(late, by=author, choices={}, against=1),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "late"


def test_its_author_finds_it_on_the_first_page(author: Any, draft: Proposal) -> None:
    late = late_save_of(draft, author)

    page = signed_in(author).get("/en/admin/").content.decode()

    assert "Conflicting saves: choose" in page
    assert f"{late.pk}/change/" in page


def test_it_can_be_withdrawn_where_its_draft_has_gone_on(author: Any, draft: Proposal) -> None:
    late = late_save_of(draft, author)
    reviewing.step("withdraw", draft, by=author)
    client = signed_in(author)
    withdraw = f"{late_page(late)}step/withdraw/"
    assert withdraw in client.get(resolve_page(late)).content.decode()

    page = client.post(withdraw, follow=True)

    assert page.redirect_chain[-1][0].endswith(f"{late.pk}/change/")
    assert "Mine." in page.content.decode()


@pytest.mark.parametrize("theirs, mine", [(True, False), (False, True), (True, True)])
def test_sources_are_confirmed_for_what_both_have_looked_at(
    theirs: bool, mine: bool, author: Any, draft: Proposal
) -> None:
    late = late_save_of(draft, author, sources_confirmed=mine, override_reason="A rule is wrong here.")
    Proposal.objects.filter(pk=draft.pk).update(sources_confirmed=theirs)

    assert choose_mine(author, late) == draft_address(draft)

    draft.refresh_from_db()
    assert draft.sources_confirmed is (theirs and mine)
    assert draft.override_reason == "A rule is wrong here."


def test_a_new_entry_has_no_conflict_with_what_is_public(author: Any) -> None:
    new = drafting.begin_draft(snapshot_of("case"), by=author, base=None, **PROVENANCE)

    with pytest.raises(Refusal, match="no conflicts"):
        run("resolve", new, by=author, given=StepInput())
