"""The table of cases: what its rows say, and how links sort it."""

import pytest
from django.test import Client
from django.urls import reverse

from cases import tables
from tests.factories import publish_actor, publish_case
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def three_cases() -> None:
    """Of other dates, durations, classes, watchers and outcomes."""
    un = publish_actor(title_en="UN", actor_type="intergovernmental")
    publish_case(
        slug="b", title_en="Beta", declared_on="2001-01-01", ended_on="2001-01-11", outcome="collapsed",
        outcome_as_of="2002", ceasefire_class="definitive_ceasefire",
        rows={"mechanism": [{"actor": un}], "participation": [{"actor": un, "role": "mediator"}]},
    )  # fmt: skip
    publish_case(
        slug="a", title_en="alpha", declared_on="2003-01-01", outcome="holding", outcome_as_of="2004-01-01",
        ceasefire_class="humanitarian_pause", rows={"mechanism": [{"mechanism_type": "joint_commission"}]},
    )  # fmt: skip
    publish_case(slug="c", title_en="Gamma")


def listed(client: Client, query: str, language: str = "en") -> str:
    return " ".join(case.slug for case in client.get(f"/{language}/cases/?{query}").context["cases"])


SORTED = {
    "": "a b c",
    "sort=-signed": "a b c",
    "sort=signed": "b a c",
    "sort=title": "a b c",
    "sort=-title": "c b a",
    "sort=lasted": "a b c",
    "sort=-lasted": "b a c",
    "sort=class": "a c b",
    "sort=mediator": "b a c",
    "sort=-mediator": "b a c",
    "sort=watched": "b a c",
    "sort=-watched": "a b c",
    "sort=outcome": "a b c",
    "sort=-outcome": "c b a",
}


@pytest.mark.every_database
@pytest.mark.usefixtures("three_cases")
def test_links_sort_it_and_what_is_unknown_comes_last(client: Client) -> None:
    assert {query: listed(client, query) for query in SORTED} == SORTED


@pytest.mark.every_database
def test_mediators_stand_in_the_order_of_their_names_in_the_language(client: Client) -> None:
    for slug, title_en, title_fr in (("a", "Egypt", "Égypte"), ("b", "Germany", "Allemagne"), ("c", "", "")):
        mediator = publish_actor(title_en=title_en, title_fr=title_fr) if title_en else None
        rows = {"participation": [{"actor": mediator, "role": "mediator"}]} if mediator else {}
        publish_case(slug=slug, rows=rows)

    assert listed(client, "sort=mediator") == "a b c"
    assert listed(client, "sort=-mediator") == "b a c"
    assert listed(client, "sort=mediator", "fr") == "b a c"


@pytest.mark.usefixtures("three_cases")
def test_a_row_says_what_readers_ask_first(client: Client) -> None:
    document = Document.of(client.get("/en/cases/").content.decode())

    rows = {
        one["href"].split("/")[-2]: [
            (cell["data-label"], " ".join(cell.text.split()))
            for cell in document.all("td")
            if cell["data-label"] and cell.above[-1] is one.above[-2]
        ]
        for one in document.all("a")
        if [above.name for above in one.above[-2:]] == ["tr", "th"] and "?" not in one["href"]
    }
    assert dict(rows["b"]) == {
        "Signed": "1 January 2001", "Lasted": "10 days", "Class": "Definitive ceasefire",
        "Mediated by": "UN", "Monitored by": "International", "Outcome": "Collapsed",
    }  # fmt: skip
    assert dict(rows["a"])["Monitored by"] == "Joint"
    assert dict(rows["c"])["Mediated by"] == "nobody recorded"


def test_where_nobody_mediated_it_says_who_facilitated(client: Client) -> None:
    mediator, facilitator = publish_actor(title_en="Mediator"), publish_actor(title_en="Facilitator")
    facilitates = {"actor": facilitator, "role": "facilitator"}
    publish_case(rows={"participation": [facilitates]})
    publish_case(rows={"participation": [facilitates, {"actor": mediator, "role": "mediator"}]})

    document = Document.of(client.get("/en/cases/").content.decode())

    said = [" ".join(one.text.split()) for one in document.all("td") if one["data-label"] == "Mediated by"]
    assert sorted(said) == ["Facilitator (facilitation)", "Mediator"]


def test_many_mediators_are_counted(client: Client) -> None:
    actors = [publish_actor(title_en=name) for name in ("One", "Two", "Three")]
    publish_case(rows={"participation": [{"actor": one, "role": "mediator"} for one in actors]})
    long = [publish_actor(title_en=f"{name} of a very long name") for name in ("This", "That")]
    publish_case(rows={"participation": [{"actor": one, "role": "mediator"} for one in long]})

    text = " ".join(Document.of(client.get("/en/cases/").content.decode()).one("table").text.split())

    assert "and 2 others" in text
    assert "and 1 other" in text


@pytest.mark.usefixtures("three_cases")
def test_the_head_says_the_order_and_turns_it(client: Client) -> None:
    def heads(query: str) -> dict[str, tuple[str, str]]:
        document = Document.of(client.get(f"/en/cases/?{query}").content.decode())
        links = [one for one in document.all("a") if one.above[-1].name == "th" and "?" in one["href"]]
        return {one.text: (one.above[-1]["aria-sort"] or "", one["href"]) for one in links}

    assert heads("outcome=holding&page=1")["Signed"] == ("descending", "?outcome=holding&sort=signed")
    assert heads("sort=signed")["Signed"] == ("ascending", "?sort=-signed")
    assert heads("order=oldest")["Case"] == ("", "?sort=title")
    assert heads("sort=title")["Case"] == ("ascending", "?sort=-title")
    # The newest come first, once more.
    assert heads("sort=title")["Signed"] == ("", "?sort=-signed")


@pytest.mark.usefixtures("three_cases")
def test_cards_show_the_finding_and_keep_the_question(client: Client) -> None:
    page = client.get("/en/cases/?outcome=holding&as=cards")

    document = Document.of(page.content.decode())
    assert [*document.all("table")] == []
    assert len([*document.all("article")]) == 1
    assert {one["name"]: one["value"] for one in document.all("input", type="hidden")} == {"as": "cards"}


@pytest.mark.usefixtures("three_cases")
def test_each_view_that_there_is_keeps_the_question(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        tables, "VIEWS", (*tables.VIEWS[:2], ("cases:nowhere", "", "Nowhere"), ("portal:changes", "", "Else"))
    )

    views = client.get("/en/cases/?outcome=holding&page=1&as=cards").context["views"]

    assert [(one.label, one.address, one.is_here) for one in views] == [
        ("Table", "/en/cases/?outcome=holding", False),
        ("Cards", "/en/cases/?outcome=holding&as=cards", True),
        ("Else", f"{reverse('portal:changes')}?outcome=holding", False),
    ]
