"""The revision that an edit began from: forged, missing or old, it overwrites nothing."""

from typing import Any

import pytest
from django.test import Client

from publishing.models import Revision
from tests.databases import some_on_every_database
from tests.desk.sheets import Sheet, change_page
from tests.factories import newest, publish_actor, publish_change

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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
