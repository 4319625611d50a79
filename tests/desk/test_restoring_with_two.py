"""Where nobody publishes what they wrote themselves, merging and restoring are still possible."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.vocabulary import Role
from cases.models import Case
from publishing import snapshots
from publishing.actions import retracting, reviewing
from publishing.models import Entry, Proposal, Revision
from publishing.vocabulary import ChangeClass, ProposalState
from tests.desk.conftest import signed_in
from tests.desk.sheets import change_page
from tests.factories import an_account, newest, publish_actor, publish_case, publish_change
from tests.kept import kept
from tests.publishing.merges import merge

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOTE = {"note": "Back.", "note_language": "en"}


@kept
def written() -> tuple[Entry, Entry, Entry]:
    """An actor to keep, one to drop, and a case of the second, which said something else at first."""
    keep, drop = publish_actor(), publish_actor()
    case = publish_case(finding_en="First", rows={"participation": [{"actor": drop}]})
    publish_change(case, finding_en="Second")
    return keep, drop, case


@pytest.fixture
def moderators(written: Any, groups: dict[str, Group], settings: Any) -> list[Any]:
    settings.FOUR_EYES = True
    accounts = [an_account(name, is_staff=True) for name in ("first", "second")]
    for account in accounts:
        account.groups.set([groups[Role.MODERATOR]])
    return accounts


def page_of(revision: Revision) -> str:
    return f"/en/admin/publishing/revision/{revision.pk}/change/"


def test_a_moderator_merges_duplicates(written: Any, moderators: list[Any]) -> None:
    keep, drop, case = written

    merge(keep, drop, by=moderators[0])

    assert snapshots.references(snapshots.freeze(case)) == {str(keep.pk)}
    assert (newest(case).author, newest(case).proposals.get().decided_by) == (moderators[0],) * 2
    assert Entry.objects.get(pk=drop.pk).is_retracted


def test_a_moderator_takes_a_retraction_back(written: Any, moderators: list[Any]) -> None:
    case = written[2]
    retraction = retracting.retract(case, by=moderators[0], reason="An error.", language="en")

    answer = signed_in(moderators[0]).post(page_of(retraction), NOTE)

    assert answer.url == change_page(case)
    assert Case.objects.get().finding_en == "Second"
    assert newest(case).author == moderators[0]


def test_whoever_restores_an_older_text_submits_it_to_another(written: Any, moderators: list[Any]) -> None:
    case, desk = written[2], signed_in(moderators[0])
    first = Revision.objects.get(entry_id=case.pk, number=1)
    shown = desk.get(page_of(first)).content.decode()

    answer = desk.post(page_of(first), NOTE)

    assert "You propose that the entry becomes what revision 1 says." in shown
    proposal = Proposal.objects.get(state=ProposalState.SUBMITTED)
    assert answer.url == f"/en/admin/publishing/proposal/{proposal.pk}/change/"
    assert Case.objects.get().finding_en == "Second"
    reviewing.accept(proposal, by=moderators[1])
    assert (Case.objects.get().finding_en, newest(case).change_class) == ("First", ChangeClass.RESTORATION)


def test_an_editor_submits_that_a_retracted_entry_comes_back(
    written: Any, moderators: list[Any], groups: dict[str, Group]
) -> None:
    case = written[2]
    retraction = retracting.retract(case, by=moderators[0], reason="An error.", language="en")
    editor = an_account("writes", is_staff=True)
    editor.groups.set([groups[Role.EDITOR]])

    page = signed_in(editor).post(page_of(retraction), NOTE, follow=True).content.decode()

    assert "When this is accepted, its page is public again." in page
    assert not Case.objects.exists()
    reviewing.accept(Proposal.objects.get(state=ProposalState.SUBMITTED), by=moderators[1])
    assert Client().get(case.get_absolute_url()).status_code == 200
