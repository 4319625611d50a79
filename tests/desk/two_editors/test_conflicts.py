"""Two people edit one entry: changes are merged, or wait in a conflict; nothing is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.models import Entry, Proposal
from publishing.vocabulary import ProposalState
from tests.desk.conftest import signed_in
from tests.desk.sheets import Sheet
from tests.desk.two_editors.conflicts import choices_on, decide
from tests.factories import an_account, newest, publish_change

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.every_database
def test_edits_of_different_fields_are_merged_silently(actor: Any, desk: Client, other_desk: Client) -> None:
    mine, theirs = (
        Sheet.of(desk, actor, description_en="Mine"),
        Sheet.of(other_desk, actor, description_ar="لهم"),
    )

    assert theirs.save().status_code == 302
    answer = mine.save()

    assert answer.url == reverse("admin:cases_actor_changelist")
    fields = newest(actor).snapshot["fields"]
    assert (fields["description_en"], fields["description_ar"], newest(actor).number) == ("Mine", "لهم", 3)


@pytest.mark.every_database
def test_edits_of_the_same_field_lead_to_a_page_with_base_theirs_and_mine(
    desk: Client, conflict: str
) -> None:
    page = desk.get(conflict).content.decode()

    for text in ("Before", "Theirs", "Mine", "My place", "Leur lieu"):
        assert text in page
    assert list(choices_on(desk, conflict)) == ["against", "choice:description_en"]


def test_a_conflict_publishes_nothing_until_it_is_decided(actor: Any, conflict: str) -> None:
    draft = Proposal.objects.get(state=ProposalState.DRAFT)

    assert newest(actor).number == 2
    assert newest(actor).snapshot["fields"]["description_en"] == "Theirs"
    assert draft.wanted["fields"]["description_en"] == "Mine"


@pytest.mark.parametrize("whose, finding", [("mine", "Mine"), ("theirs", "Theirs")])
def test_a_choice_publishes_and_loses_nothing_else(
    actor: Any, desk: Client, editor: Any, conflict: str, whose: str, finding: str
) -> None:
    answer = decide(desk, conflict, whose)

    assert answer.status_code == 302
    revision = newest(actor)
    fields = revision.snapshot["fields"]
    assert fields["description_en"] == finding
    assert (fields["title_ar"], fields["title_fr"]) == ("My place", "Leur lieu")
    assert (revision.number, revision.note, revision.author) == (3, "My note", editor)
    assert not Proposal.objects.filter(state=ProposalState.DRAFT).exists()


def test_a_conflict_without_a_choice_asks_again(actor: Any, desk: Client, conflict: str) -> None:
    answer = desk.post(conflict, choices_on(desk, conflict))

    assert answer.status_code == 200
    assert "This field is required." in answer.content.decode()
    assert newest(actor).number == 2


def test_a_choice_made_against_an_older_revision_asks_again(actor: Any, desk: Client, conflict: str) -> None:
    sent = {name: value or "mine" for name, value in choices_on(desk, conflict).items()}
    publish_change(actor, description_en="Newer still")

    answer = desk.post(conflict, sent, follow=True)

    assert "It was changed again." in answer.content.decode()
    assert "Newer still" in answer.content.decode()
    assert newest(actor).snapshot["fields"]["description_en"] == "Newer still"
    assert decide(desk, conflict, "mine").status_code == 302
    assert newest(actor).snapshot["fields"]["description_en"] == "Mine"


def test_a_conflict_that_vanished_meanwhile_can_still_be_published(
    actor: Any, desk: Client, conflict: str
) -> None:
    publish_change(actor, description_en="Before")

    decide(desk, conflict, "mine")

    fields = newest(actor).snapshot["fields"]
    assert (fields["description_en"], fields["title_ar"]) == ("Mine", "My place")


def test_nobody_opens_the_conflict_of_another(other_desk: Client, conflict: str, db: None) -> None:
    nosy = an_account("nosy", is_staff=True)
    nosy.user_permissions.set(Proposal.objects.get(state=ProposalState.DRAFT).author.user_permissions.all())

    assert signed_in(nosy).get(conflict).status_code == 403
    assert (
        signed_in(nosy).post(conflict, {"against": "2", "choice:description_en": "mine"}).status_code == 403
    )
    assert Client().get(conflict).status_code == 302


def test_a_decided_conflict_says_so(desk: Client, conflict: str) -> None:
    decide(desk, conflict, "mine")

    answer = desk.get(conflict)

    assert answer.status_code == 302


def test_what_i_typed_is_kept_when_the_entry_was_retracted_meanwhile(
    actor: Any, desk: Client, other_desk: Client
) -> None:
    mine = Sheet.of(desk, actor, description_en="Mine").add("aliases", name="My name")
    other_desk.post(
        reverse("admin:cases_actor_delete", args=[actor.pk]), {"note": "Wrong.", "note_language": "en"}
    )

    answer = mine.save()

    assert answer.status_code == 200
    for text in ("retracted in the meantime", "Mine", "My name"):
        assert text in answer.content.decode()
    assert Entry.objects.get(pk=actor.pk).is_retracted
