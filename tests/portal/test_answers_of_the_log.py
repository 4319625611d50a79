"""What the log of changes answered stays what it was, at the address by which it is cited."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal import past_answers
from publishing.actions import retracting
from publishing.models import Revision
from tests.factories import (
    publish,
    publish_case,
    publish_change,
    publish_initiative,
    publish_place,
    publish_theme,
    snapshot_of,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def number_now() -> int:
    return Revision.objects.latest("pk").pk


def answer(client: Client, address: str) -> Any:
    page = client.get(address)
    assert page.status_code == 200, page.get("Location")
    return page


def found(page: Any) -> list[str]:
    return [f"{one.entry.slug} {one.number}" for one in page.context["rows"]]


def since(page: Any, how: str) -> list[str]:
    return [f"{one.entry.slug} {one.number}" for one in getattr(page.context["since"], how)]


@pytest.mark.every_database
def test_the_log_leads_to_an_address_that_keeps_its_answer(client: Client) -> None:
    libya = publish_place(slug="libya", title_en="Libya")
    sudan = publish_place(slug="sudan", title_en="Sudan")
    truce = publish_case(slug="truce", title_en="A truce", countries=[libya])
    clinic = publish_initiative(slug="clinic", countries=[libya], main_theme=publish_theme())
    unused = publish(snapshot_of("actor", slug="government", home=libya), is_unused=True)
    publish_case(slug="elsewhere", countries=[sudan])
    publish_change(truce, title_fr="Une trêve")
    work = client.get("/en/changes/?country=libya&change=all").context["view"].work()
    assert work.title.endswith("Country: Libya): 4"), work.title
    assert work.publication == number_now()

    publish_change(truce, title_fr="Un armistice")
    publish_change(clinic, countries=[sudan])
    publish_change(libya, slug="state-of-libya", title_en="The State of Libya")
    publish_case(countries=[sudan], rows={"participation": [{"actor": unused, "role": "mediator"}]})
    page = answer(client, work.path)

    assert found(page) == ["truce 2", "clinic 1", "truce 1", "state-of-libya 1"]
    # Its country is another, and who was used by nothing has come into sight.
    assert since(page, "came") == ["state-of-libya 2", "truce 3", "government 1"]
    assert since(page, "went") == ["clinic 1"]
    assert page.context["current"].endswith("/en/changes/?change=all&country=state-of-libya")
    assert client.get(page.context["current"]).context["filter"].qs.count() == 6
    text = Document.of(page.content.decode()).text
    assert "4 changes All changes, Country: The State of Libya, since the casebook began" in text
    assert "Today it is 6 changes." in text


def test_an_entry_is_meant_by_its_key_and_of_days_only_these_are_kept(client: Client) -> None:
    case = publish_case(slug="truce", title_en="A truce")
    publish_change(case, title_fr="Une trêve")
    work = client.get("/en/changes/?entry=A+truce&since=2000&change=all&page=1").context["view"].work()
    publish_change(case, slug="armistice")

    page = answer(client, work.path)

    assert f"?change=all&entry={case.pk}&since=2000" in work.path
    assert found(page) == ["armistice 2", "armistice 1"]
    assert since(page, "came") == ["armistice 3"]
    assert page.context["current"].endswith("?change=all&entry=case%2Farmistice&since=2000")


def test_what_is_retracted_since_is_in_no_country_any_more_but_its_retraction_is_told(
    client: Client, editor: Any
) -> None:
    libya = publish_place(slug="libya")
    case = publish_case(slug="truce", countries=[libya])
    in_country = client.get("/en/changes/?country=libya&change=all").context["view"].work().path
    of_all = client.get("/en/changes/?change=all").context["view"].work().path
    retracting.retract(case, by=editor, reason="It never happened.", language="en")

    page = answer(client, in_country)
    assert (found(page), since(page, "came")) == (["libya 1"], [])
    assert "What was retracted has no country any more" in page.content.decode()
    page = answer(client, of_all)
    assert (found(page), since(page, "came")) == (["truce 1", "libya 1"], ["truce 2"])


def test_what_was_out_of_sight_then_cannot_be_asked_for_nor_what_came_later(client: Client) -> None:
    hidden = publish(snapshot_of("actor", slug="hidden", title_en="Hidden"), is_unused=True)
    publish_case(slug="truce")
    number = number_now()
    later = publish_case(slug="later")

    for wrong in (f"entry={hidden.pk}", f"entry={later.pk}", "country=nowhere", "zzz=1", "since=soon"):
        page = answer(client, f"/en/changes/answers/{number}/?change=all&{wrong}")
        assert page.context["not_understood"] == [tuple(wrong.split("="))], wrong
        assert found(page) == ["truce 1"]
        assert "Hidden" not in page.content.decode()


def test_there_is_an_answer_for_each_publication_and_for_no_other(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_case()
    number = number_now()
    assert client.get(f"/en/changes/answers/{number}/cite.bib").status_code == 200
    for wrong in (0, number + 1, 9**30):
        assert client.get(f"/en/changes/answers/{wrong}/").status_code == 404

    monkeypatch.setattr(past_answers, "MOST_ROWS", 0)
    assert client.get(f"/en/changes/answers/{number}/").status_code == 404
    assert client.get("/en/changes/").context["view"].work().publication is None


def test_an_answer_of_many_asks_the_database_no_more_often(client: Client) -> None:
    place = publish_place(slug="libya")

    def questions(number: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer(client, f"/en/changes/answers/{number}/?change=all&country={place.pk}")
        return len(captured)

    several = [publish_case(countries=[place])]
    number = number_now()
    publish_change(several[0], title_fr="Une trêve")
    of_one = questions(number)
    several += [publish_case(countries=[place]) for _number in range(19)]
    number = number_now()
    for one in several:
        publish_change(one, title_fr="Un armistice")

    assert questions(number) == of_one
