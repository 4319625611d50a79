"""The page of a place: its ceasefires in a sentence, on a map and on a line of time, and what was given there."""

from typing import Any

import pytest
from django.test import Client

from cases import maps
from cases.models import Case
from publishing.views import entries, pages
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

    assert [words(one) for one in document.all("td")][1:] == [
        "1 January 2020 – 15 January 2020",
        "14 days",
        "Expired",
    ]
    assert [*document.all("rect", class_="bar expired ended")]


@pytest.fixture
def yemen() -> Any:
    """A country with three reviewed cases and one of a dataset, two initiatives and an actor."""
    place = publish_place(slug="yemen", title_en="Yemen", latitude="15.5", longitude="47.5")
    ended: dict[str, Any] = {"ended_on": "2011", "outcome": "collapsed", "outcome_as_of": "2011"}
    here: dict[str, Any] = {"latitude": "15.35", "longitude": "44.2"}
    publish_case(title_en="First", countries=[place], declared_on="2010-03", **ended, **here)
    publish_case(title_en="Second", countries=[place], declared_on="2011", **ended, **here)
    publish_case(title_en="Third", countries=[place], outcome="holding", outcome_as_of="2020")
    publish_case(
        title_en="Coded",
        countries=[place],
        declared_on="1990",
        review="coded",
        latitude="14.8",
        longitude="43",
    )
    for _number in range(2):
        publish_initiative(main_theme=publish_theme(), countries=[place])
    publish_actor(home=place)
    return place


@pytest.mark.parametrize("rows_on_a_page", [50, 2], ids=["on one page", "on several"])
@pytest.mark.every_database
def test_a_sentence_sums_up_all_that_editors_reviewed(
    client: Client, yemen: Any, rows_on_a_page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "PER_PAGE", rows_on_a_page)

    document = Document.of(client.get(yemen.get_absolute_url()).content.decode())

    said = [words(one) for one in document.all("p", class_="of-place")]
    assert said == ["3 ceasefires from 2010 to 2011: Holding 1 Collapsed 2"]
    others = words(document.one("p", class_="parted meta"))
    assert others == "2 initiatives 1 actor at home there 1 further ceasefire coded by datasets alone"
    leads = [one["href"] for one in document.all("a") if "outcome=" in one["href"]]
    assert leads == [f"/en/cases/?country=yemen&outcome={outcome}" for outcome in ("holding", "collapsed")]
    assert [client.get(one).context["page_obj"].paginator.count for one in leads] == [1, 2]


def test_the_sentence_is_the_same_where_a_place_has_very_many_rows(
    client: Client, yemen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_case(title_en="Elsewhere", declared_on="1950", outcome="holding", outcome_as_of="1950")
    for place in (yemen, publish_place()):
        publish_initiative(main_theme=publish_theme(), countries=[place])
    for _number in range(2):
        publish_actor(home=yemen)
    few = Document.of(client.get(yemen.get_absolute_url()).content.decode())
    # More than two of each, and so many pages that the first ones do not say how many there are.
    monkeypatch.setattr(entries, "PER_PAGE", 1)
    monkeypatch.setattr(pages, "MOST_COUNTED", 2)

    many = Document.of(client.get(yemen.get_absolute_url()).content.decode())

    for name in ("of-place", "parted meta"):
        assert words(many.one("p", class_=name)) == words(few.one("p", class_=name))


def test_each_position_of_a_case_is_a_dot_and_the_place_a_ring(client: Client, yemen: Any) -> None:
    document = Document.of(client.get(yemen.get_absolute_url()).content.decode())

    found = [one for one in document.all("a") if one["tabindex"] == "-1"]
    assert [one["href"] for one in found] == ["#cases", Case.objects.get(title_en="Coded").get_absolute_url()]
    [drawn] = document.all("svg", class_="dots")
    assert len([one for one in document.all("circle") if drawn in one.above]) == 3
    assert "do not imply the expression of any opinion" in document.text


def test_a_map_holds_all_that_is_on_it() -> None:
    [far, near] = [
        Case(latitude=latitude, longitude=longitude) for latitude, longitude in ((60, -120), (15, 44))
    ]
    place = publish_place(latitude="15.5", longitude="47.5")

    drawn = maps.place_map(place, [far, near, Case()])

    assert drawn
    assert drawn.middle
    points = [(spot.x, spot.y) for spot in drawn.spots] + [drawn.middle]
    assert len(points) == 3
    assert all(0 < value < 100 for point in points for value in point)
    assert maps.place_map(publish_place(), [Case()]) is None
    assert maps.place_map(publish_place(), [near]).middle is None  # type: ignore[union-attr]


def test_a_place_of_which_nothing_is_known_says_so(client: Client) -> None:
    place = publish_place()
    publish_actor(home=publish_place())
    type(place).objects.update(is_in_use=True)

    text = Document.of(client.get(place.get_absolute_url()).content.decode()).text

    assert "Nothing is published here yet." in text


def test_a_case_without_a_date_stands_below_the_line_of_time(client: Client) -> None:
    place = publish_place()
    publish_case(title_en="Some day", countries=[place], outcome="unknown")

    document = Document.of(client.get(place.get_absolute_url()).content.decode())

    assert [words(one) for one in document.all("p", class_="of-place")] == ["1 ceasefire: Unknown 1"]
    assert "Without a date" in document.text
    assert "Some day" in document.text


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
