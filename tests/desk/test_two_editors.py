"""Two people edit one entry: changes are merged, or wait in a conflict; nothing is lost."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from publishing.actions import publishing
from publishing.models import Entry, Proposal, Revision
from publishing.vocabulary import ProposalState
from tests.databases import some_on_every_database
from tests.desk.conftest import signed_in
from tests.desk.sheets import Fields, Sheet, change_page
from tests.factories import (
    an_account,
    edited,
    key,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_change,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def choices_on(client: Client, address: str) -> dict[str, str]:
    """The fields of the page that resolves a conflict, without a choice."""
    fields = Fields(client.get(address).content.decode())
    names = [name for name in fields.inputs if name.startswith("choice:")]
    return {"against": fields.values["against"][0], **dict.fromkeys(names, "")}


def decide(client: Client, address: str, whose: str) -> HttpResponse:
    sent = choices_on(client, address)
    return client.post(address, {name: value or whose for name, value in sent.items()})


@pytest.fixture
def actor() -> Any:
    return publish_actor(
        description_en="Before", description_ar="قبل", rows={"alias": [{"name": "First name"}]}
    )


@pytest.fixture
def conflict(actor: Any, desk: Client, other_desk: Client) -> str:
    """The address of a conflict on the finding; each side has other changes too."""
    mine = Sheet.of(desk, actor, description_en="Mine", title_ar="My place", public_note="My note")
    Sheet.of(other_desk, actor, description_en="Theirs", title_fr="Leur lieu").save()
    return mine.save().url


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


def test_rows_that_each_of_two_added_are_both_kept(actor: Any, desk: Client, other_desk: Client) -> None:
    mine, theirs = Sheet.of(desk, actor), Sheet.of(other_desk, actor)
    mine.add("aliases", name="Mine")
    theirs.add("aliases", name="Theirs")

    theirs.save()
    mine.save()

    titles = {row["name"] for row in newest(actor).snapshot["rows"]["alias"].values()}
    assert titles == {"First name", "Mine", "Theirs"}


def test_a_row_that_the_other_deleted_and_i_did_not_touch_stays_deleted(
    actor: Any, desk: Client, other_desk: Client
) -> None:
    (alias,) = newest(actor).snapshot["rows"]["alias"]
    mine = Sheet.of(desk, actor, description_en="Mine")
    Sheet.of(other_desk, actor).delete("aliases", alias).save()

    answer = mine.save()

    assert answer.url == reverse("admin:cases_actor_changelist")
    assert newest(actor).snapshot["rows"]["alias"] == {}
    assert newest(actor).snapshot["fields"]["description_en"] == "Mine"


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


@pytest.mark.parametrize("whose, titles", [("mine", ["First name twice"]), ("theirs", [])])
def test_a_row_that_the_other_deleted_while_i_changed_it_is_asked(
    actor: Any, desk: Client, other_desk: Client, whose: str, titles: list[str]
) -> None:
    (alias,) = newest(actor).snapshot["rows"]["alias"]
    mine = Sheet.of(desk, actor).change("aliases", alias, name="First name twice")
    Sheet.of(other_desk, actor).delete("aliases", alias).save()

    answer = mine.save()
    page = desk.get(answer.url).content.decode()
    decided = decide(desk, answer.url, whose)

    assert "First name twice" in page
    assert decided.status_code == 302 or "Nothing was changed" in decided.content.decode()
    assert [row["name"] for row in newest(actor).snapshot["rows"]["alias"].values()] == titles


def test_a_row_that_i_deleted_while_the_other_changed_it_is_asked(
    actor: Any, desk: Client, other_desk: Client
) -> None:
    (alias,) = newest(actor).snapshot["rows"]["alias"]
    mine = Sheet.of(desk, actor).delete("aliases", alias)
    Sheet.of(other_desk, actor).change("aliases", alias, name="First name twice").save()

    answer = mine.save()

    assert "/resolve/" in answer.url
    assert "First name twice" in desk.get(answer.url).content.decode()
    decide(desk, answer.url, "mine")
    assert newest(actor).snapshot["rows"]["alias"] == {}


def test_a_row_of_a_row_that_the_other_deleted_does_not_hang_in_the_air(
    desk: Client, other_desk: Client
) -> None:
    provision = key()
    case = publish_case(rows={"provision": [{"id": provision}]})
    mine = Sheet.of(desk, case).add(
        "assessment_set", provision=provision, assessed_on="2021", implementation="2", narrative_en="My view"
    )
    Sheet.of(other_desk, case).delete("provisions", provision).save()

    answer = mine.save()

    text = answer.content.decode() if answer.status_code == 200 else desk.get(answer.url).content.decode()
    assert "My view" in text
    assert newest(case).number == 2


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


FORGED = {
    "garbage": "abc",
    "a number that is none": "999999",
    "below zero": "-1",
    "huge": "9" * 400,
    "other digits": "١",
    "a null byte": "\0",
    "nothing": "",
    "of another entry": "7",
}


@pytest.mark.parametrize("number", some_on_every_database(FORGED, ["huge"]))
def test_a_forged_start_overwrites_nothing(actor: Any, desk: Client, other_desk: Client, number: str) -> None:
    busy = publish_actor()
    for count in range(6):
        publish_change(busy, description_en=f"Change {count}")
    mine = Sheet.of(desk, actor, description_en="Mine")
    Sheet.of(other_desk, actor, description_en="Theirs").save()

    answer = mine.save(based_on=number)

    assert answer.status_code in {200, 302, 400}
    assert newest(actor).number == 2
    assert newest(actor).snapshot["fields"]["description_en"] == "Theirs"


def test_a_missing_start_overwrites_nothing(actor: Any, desk: Client, other_desk: Client) -> None:
    mine = Sheet.of(desk, actor, description_en="Mine")
    Sheet.of(other_desk, actor, description_en="Theirs").save()

    answer = mine.save(based_on=None)

    assert answer.status_code == 200
    assert newest(actor).snapshot["fields"]["description_en"] == "Theirs"


def test_the_oldest_start_is_merged_like_any_other(actor: Any, desk: Client) -> None:
    publish_change(actor, description_en="Theirs")
    sheet = Sheet.of(desk, actor, description_en="Mine")

    answer = sheet.save(based_on="1")

    assert "/resolve/" in answer.url
    assert Revision.objects.filter(entry_id=actor.pk).count() == 2
    assert desk.get(change_page(actor)).status_code == 200


def test_a_provision_that_one_deleted_is_shown_with_what_the_other_wrote_below_it(other_desk: Client) -> None:
    provision = key()
    case = publish_case(rows={"provision": [{"id": provision, "text_en": "Fire ceases"}]})
    wanted = edited(case, {"assessment": [{"provision": provision, "narrative_en": "Carried out."}]})
    mine = proposal_of(wanted, by=an_account("author"), base=newest(case))
    without = edited(case)
    del without["rows"]["provision"][provision]
    publishing.publish(
        proposal_of(without, by=None, base=newest(case)), by=an_account("other", is_superuser=True)
    )
    address = reverse("admin:publishing_proposal_resolve", args=[mine.pk])

    page = other_desk.get(address).content.decode()
    answer = decide(other_desk, address, "mine")

    conflict, others = page.split("What else was published meanwhile")
    assert "Fire ceases" in conflict
    assert "Carried out." in conflict
    assert "Carried out." not in others
    assert answer.status_code == 302
    assert [*newest(case).snapshot["rows"]["provision"]] == [provision]
    assert len(newest(case).snapshot["rows"]["assessment"]) == 1
