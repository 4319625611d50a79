"""A cited answer of the list of initiatives stays what it was, as one of the list of cases does."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.actions import retracting
from publishing.models import Revision
from tests.factories import (
    key,
    publish_actor,
    publish_change,
    publish_initiative,
    publish_place,
    publish_theme,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def number_now() -> int:
    """The number of the newest publication."""
    return Revision.objects.latest("pk").pk


def answer(client: Client, number: int, query: str = "") -> Any:
    page = client.get(f"/en/initiatives/answers/{number}/?{query}")
    assert page.status_code == 200, page.get("Location")
    return page


def slugs(page: Any) -> list[str]:
    return [row.row.slug for row in page.context["rows"]]


def moved(page: Any, how: str) -> list[str]:
    return [one.entry.slug for one in getattr(page.context["since"], how)]


@pytest.mark.every_database
def test_the_list_leads_to_an_address_that_keeps_its_answer(client: Client) -> None:
    libya, health = (
        publish_place(slug="libya", title_en="Libya"),
        publish_theme(slug="health", title_en="Health"),
    )
    fund = publish_actor(slug="fund", title_en="A fund")
    paid = key()
    early = publish_initiative(
        slug="early", countries=[libya], main_theme=health, began_on="2001",
        rows={"funding": [{"id": paid, "actor": fund, "pledged": "1", "currency": "USD"}]},
    )  # fmt: skip
    publish_initiative(slug="elsewhere", main_theme=health)
    work = client.get("/en/initiatives/?country=libya&donor=fund&page=1").context["view"].work()

    publish_initiative(
        slug="late",
        countries=[libya],
        main_theme=health,
        rows={"partner": [{"actor": fund, "role": "donor"}]},
    )
    publish_change(early, began_on="2002", summary_en="Beside the question.")
    page = client.get(work.path)

    assert work.title == "Reconstruction initiatives (Donor: A fund; For the country: Libya): 1 of 2"
    assert work.publication == number_now() - 2
    assert slugs(page) == ["early"]
    [row] = page.context["rows"]
    assert (str(row.row.began_on), str(row.theme), [*map(str, row.countries)]) == (
        "2001",
        "Health",
        ["Libya"],
    )
    assert row.record == "/en/initiatives/early/?as_of=1"
    assert page.context["answer"].number_now == 2
    assert (moved(page, "came"), moved(page, "went"), moved(page, "changed")) == (["late"], [], ["early"])
    [changed] = page.context["since"].changed
    assert [line.path for line in changed.lines] == ["began_on"]
    assert page.context["current"].endswith("/en/initiatives/?country=libya&donor=fund")
    document = Document.of(page.content.decode())
    assert "1 of 2 initiatives" in document.text
    assert "Today 2 of 3 initiatives match." in document.text
    assert "RIS" in document.text


def test_words_and_what_was_retracted_are_asked_as_in_the_list_of_cases(client: Client, editor: Any) -> None:
    clinic = publish_initiative(slug="clinic", title_en="A clinic in Tripoli")
    publish_initiative(slug="school", title_en="A school")
    number = number_now()
    publish_change(clinic, title_en="Another name")
    assert slugs(answer(client, number, "q=tripoli")) == ["clinic"]

    retracting.retract(clinic, by=editor, reason="It never happened.", language="en")
    page = answer(client, number, "q=tripoli&view=map")

    assert (slugs(page), page.context["answer"].of_all) == ([], 1)
    assert [one.slug for one in page.context["answer"].retracted] == ["clinic"]
    assert page.context["not_understood"] == [("view", "map")]
    assert "One initiative that was public then is retracted now." in page.content.decode()
    assert client.get("/en/initiatives/answers/999/").status_code == 404


def test_an_answer_of_many_asks_the_database_no_more_often(client: Client) -> None:
    place = publish_place(slug="libya")

    def questions(number: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer(client, number, "country=libya")
        return len(captured)

    several = [publish_initiative(countries=[place])]
    publish_change(several[0], began_on="2001")
    of_one = questions(number_now() - 1)
    several += [publish_initiative(countries=[place]) for _number in range(19)]
    number = number_now()
    for one in several:
        publish_change(one, ended_on="2020")

    assert questions(number) == of_one
