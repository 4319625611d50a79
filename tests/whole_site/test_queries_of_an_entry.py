"""A page of one entry, its data and its form ask the database as often for twenty rows as for one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import Entry
from publishing.views import entries, pages
from sources import views as sources
from tests.desk.sheets import Sheet
from tests.factories import (
    key,
    publish_actor,
    publish_case,
    publish_image,
    publish_initiative,
    publish_page,
    publish_pillar,
    publish_place,
    publish_source,
    publish_term,
    publish_theme,
)
from tests.kept import kept
from tests.whole_site.counting import FEW, MANY, Rows, shared
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# What a page of one entry takes, of whatever kind.
# One of them is for the marks of entries, which outside of a transaction are remembered.
MOST_QUERIES_OF_A_PAGE = 8 + 1


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


@kept
def few_and_many() -> dict[str, tuple[Entry, Entry]]:
    """Of each kind that has rows, an entry with few of each and one with many."""
    return {
        kind: (publish(rows=rows_of(FEW)), publish(rows=rows_of(MANY)))
        for kind, (publish, rows_of) in DETAILS.items()
    }


@pytest.mark.parametrize("kind", DETAILS)
def test_a_page_takes_as_many_queries_for_twenty_rows_as_for_one(
    queries: Callable, few_and_many: dict[str, tuple[Entry, Entry]], kind: str
) -> None:
    few, many = few_and_many[kind]

    assert queries(many.get_absolute_url()) == queries(few.get_absolute_url()) <= MOST_QUERIES_OF_A_PAGE


@pytest.mark.parametrize("kind", DETAILS)
def test_an_entry_as_data_takes_as_many_queries_for_twenty_rows_as_for_one(
    queries: Callable, few_and_many: dict[str, tuple[Entry, Entry]], kind: str
) -> None:
    few, many = few_and_many[kind]

    for address in (f"/en/{kind}s/{{}}.json", f"/api/v1/{kind}s/{{}}"):
        assert queries(address.format(many.slug)) == queries(address.format(few.slug))


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


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize("kind", ["source", "actor", "place", "theme"])
def test_a_page_with_lists_of_many_pages_takes_few_queries(
    queries: Callable, client: Client, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_COUNTED", 2)
    monkeypatch.setattr(entries, "PER_PAGE", 1)
    monkeypatch.setattr(sources, "ENTRIES_ON_A_PAGE", 1)
    publish, point = POINTING[kind]
    entry = publish()
    for _number in range(4):
        point(entry)
    # What is counted once for all pages is counted by now.
    client.get(entry.get_absolute_url())

    assert queries(entry.get_absolute_url()) <= MOST_QUERIES_OF_A_PAGE


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
