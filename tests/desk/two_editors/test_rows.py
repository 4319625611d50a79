"""Two people edit the rows of one entry: rows are added, deleted and changed side by side."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.actions import publishing
from tests.desk.sheets import Sheet
from tests.desk.two_editors.conflicts import decide
from tests.factories import an_account, edited, key, newest, proposal_of, publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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

    assert "Fire ceases" in page
    assert page.count("Carried out.") == 1
    assert "What else was published meanwhile" not in page
    assert answer.status_code == 302
    assert [*newest(case).snapshot["rows"]["provision"]] == [provision]
    assert len(newest(case).snapshot["rows"]["assessment"]) == 1
