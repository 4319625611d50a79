"""The page of an actor shows what it did, newest first."""

import pytest

from tests.factories import (
    publish_actor,
    publish_case,
    publish_initiative,
)
from tests.whole_site.parts.pages import Page, cells, inside, section, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_an_actor_shows_its_roles_newest_case_first(page: Page) -> None:
    actor = publish_actor()
    publish_case(
        title_en="Old", declared_on="1994", rows={"participation": [{"actor": actor, "role": "mediator"}]}
    )
    publish_case(
        title_en="New", declared_on="2020-10", outcome="holding", outcome_as_of="2021",
        rows={"participation": [{"actor": actor, "side_en": "North"}]},
    )  # fmt: skip

    document = page(actor)

    (table,) = inside(document, section(document, "cases"), "table")
    assert cells(document, table) == [
        [
            "New October 2020",
            "Signatory (North)",
            "at least 2 months and counting",
            "Holding",
        ],
        ["Old 1994", "Mediator", "not dated", "Unknown"],
    ]


def test_an_actor_shows_what_it_helped_to_rebuild(page: Page) -> None:
    actor = publish_actor()
    publish_initiative(
        title_en="Schools", began_on="2019", rows={"partner": [{"actor": actor, "role": "lead"}]}
    )

    document = page(actor)

    assert [words(one) for one in inside(document, section(document, "initiatives"), "li")] == [
        "Schools Lead organisation · 2019"
    ]


def test_an_actor_without_a_role_shows_none(page: Page) -> None:
    assert [*page(publish_actor()).all("section")] == []
