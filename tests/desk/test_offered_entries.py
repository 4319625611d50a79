"""What the boxes offer: of entries that answer as well, those that are used more stand first."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import publish_actor, publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

ABOUT = {"app_label": "cases", "model_name": "participation", "field_name": "actor"}


def offered(desk: Client, term: str) -> list[dict[str, Any]]:
    found = desk.get("/en/admin/autocomplete/", {**ABOUT, "term": term}).json()["results"]
    return [one for one in found if one["id"] != "make"]


def test_those_that_answer_as_well_stand_by_their_use(desk: Client) -> None:
    seldom, often = publish_actor(title_en="African Union"), publish_actor(title_en="African Union Mission")
    other = publish_actor(title_en="African Union Office")
    for _ in range(2):
        publish_case(rows={"participation": [{"actor": often}]})
    publish_case(rows={"participation": [{"actor": seldom}, {"actor": other}]})

    found = offered(desk, "african union")

    assert [one["id"] for one in found] == [str(one.pk) for one in (seldom, often, other)]
    assert [one["uses"] for one in found] == ["used 1 time", "used 2 times", "used 1 time"]


def test_another_name_by_which_it_is_found_is_shown(desk: Client) -> None:
    publish_actor(title_en="Hezbollah", title_ar="حزب الله", rows={"alias": [{"name": "Party of God"}]})

    [found] = offered(desk, "party of god")
    assert found["aliases"] == ["Party of God"]
    assert found["others"] == [["ar", "حزب الله"]]


def test_as_many_questions_are_asked_for_twenty_as_for_one(desk: Client) -> None:
    publish_actor(title_en="Group 0")
    offered(desk, "group")
    with CaptureQueriesContext(connection) as for_one:
        offered(desk, "group")
    for number in range(1, 20):
        publish_actor(title_en=f"Group {number}", rows={"alias": [{"name": f"G{number}"}]})

    with CaptureQueriesContext(connection) as for_twenty:
        assert len(offered(desk, "group")) == 20
    assert len(for_twenty) == len(for_one) <= 12
