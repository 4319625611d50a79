"""Each part of a page shows what the tables hold: in its place, once, and nothing that is not there."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from publishing import actions
from publishing.models import Entry
from publishing.texts import PAGE_LANGUAGES
from tests.factories import (
    Rows,
    key,
    publish_actor,
    publish_case,
    publish_change,
    publish_initiative,
    publish_page,
    publish_pillar,
    publish_place,
    publish_source,
    publish_term,
    publish_theme,
)
from tests.whole_site.reading import Document, Element, address_of

pytestmark = pytest.mark.django_db

Page = Callable[..., Document]


@pytest.fixture
def page(client: Client) -> Page:
    """An entry's page in a language, by default in English; without an entry the front page."""

    def read(entry: Entry | None = None, language: str = "en") -> Document:
        address = address_of(entry, language) if entry else f"/{language}/"
        response = client.get(address)
        assert response.status_code == 200
        return Document.of(response.content.decode())

    return read


def inside(document: Document, outer: Element, name: str, /, **attributes: str) -> list[Element]:
    """The elements of that name within another."""
    return [one for one in document.all(name, **attributes) if any(above is outer for above in one.above)]


def words(element: Element) -> str:
    """The element's text, one space where there is any."""
    return " ".join(element.text.split())


def cells(document: Document, table: Element) -> list[list[str]]:
    """The words of a table's body, row by row."""
    (body,) = inside(document, table, "tbody")
    return [
        [words(cell) for cell in document.elements if cell.above and cell.above[-1] is row]
        for row in inside(document, body, "tr")
    ]


def section(document: Document, heading: str) -> Element:
    """The section below the heading with that id."""
    (found,) = (one for one in document.all("section") if one["aria-labelledby"] == heading)
    return found


def in_order(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows, each with its position."""
    return [{**row, "position": number} for number, row in enumerate(rows)]


def per_cent(place: str) -> float:
    return float(place.removesuffix("%"))


# --- the front page ----------------------------------------------------------------------


def test_the_front_page_draws_the_cases_that_have_a_date_newest_first(page: Page) -> None:
    publish_case(title_en="Old", declared_on="1994", outcome="expired", outcome_as_of="1995")
    publish_case(title_en="New", declared_on="2020-10-23", outcome="holding", outcome_as_of="2021")
    publish_case(title_en="Undated")

    document = page()

    rows = [row for row in document.all("li") if row.above[-1]["class"] == "spans"]
    assert [words(row) for row in rows[1:-1]] == ["New Holding", "Old Expired"]
    assert [bar["class"] for bar in document.all("rect") if "bar" in bar.classes] == [
        "bar holding open",
        "bar expired",
    ]


def test_the_front_page_draws_twenty_cases_at_most(page: Page) -> None:
    for number in range(22):
        publish_case(declared_on=f"20{number:02}")

    assert len([bar for bar in page().all("rect") if "bar" in bar.classes]) == 20


def test_the_front_page_counts_what_is_published(page: Page, editor: Any) -> None:
    publish_initiative()
    for _number in range(2):
        publish_case()
    for _number in range(3):
        publish_source()
    actions.retract(publish_case(), by=editor, reason="It was wrong.", language="en")

    document = page()

    band = document.one("dl", class_="numbers-band")
    names, numbers = (inside(document, band, name) for name in ("dt", "dd"))
    assert {words(name): words(number) for name, number in zip(names, numbers, strict=True)} == {
        "Ceasefire cases": "2",
        "Reconstruction initiatives": "1",
        "Sources": "3",
    }


def test_the_latest_changes_name_kind_and_revision(page: Page) -> None:
    case, pillar = publish_case(title_en="Truce"), publish_pillar(title_en="Mediation")
    publish_change(case, title_fr="Trêve")

    document = page()

    changes = inside(document, document.one("ul", class_="changes-list"), "li")
    assert [words(one).rsplit(" ", 3)[0] for one in changes] == [
        "Truce Ceasefire case Revision 2",
        "Mediation Pillar Revision 1",
    ]
    assert [one["href"] for one in document.all("a") if one.above[-2]["class"] == "changes-list"] == [
        address_of(case, "en"),
        address_of(pillar, "en"),
    ]


def test_the_latest_changes_are_six_of_what_is_read(page: Page) -> None:
    for _number in range(7):
        publish_case()
    for publish_another in (publish_actor, publish_source, publish_term, publish_theme):
        publish_another()

    document = page()

    changes = [words(one) for one in inside(document, document.one("ul", class_="changes-list"), "li")]
    assert len(changes) == 6
    assert all("Ceasefire case" in change for change in changes)


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_front_page_of_an_empty_casebook_draws_and_lists_nothing(page: Page, language: str) -> None:
    document = page(language=language)

    assert not {"cases", "changes"} & document.ids
    assert [words(one) for one in document.all("dd")] == ["0", "0", "0"]


# --- a case ------------------------------------------------------------------------------


@pytest.fixture
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


def contents(document: Document) -> list[str]:
    """Which parts of the page the links of "On this page" lead to."""
    (navigation,) = document.all("nav", class_="contents")
    links = [link["href"] for link in inside(document, navigation, "a")]
    return [link.removeprefix("#") for link in links if link.startswith("#")]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_part_of_a_case_that_the_contents_name_is_there(
    page: Page, whole_case: Entry, language: str
) -> None:
    document = page(whole_case, language)

    assert contents(document) == [
        "facts", "parties", "provisions", "mechanisms", "events", "breaches", "narrative", "codings",
        "documents", "evidence-for", "sources",
    ]  # fmt: skip
    assert set(contents(document)) <= document.ids


def test_a_bare_case_has_its_facts_alone(page: Page) -> None:
    document = page(publish_case())

    assert contents(document) == ["facts"]
    assert [one["aria-labelledby"] for one in document.all("section")] == ["facts"]


ROWS: dict[str, tuple[Rows, list[str]]] = {
    "event": ({"event": [{}]}, ["events"]),
    "breach": ({"breach": [{}]}, ["events", "breaches"]),
    "mechanism": ({"mechanism": [{}]}, ["mechanisms"]),
    "document": ({"document": [{}]}, ["documents"]),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_part_stands_in_the_contents_if_it_stands_on_the_page(page: Page, kind: str) -> None:
    rows, wanted = ROWS[kind]

    document = page(publish_case(rows=rows))

    assert contents(document) == ["facts", *wanted]
    assert set(contents(document)) <= document.ids


# --- an initiative -----------------------------------------------------------------------


@pytest.fixture
def paid_for() -> Entry:
    """An initiative with sums of every state and of two currencies."""
    sums = in_order(
        {"pledged": "200.00"},
        {"pledged": "50.00"},
        {"pledged": None, "committed": "40.00"},
        {"pledged": None, "disbursed": "8.50"},
        {"pledged": "1000000.00", "currency": "EUR"},
    )
    return publish_initiative(rows={"funding": sums, "result": [{}], "partner": [{"actor": publish_actor()}]})


def test_what_was_pledged_committed_and_disbursed_stands_apart(page: Page, paid_for: Entry) -> None:
    document = page(paid_for)

    table = document.one("table", class_="money stacks")
    assert [words(one) for one in inside(document, table, "th", scope="col")][1:4] == [
        "Pledged",
        "Committed",
        "Disbursed",
    ]
    assert [row[1:4] for row in cells(document, table)] == [
        ["200 USD", "", ""],
        ["50 USD", "", ""],
        ["", "40 USD", ""],
        ["", "", "8.5 USD"],
        ["1,000,000 EUR", "", ""],
    ]


def test_no_sum_of_sums_stands_on_the_page(page: Page, paid_for: Entry) -> None:
    text = page(paid_for).text

    assert not [total for total in ("250", "290", "298.5", "1,000,250", "1,000,298.5") if total in text]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_bar_is_as_long_as_its_share_in_every_language(page: Page, paid_for: Entry, language: str) -> None:
    document = page(paid_for, language)

    bars = inside(document, document.one("table", class_="money stacks"), "rect")
    assert [bar["width"] for bar in bars] == ["100.0%", "25.0%", "100.0%", "100.0%", "100.0%"]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_part_of_an_initiative_that_the_contents_name_is_there(
    page: Page, paid_for: Entry, language: str
) -> None:
    document = page(paid_for, language)

    assert contents(document) == ["facts", "partners", "money", "results"]
    assert set(contents(document)) <= document.ids


# --- a pillar ----------------------------------------------------------------------------


@pytest.fixture
def pillar() -> Entry:
    """A pillar with evidence both ways and a source."""
    one, other = key(), key()
    return publish_pillar(
        rows={
            "section": in_order({"id": one, "anchor": "one"}, {"id": other, "anchor": "other"}),
            "evidence": [
                {"section": one, "entry": publish_case(), "role": "contradicts"},
                {"section": one, "entry": publish_case(), "role": "illustrates"},
                {"section": other, "entry": publish_case(), "role": "illustrates"},
            ],
            "claim": [{"about": f"section/{one}", "source": publish_source(title_en="Handbook")}],
        }
    )


def test_a_pillar_weighs_its_evidence(page: Page, pillar: Entry) -> None:
    document = page(pillar)

    balance = inside(document, document.one("ul", class_="balance"), "li")
    assert [(one["class"], words(one)) for one in balance] == [
        ("illustrates", "Illustrates: 2"),
        ("contradicts", "Speaks against: 1"),
    ]


def test_a_pillar_without_evidence_weighs_nothing(page: Page) -> None:
    document = page(publish_pillar(rows={"section": [{}]}))

    assert [*document.all("ul", class_="balance")] == []


def test_a_pillar_names_its_sources(page: Page, pillar: Entry) -> None:
    document = page(pillar)

    links = [words(one) for one in inside(document, section(document, "sources"), "a")]
    assert links == ["Handbook", "Add a missing source"]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_part_of_a_pillar_that_the_contents_name_is_there(
    page: Page, pillar: Entry, language: str
) -> None:
    document = page(pillar, language)

    assert contents(document) == ["one", "other", "sources"]
    assert set(contents(document)) <= document.ids


# --- a source, an actor, a page ----------------------------------------------------------


def test_a_source_says_who_cites_it_for_what_and_where(page: Page) -> None:
    source = publish_source()
    publish_case(
        title_en="Truce",
        rows={
            "claim": in_order(
                {"about": "outcome", "source": source, "stance": "differs", "value_en": "Collapsed", "locator": "para. 3"},
                {"source": source},
            )
        },
    )  # fmt: skip
    publish_actor(title_en="Army", rows={"claim": [{"source": source, "locator": "annex"}]})

    document = page(source)

    cited = section(document, "cited")
    assert [words(one) for one in inside(document, cited, "h3")] == ["Army", "Truce"]
    assert [cells(document, table) for table in inside(document, cited, "table")] == [
        [["The entry as a whole", "Says the same", "annex"]],
        [["Outcome", "Collapsed Says otherwise", "para. 3"], ["The entry as a whole", "Says the same", ""]],
    ]


def test_where_a_source_says_so_is_said_in_the_language_of_the_page(page: Page) -> None:
    source = publish_source()
    publish_actor(rows={"claim": [{"source": source, "locator": "paras. 1 and 2"}]})

    places = {
        language: page(source, language).one("bdi", class_="locator").text for language in PAGE_LANGUAGES
    }

    assert places == {"en": "paras. 1 and 2", "ar": "الفقرات 1 و2", "fr": "par. 1 et 2"}


def test_a_source_that_nothing_cites_says_so(page: Page) -> None:
    assert "Nothing cites it yet." in page(publish_source()).text


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
        ["New October 2020", "Signatory", "North", "Holding"],
        ["Old 1994", "Mediator", "", "Unknown"],
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


@pytest.mark.parametrize("text", ["# One\n\n### Two", "## One\n\n### Two"], ids=["one sign", "two signs"])
def test_no_level_is_left_out_between_the_title_and_the_headings_of_a_page(page: Page, text: str) -> None:
    document = page(publish_page(body_en=text))

    inner = [one for one in document.elements if any("prose" in above.classes for above in one.above)]
    assert [one.name for one in inner if one.name in {"h1", "h2", "h3", "h4"}] == ["h2", "h3"]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_head_of_a_page_marks_the_part_that_the_reader_is_in(page: Page, language: str) -> None:
    case = publish_case()
    address = address_of(case, language).removesuffix(f"{case.slug}/")

    marked = {
        one["href"]: one["aria-current"]
        for one in page(case, language).all("a")
        if one["aria-current"] and not one["hreflang"]
    }

    assert marked == {address: "true"}


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_list_names_the_countries_of_a_case_in_the_order_of_the_language(page: Page, language: str) -> None:
    names = [("Yemen", "اليمن", "Yémen"), ("Chad", "تشاد", "Tchad"), ("Egypt", "مصر", "Égypte")]
    places = [publish_place(title_en=en, title_ar=ar, title_fr=fr) for en, ar, fr in names]
    publish_case(countries=places)

    response = Client().get(f"/{language}/cases/")

    shown = [words(one) for one in Document.of(response.content.decode()).all("bdi")]
    named = [{"en": en, "ar": ar, "fr": fr}[language] for en, ar, fr in names]
    assert [one for one in shown if one in named] == sorted(named)
