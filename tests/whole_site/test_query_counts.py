"""Pages ask the database as often for twenty rows as for one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing.models import Entry
from publishing.models.entry import kinds
from tests.desk.sheets import Sheet
from tests.factories import (
    key,
    publish_actor,
    publish_case,
    publish_change,
    publish_image,
    publish_initiative,
    publish_page,
    publish_pillar,
    publish_place,
    publish_source,
    publish_term,
    publish_theme,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FEW, MANY = 1, 20
# What a page of one entry takes, of whatever kind.
# One of them is for the marks of entries, which outside of a transaction are remembered.
MOST_QUERIES_OF_A_PAGE = 9
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def queries(client: Client) -> Callable[[str], int]:
    """How many queries an address takes, once whatever is kept between requests is there."""

    def count(address: str) -> int:
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            # A list as data is read while it is sent.
            b"".join(client.get(address))
        return len(captured)

    return count


# --- lists -------------------------------------------------------------------------------


def shared(publish: Callable[..., Entry]) -> Entry:
    """An entry that others point to; it need not be another for each, since each asks for it anew."""
    kind = kinds()[publish.__name__.removeprefix("publish_")]
    return kind.objects.first() or publish()


def a_case(number: int) -> Entry:
    return publish_case(
        declared_on=f"20{number % 100:02}",
        countries=[shared(publish_place)],
        themes=[shared(publish_theme)],
        rows={"participation": [{"actor": shared(publish_actor)}], "claim": [{}]},
    )


def an_initiative(number: int) -> Entry:
    rows: Rows = {"partner": [{"actor": shared(publish_actor)}], "claim": [{}]}
    return publish_initiative(main_theme=shared(publish_theme), countries=[shared(publish_place)], rows=rows)


def an_actor(number: int) -> Entry:
    actor = publish_actor(home=shared(publish_place), rows={"alias": [{}]})
    publish_case(rows={"participation": [{"actor": actor}]})
    return actor


def a_source(number: int) -> Entry:
    source = publish_source()
    publish_case(rows={"claim": [{"source": source}]})
    return source


def a_pillar(number: int) -> Entry:
    return publish_pillar(rows={"section": [{"theme": shared(publish_theme)}, {"anchor": "another"}]})


def a_theme(number: int) -> Entry:
    return publish_theme()


def a_term(number: int) -> Entry:
    return publish_term()


def a_place(number: int) -> Entry:
    return publish_place()


def a_page(number: int) -> Entry:
    return publish_page()


def a_picture(number: int) -> Entry:
    return publish_image()


def a_revision(number: int) -> Entry:
    theme = publish_theme()
    publish_change(theme, title_fr="Un autre titre")
    return theme


def a_case_of_a_place(number: int) -> Entry:
    place = kinds()["place"].objects.filter(slug="a-place").first() or publish_place(slug="a-place")
    return publish_case(countries=[place])


LISTS = {
    "cases": ("/en/cases/", a_case),
    "cases asked for": ("/en/cases/?role=signatory&since=1990&order=title", a_case),
    "cases as cards": ("/en/cases/?as=cards&q=case", a_case),
    "cases on a map": ("/en/cases/map/", a_case),
    "cases on a line of time": ("/en/cases/timeline/", a_case),
    "cases in figures": ("/en/cases/figures/?since=1990", a_case),
    "initiatives": ("/en/initiatives/", an_initiative),
    "initiatives asked for": ("/en/initiatives/?theme=-none&donor=-none", an_initiative),
    "actors": ("/en/actors/", an_actor),
    "sources": ("/en/sources/", a_source),
    "pillars": ("/en/pillars/", a_pillar),
    "themes": ("/en/themes/", a_theme),
    "glossary": ("/en/glossary/", a_term),
    "cases as data": ("/en/cases.csv", a_case),
    "initiatives as data": ("/en/initiatives.json", an_initiative),
    "actors as data": ("/en/actors.csv", an_actor),
    "sources as data": ("/en/sources.xlsx", a_source),
    "glossary as data": ("/en/glossary.csv", a_term),
    "cases of the API": ("/api/v1/cases?limit=200", a_case),
    "cases of the API as of a day": ("/api/v1/cases?as_of=2099-01-01", a_case),
    "actors of the API": ("/api/v1/actors", an_actor),
    "sources of the API": ("/api/v1/sources?order=citations", a_source),
    "pillars of the API": ("/api/v1/pillars", a_pillar),
    "claims of the API": ("/api/v1/claims", a_case),
    "changes of the API": ("/api/v1/changes?change=all", a_revision),
    "home": ("/en/", lambda number: (a_case(number), an_initiative(number), a_pillar(number))),
    "sitemap": ("/sitemap.xml", a_theme),
    "part of the sitemap": ("/sitemap-entries.xml", a_theme),
    "changes": ("/en/changes/?change=all", a_case),
    "feed of changes": ("/en/changes/feed.xml?change=all", a_case),
    "feed of corrections": ("/en/changes/feed.xml", a_revision),
    "changes in a country": ("/en/changes/?change=all&country=a-place", a_case_of_a_place),
    "file that cites a list": ("/en/cases/cite.bib?role=signatory", a_case),
}
DESKS = {
    "cases_case": a_case,
    "cases_initiative": an_initiative,
    "cases_actor": an_actor,
    "cases_place": a_place,
    "sources_source": a_source,
    "sources_image": a_picture,
    "pillars_pillar": a_pillar,
    "pillars_theme": a_theme,
    "pillars_term": a_term,
    "portal_page": a_page,
    "publishing_entry": a_case,
    "publishing_revision": a_revision,
    "publishing_proposal": a_revision,
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_as_many_queries_for_twenty_as_for_one(queries: Callable, name: str) -> None:
    address, publish_one = LISTS[name]
    # Six initiatives and six changes stand on the front page, so that "few" there means enough of them.
    for number in range(6 if name == "home" else FEW):
        publish_one(number)
    few = queries(address)

    for number in range(MANY - FEW):
        publish_one(number)

    assert queries(address) == few


@pytest.mark.parametrize("desk", DESKS)
def test_a_list_at_the_desk_takes_as_many_queries_for_twenty_as_for_one(
    queries: Callable, desk: str, client: Client, administrator: Any
) -> None:
    client.force_login(administrator)
    address = reverse(f"admin:{desk}_changelist")
    DESKS[desk](0)
    few = queries(address)

    for number in range(MANY - FEW):
        DESKS[desk](number)

    assert queries(address) == few


# --- pages of one entry ------------------------------------------------------------------


def rows_of_a_case(number: int) -> Rows:
    rows: Rows = {
        name: [{"id": key()} for _number in range(number)]
        for name in ("document", "provision", "mechanism", "event", "breach", "participation")
    }
    source, actors = publish_source(), [publish_actor() for _number in range(number)]
    for row in rows["document"]:
        row["source"] = source
    for name, columns in {"mechanism": ["actor"], "participation": ["actor"],
                          "breach": ["reported_by", "attributed_to"]}.items():  # fmt: skip
        for row, actor in zip(rows[name], actors, strict=True):
            row |= dict.fromkeys(columns, actor)
    rows["assessment"] = [{"id": key(), "provision": provision["id"]} for provision in rows["provision"]]
    for day, (event, breach, party) in enumerate(
        zip(rows["event"], rows["breach"], rows["participation"], strict=True), start=1
    ):
        event["happened_on"], breach["began_on"] = f"2020-01-{day:02}", f"2020-02-{day:02}"
        party["side_en"] = f"Side {day}"
    rows["externalid"] = [{"value": str(one)} for one in range(number)]
    rows = with_claims(rows, "finding")
    rows["claim"] += [
        {"about": "outcome", "source": publish_source(source_type="dataset")} for _number in range(number)
    ]
    return rows


def rows_of_an_initiative(number: int) -> Rows:
    actors = [publish_actor() for _number in range(number)]
    rows: Rows = {
        name: [{"id": key(), column: actor} for actor in actors]
        for name, column in {"partner": "actor", "funding": "actor", "result": "reported_by"}.items()
    }
    rows["externalid"] = [{"value": str(one)} for one in range(number)]
    return with_claims(rows, "summary")


def rows_of_a_pillar(number: int) -> Rows:
    rows: Rows = {
        "section": [
            {"id": key(), "theme": shared(publish_theme), "anchor": f"part-{one}", "picture": publish_image()}
            for one in range(number)
        ]
    }
    rows["evidence"] = [{"section": section["id"], "entry": publish_case()} for section in rows["section"]]
    return with_claims({name: rows[name] for name in ("section",)}, "") | {"evidence": rows["evidence"]}


def rows_of_an_actor(number: int) -> Rows:
    source = publish_source()
    return {
        "alias": [{"name": f"Name {one}"} for one in range(number)],
        "membership": [{"organisation": publish_actor()} for _number in range(number)],
        "claim": [{"source": source} for _number in range(number)],
    }


def with_claims(rows: Rows, fact: str) -> Rows:
    about = [
        fact,
        *(f"{name}/{row['id']}" for name, several in rows.items() for row in several if "id" in row),
    ]
    source = publish_source()
    return {**rows, "claim": [{"about": one, "source": source} for one in about]}


DETAILS = {
    "case": (publish_case, rows_of_a_case),
    "initiative": (publish_initiative, rows_of_an_initiative),
    "pillar": (publish_pillar, rows_of_a_pillar),
    "actor": (publish_actor, rows_of_an_actor),
}


@pytest.mark.parametrize("kind", DETAILS)
def test_a_page_takes_as_many_queries_for_twenty_rows_as_for_one(queries: Callable, kind: str) -> None:
    publish, rows_of = DETAILS[kind]

    few, many = publish(rows=rows_of(FEW)), publish(rows=rows_of(MANY))

    assert queries(many.get_absolute_url()) == queries(few.get_absolute_url()) <= MOST_QUERIES_OF_A_PAGE


@pytest.mark.parametrize("kind", DETAILS)
def test_an_entry_as_data_takes_as_many_queries_for_twenty_rows_as_for_one(
    queries: Callable, kind: str
) -> None:
    publish, rows_of = DETAILS[kind]

    few, many = publish(rows=rows_of(FEW)), publish(rows=rows_of(MANY))

    for address in (f"/en/{kind}s/{{}}.json", f"/api/v1/{kind}s/{{}}"):
        assert queries(address.format(many.slug)) == queries(address.format(few.slug))


# --- an editor's form -----------------------------------------------------------------------

# What one save of one field takes, however many rows the entry has.
MOST_QUERIES_OF_A_SAVE = 92


@pytest.fixture
def saving(client: Client, editor: Any) -> Callable[[Entry, str], int]:
    """How many queries it takes an editor to publish another finding of a case."""
    client.force_login(editor)

    def count(case: Entry, finding: str) -> int:
        sheet = Sheet.of(client, case, finding_en=finding)
        with CaptureQueriesContext(connection) as captured:
            answer = sheet.save()
        assert answer.status_code == 302
        return len(captured)

    return count


def test_saving_one_field_takes_as_many_queries_for_five_rows_of_each_kind_as_for_one(
    saving: Callable[[Entry, str], int],
) -> None:
    few, many = publish_case(rows=rows_of_a_case(FEW)), publish_case(rows=rows_of_a_case(5))
    # What is kept between requests is there after the first.
    saving(publish_case(), "It held.")

    assert saving(many, "It held.") == saving(few, "It held.") <= MOST_QUERIES_OF_A_SAVE
    # The second finding leaves a claim of the first behind: its row is written and read again.
    assert saving(few, "It held for long.") <= MOST_QUERIES_OF_A_SAVE + 3


def cites(source: Entry) -> None:
    publish_case(rows={"claim": [{"source": source}]})


def takes_part(actor: Entry) -> None:
    publish_case(rows={"participation": [{"actor": actor}]})
    publish_initiative(main_theme=shared(publish_theme), rows={"partner": [{"actor": actor}]})
    publish_actor(rows={"membership": [{"organisation": actor}]})


def happens_in(place: Entry) -> None:
    publish_case(countries=[place])
    publish_initiative(main_theme=shared(publish_theme), countries=[place])
    publish_actor(home=place)


def is_about(theme: Entry) -> None:
    publish_case(themes=[theme])
    publish_initiative(main_theme=theme)
    publish_pillar(rows={"section": [{"theme": theme}]})


def follows_or_shows(case: Entry) -> None:
    publish_initiative(main_theme=shared(publish_theme), follows=case)
    section = key()
    publish_pillar(rows={"section": [{"id": section}], "evidence": [{"section": section, "entry": case}]})


def is_shown(image: Entry) -> None:
    publish_case(picture=image)
    publish_pillar(rows={"section": [{"picture": image}, {"picture": image, "anchor": "another"}]})


POINTING = {
    "image": (publish_image, is_shown),
    "source": (publish_source, cites),
    "actor": (publish_actor, takes_part),
    "place": (publish_place, happens_in),
    "theme": (publish_theme, is_about),
    "case": (publish_case, follows_or_shows),
}


@pytest.mark.parametrize("kind", POINTING)
def test_a_page_takes_as_many_queries_whatever_points_to_it(queries: Callable, kind: str) -> None:
    publish, point = POINTING[kind]
    entry = publish()
    point(entry)
    few = queries(entry.get_absolute_url())

    for _number in range(MANY - FEW):
        point(entry)

    assert queries(entry.get_absolute_url()) == few <= MOST_QUERIES_OF_A_PAGE


@pytest.mark.parametrize("publish", [publish_page, publish_term], ids=["page", "term"])
def test_a_page_that_nothing_points_to_takes_few_queries(queries: Callable, publish: Callable) -> None:
    assert queries(publish().get_absolute_url()) <= MOST_QUERIES_OF_A_PAGE


def test_a_body_whose_parts_have_parts_takes_few_queries(queries: Callable) -> None:
    body = publish_actor()
    organ = publish_actor(part_of=body)
    takes_part(publish_actor(part_of=organ))

    assert queries(body.get_absolute_url()) <= MOST_QUERIES_OF_A_PAGE


def test_the_page_shows_all_the_rows_that_were_counted(client: Client) -> None:
    case = publish_case(rows=rows_of_a_case(MANY))

    document = Document.of(client.get(case.get_absolute_url()).content.decode())

    assert len([one for one in document.all("tr") if one["id"].startswith("provision-")]) == MANY
    assert len([*document.all("ul", class_="said")]) >= 6 * MANY
