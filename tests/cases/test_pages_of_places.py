"""The page of a place: its ceasefires with how long they lasted, and what was given for reconstruction."""

import pytest
from django.test import Client

from tests.factories import publish_actor, publish_case, publish_initiative, publish_place, publish_theme
from tests.whole_site.reading import Document, Element

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def words(element: Element) -> str:
    return " ".join(element.text.split())


def test_each_ceasefire_says_how_long_it_lasted_and_what_became_of_it(client: Client) -> None:
    place = publish_place()
    publish_case(
        title_en="Truce", countries=[place], declared_on="2020-01-01", ended_on="2020-01-15",
        outcome="expired", outcome_as_of="2020",
    )  # fmt: skip

    document = Document.of(client.get(place.get_absolute_url()).content.decode())

    assert [words(one) for one in document.all("td")] == ["14 days", "Expired"]


def test_each_initiative_says_its_first_amounts_and_how_many_others_there_are(client: Client) -> None:
    place, donor = publish_place(), publish_actor(title_en="Donor")
    fundings = [{"actor": donor if year else None, "pledged": f"{year + 1}.00", "as_of": f"202{year}"}
                for year in range(5)]  # fmt: skip
    publish_initiative(main_theme=publish_theme(), countries=[place], rows={"funding": fundings})
    publish_initiative(main_theme=publish_theme(), countries=[place])

    document = Document.of(client.get(place.get_absolute_url()).content.decode())

    [given] = document.all("ul", class_="given")
    lines = [words(one) for one in document.all("li") if given in one.above]
    assert len(lines) == 4
    assert lines[-1] == "2 further amounts"
    assert all(line.startswith("Pledged: ") and "USD" in line for line in lines[:3])
    assert "not added up" in document.text
