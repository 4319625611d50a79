"""What changed in a country, of an entry, since a day: the questions of the log of changes."""

import datetime
from typing import Any

import pytest
from django.test import Client

from publishing.actions import retracting
from publishing.models import Entry, Revision
from tests.factories import (
    publish_actor,
    publish_case,
    publish_change,
    publish_initiative,
    publish_place,
    publish_theme,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def revisions(client: Client, query: str) -> set[str]:
    return {str(one.entry) for one in client.get(f"/en/changes/?{query}").context["revisions"]}


def said(client: Client, query: str, class_: str, language: str = "en") -> list[str]:
    document = Document.of(client.get(f"/{language}/changes/?{query}").content.decode())
    return [" ".join(one.text.split()) for one in document.all("p", class_=class_)]


def dated(entry: Entry, day: str) -> None:
    moment = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    Revision.objects.filter(entry_id=entry.pk).update(created_at=moment)


@pytest.mark.every_database
def test_what_changed_of_a_country_is_that_of_its_cases_initiatives_actors_and_its_own(
    client: Client,
) -> None:
    libya, sudan = (
        publish_place(slug="libya", title_en="Libya"),
        publish_place(slug="sudan", title_en="Sudan"),
    )
    publish_case(title_en="A truce", countries=[libya, sudan])
    publish_case(title_en="Another truce", countries=[sudan])
    publish_initiative(title_en="Schools", countries=[libya], main_theme=publish_theme())
    publish_actor(title_en="A government", home=libya)

    assert revisions(client, "change=all&country=libya") == {"A truce", "Schools", "A government", "Libya"}
    assert revisions(client, "change=all&country=Sudan") == {"A truce", "Another truce", "Sudan"}
    assert revisions(client, "country=libya") == set()


@pytest.mark.every_database
def test_a_change_is_found_once_though_several_rows_lead_to_it(client: Client) -> None:
    libya = publish_place(slug="libya")
    for number in range(30):
        publish_case(title_en=f"Truce {number}", countries=[libya])

    page = client.get("/en/changes/?change=all&country=libya")

    assert page.context["page_obj"].paginator.count == 31


@pytest.mark.every_database
def test_what_changed_of_an_entry_is_asked_by_its_name_or_its_kind_and_address(client: Client) -> None:
    case = publish_case(slug="accord", title_en="The accord")
    publish_theme(slug="accord", title_en="A theme")
    publish_change(case, title_fr="L’accord")

    for asked in ("case/accord", "The accord", "the ACCORD", "L’accord"):
        assert revisions(client, f"change=all&entry={asked}") == {"The accord"}, asked
    assert revisions(client, "change=all&entry=theme/accord") == {"A theme"}


@pytest.mark.every_database
def test_a_part_of_a_name_is_not_taken_but_leads_to_those_that_hold_it(client: Client) -> None:
    case = publish_case(slug="accord", title_en="The Puzzle accord")
    publish_change(case, title_fr="L’accord")
    publish_place(slug="brazzaville", title_en="Brazzaville")

    assert revisions(client, f"change=all&entry={case.pk}") == {"The Puzzle accord"}
    for asked, links in (("entry=puz", ["?entry=case%2Faccord"]), ("country=razz", ["?country=brazzaville"])):
        page = client.get(f"/en/changes/?{asked}")
        document = Document.of(page.content.decode())
        offered = [
            one["href"]
            for one in document.all("a")
            if any("ambiguous" in above.classes for above in one.above)
        ]
        assert offered == links
        assert "Do you mean this one by" in document.one("section", class_="ambiguous").text
        assert client.get(f"/en/changes/feed.xml?{asked}").status_code == 400
    [line] = said(client, "entry=zzzz", "not-understood")
    assert line == "Not understood: entry = zzzz"


def test_an_address_of_several_kinds_leads_to_each_of_them(client: Client) -> None:
    publish_case(slug="accord", title_en="The accord")
    publish_theme(slug="accord", title_en="A theme")

    page = Document.of(client.get("/en/changes/?entry=accord&change=all").content.decode())

    ways = page.one("section", class_="ambiguous")
    assert "Ceasefire case" in ways.text
    links = {link["href"] for link in page.all("a")}
    assert {f"?change=all&entry={kind}%2Faccord" for kind in ("case", "theme")} <= links


def test_of_a_retracted_entry_the_changes_are_found_by_it_but_not_by_country(
    client: Client, editor: Any
) -> None:
    libya = publish_place(slug="libya")
    publish_case(countries=[libya])
    case = publish_case(slug="a-truce", title_en="A truce", countries=[libya])
    retracting.retract(case, by=editor, reason="It never happened.", language="en")

    assert revisions(client, "entry=case/a-truce") == {"A truce"}
    assert revisions(client, "country=libya") == set()
    [line] = said(client, "country=libya", "shown")
    assert line.endswith("What was retracted has no country any more, and is missing here.")


def test_what_readers_do_not_find_cannot_be_asked_for(client: Client) -> None:
    actor = publish_actor(slug="a-state")
    Entry.objects.filter(pk=actor.pk).update(is_in_use=False)

    assert said(client, "entry=actor/a-state", "not-understood") == ["Not understood: entry = actor/a-state"]


DAYS = {
    "since=2024": {"March", "April", "May"},
    "since=2024-04": {"April", "May"},
    "since=2024-04-30": {"April", "May"},
    "since=2024-05-01": {"May"},
    "until=2024-03-31": {"March"},
    "until=2024-03": {"March"},
    "until=2024": {"March", "April", "May"},
    "since=April 2024&until=2024": {"April", "May"},
    "since=2024-04&until=2024-04": {"April"},
    "since=٢٠٢٤-٠٥": {"May"},
    "until=9999-12-31": {"March", "April", "May"},
    "since=0001": {"March", "April", "May"},
}


@pytest.mark.every_database
@pytest.mark.parametrize("query", DAYS)
def test_a_day_a_month_or_a_year_bounds_what_is_shown(client: Client, query: str) -> None:
    for title, day in (("March", "2024-03-31"), ("April", "2024-04-30"), ("May", "2024-05-01")):
        dated(publish_theme(title_en=title), day)

    assert revisions(client, f"change=all&{query}") == DAYS[query]
    assert said(client, f"change=all&{query}", "not-understood") == []


SHOWN = {
    "": "Corrections, retractions, restorations, since the casebook began. Show additions, too",
    "change=all": "All changes, since the casebook began.",
    "change=typo&since=2024-05": "Typing error, since May 2024. Show additions, too",
    "change=all&until=2024-05-03": "All changes, until 3 May 2024.",
    "change=all&since=2023&until=2024": "All changes, from 2023 to 2024.",
    "change=all&since=yesterday": "All changes, since the casebook began.",
}


@pytest.mark.parametrize("query", SHOWN)
def test_the_page_says_what_it_shows_and_of_when(client: Client, query: str) -> None:
    assert said(client, query, "shown") == [SHOWN[query]]


@pytest.mark.parametrize(
    "query, line",
    [
        ("since=2024&until=2023", "The years were the wrong way round: this is from 2023 to 2024."),
        (
            "since=2024-05-02&until=2024-05-01",
            "The dates were the wrong way round: this is from 1 May 2024 to 2 May 2024.",
        ),
    ],
)
def test_days_the_wrong_way_round_are_turned_and_that_is_said(client: Client, query: str, line: str) -> None:
    dated(publish_theme(), "2024-05-01")

    assert said(client, query, "not-understood") == [line]
    assert len(revisions(client, f"change=all&{query}")) == 1


WRONG = ["country=nowhere", "entry=/", "entry=unicorn/x", "since=soon", "until=2024-13-40"]


@pytest.mark.parametrize("wrong", [*WRONG, f"since={'9' * 300}", "entry=%ED%A0%80", f"country={'x' * 4000}"])
def test_what_is_not_understood_is_said(client: Client, wrong: str) -> None:
    publish_case()

    [line] = said(client, wrong, "not-understood")
    assert line.startswith("Not understood: ")


def test_from_home_to_what_changed_in_a_country_it_is_three_steps(client: Client) -> None:
    case = publish_case(countries=[publish_place(slug="libya", title_en="Libya")])

    home = Document.of(client.get("/en/").content.decode())
    assert case.get_absolute_url() in {link["href"] for link in home.all("a")}
    page = Document.of(client.get(case.get_absolute_url()).content.decode())
    leads = {" ".join(link.text.split()): link["href"] for link in page.all("a")}
    assert leads["All changes: Libya"] == "/en/changes/?country=libya&change=all"
    assert revisions(client, "country=libya&change=all") == {str(case), "Libya"}
