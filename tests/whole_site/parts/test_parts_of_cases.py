"""The page of a case shows what the tables hold: in its place, once, and nothing that is not there."""

from itertools import pairwise

import pytest

from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from tests.factories import (
    Rows,
    key,
    publish_actor,
    publish_case,
    publish_initiative,
    publish_pillar,
    publish_source,
)
from tests.kept import kept
from tests.whole_site.parts.pages import Page, cells, contents, in_order, inside, per_cent, section, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def whole_case() -> Entry:
    """A case of which every part of the page has something to show."""
    agreement = publish_source(
        title_en="Agreement", source_type="agreement_text", identifier="S/1", identifier_scheme="un_symbol"
    )
    dataset = publish_source(title_en="Dataset", source_type="dataset")
    part = key()
    case = publish_case(
        declared_on="2020-01",
        outcome="holding",
        outcome_as_of="2021",
        narrative_en="It held.",
        rows={
            "participation": in_order(
                {"actor": publish_actor(title_en="Army"), "role": "signatory", "side_en": "North"},
                {
                    "actor": publish_actor(title_en="Neighbour"),
                    "role": "belligerent_backer",
                    "side_en": "North",
                },
                {"actor": publish_actor(title_en="Rebels"), "role": "signatory", "side_en": "South"},
                {"actor": publish_actor(title_en="Envoy"), "role": "mediator"},
                {"actor": publish_actor(title_en="Observers"), "role": "monitor"},
            ),
            "document": [{"source": agreement}],
            "provision": [{}],
            "mechanism": [{}],
            "event": in_order(
                {"happened_on": "2020-03-01", "title_en": "Second"},
                {"happened_on": "2019-12-01", "until_on": "2020-01-15", "title_en": "First"},
                {"happened_on": "2020-03-01", "title_en": "Third"},
                {"happened_on": "2021", "title_en": "Fourth"},
            ),
            "breach": [
                {"began_on": "2020-06-01", "status": "verified", "reported_by": publish_actor()},
                {"began_on": "2020-02-01"},
            ],
            "externalid": [{}],
            "claim": in_order(
                {"about": "outcome", "source": agreement},
                {"about": "outcome", "source": dataset, "stance": "differs", "value_en": "Collapsed"},
                {
                    "about": "declared_on",
                    "source": dataset,
                    "value_en": "2020-01-07",
                    "remark_en": "A week late.",
                },
                {"about": "finding", "source": agreement},
                {"about": "finding", "source": None},
            ),
        },
    )
    publish_pillar(rows={"section": [{"id": part}], "evidence": [{"section": part, "entry": case}]})
    publish_initiative(follows=case)
    return case


def test_parties_stand_by_their_sides_and_backers_behind_them(page: Page, whole_case: Entry) -> None:
    document = page(whole_case)

    assert [
        [words(one) for one in inside(document, side, "h3") + inside(document, side, "li")]
        for side in document.all("div", class_="side")
    ] == [
        ["North", "Army Signatory", "Neighbour Backer of a belligerent"],
        ["South", "Rebels Signatory"],
    ]


def test_third_parties_stand_by_what_they_did(page: Page, whole_case: Entry) -> None:
    document = page(whole_case)

    roles = document.one("dl", class_="facts roles")
    assert [words(one) for one in inside(document, roles, "div")] == ["Mediator Envoy", "Monitor Observers"]


def test_the_tables_of_a_case_are_in_order_and_numbered_through(page: Page, whole_case: Entry) -> None:
    document = page(whole_case)

    rows = [row for table in document.all("table", class_="in-order") for row in cells(document, table)]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert [row[2].removeprefix("Signature ") for row in rows[:4]] == ["First", "Second", "Third", "Fourth"]
    assert [row[1] for row in rows[4:]] == ["1 February 2020", "1 June 2020"]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_numbers_of_the_drawing_are_those_of_the_tables(
    page: Page, whole_case: Entry, language: str
) -> None:
    document = page(whole_case, language)

    tables = [*document.all("table", class_="in-order")]
    numbered = [[row[0] for row in cells(document, table)] for table in tables]
    assert [
        sorted(words(mark) for mark in document.all("g") if kind in mark.classes)
        for kind in ("event", "breach")
    ] == numbered


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_marks_stand_in_the_order_of_the_tables_from_where_reading_starts(
    page: Page, whole_case: Entry, language: str
) -> None:
    document = page(whole_case, language)

    marks = [mark for mark in document.all("g") if "event" in mark.classes]
    numbers = [int(words(mark)) for mark in marks]
    places = [per_cent(inside(document, mark, "circle")[0]["cx"]) for mark in marks]
    assert numbers == sorted(numbers)
    assert all(
        earlier >= later if language == "ar" else earlier <= later for earlier, later in pairwise(places)
    )
    assert places[0] != places[-1]


def test_a_breach_is_drawn_as_what_it_is_held_for(page: Page, whole_case: Entry) -> None:
    document = page(whole_case)

    assert {words(mark): mark["class"] for mark in document.all("g") if "breach" in mark.classes} == {
        "5": "breach alleged",
        "6": "breach verified",
    }


def test_events_of_one_day_are_listed_and_not_drawn(page: Page) -> None:
    case = publish_case(rows={"event": [{"happened_on": "2020-01-01"}, {"happened_on": "2020-01-01"}, {}]})

    document = page(case)

    assert [*document.all("figure")] == []
    assert sorted(row[0] for row in cells(document, document.one("table", class_="in-order"))) == [
        "1",
        "2",
        "3",
    ]


def test_datasets_stand_beside_the_editors(page: Page, whole_case: Entry) -> None:
    document = page(whole_case)

    assert cells(document, document.one("table", class_="codings")) == [
        ["Declared or signed", "January 2020", "Dataset: 2020-01-07A week late."],
        ["Outcome", "Holding", "Dataset: Collapsed"],
    ]


def test_a_case_names_each_source_once_by_name(page: Page, whole_case: Entry) -> None:
    document = page(whole_case)

    listed = inside(document, section(document, "sources"), "li")
    assert [words(one) for one in listed] == ["Agreement Text of an agreement · S/1", "Dataset Dataset"]


def test_a_case_says_what_it_was_for(page: Page) -> None:
    case = publish_case(is_humanitarian=True, is_for_holiday=True)

    assert "Purpose Humanitarian purpose, for a holiday" in page(case).text


def test_a_case_without_a_known_purpose_says_nothing_of_it(page: Page) -> None:
    assert "Purpose" not in page(publish_case()).text


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_part_of_a_case_that_the_contents_name_is_there(
    page: Page, whole_case: Entry, language: str
) -> None:
    document = page(whole_case, language)

    assert contents(document) == [
        "narrative", "events", "provisions", "parties", "mechanisms", "breaches", "facts", "codings",
        "documents", "evidence-for", "sources",
    ]  # fmt: skip
    assert set(contents(document)) <= document.ids


def test_a_bare_case_has_its_facts_alone(page: Page) -> None:
    document = page(publish_case())

    assert contents(document) == ["facts"]
    assert [one["aria-labelledby"] for one in document.all("section")] == ["facts"]


ROWS: dict[str, tuple[Rows, list[str]]] = {
    "event": ({"event": [{}]}, ["events", "facts"]),
    "breach": ({"breach": [{}]}, ["events", "breaches", "facts"]),
    "mechanism": ({"mechanism": [{}]}, ["mechanisms", "facts"]),
    "document": ({"document": [{}]}, ["facts", "documents"]),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_part_stands_in_the_contents_if_it_stands_on_the_page(page: Page, kind: str) -> None:
    rows, wanted = ROWS[kind]

    document = page(publish_case(rows=rows))

    assert contents(document) == wanted
    assert set(contents(document)) <= document.ids


# --- an initiative -----------------------------------------------------------------------
