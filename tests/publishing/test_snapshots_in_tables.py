"""Snapshots of generated entries of real kinds, written to the tables and read from them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing import snapshots
from publishing.snapshots import Snapshot, rehearsal
from publishing.snapshots.rows import MOST_IN_PLACE
from tests.databases import some_on_every_database
from tests.factories import (
    SMALLEST_ROWS,
    key,
    publish_actor,
    publish_case,
    publish_pillar,
    publish_place,
    publish_source,
    publish_theme,
    snapshot_of,
)
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

THEMES, PLACES, ACTORS, SOURCES = (
    [str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{kind}{n}")) for n in range(3)] for kind in "tpas"
)
ENTRY = str(uuid.uuid5(uuid.NAMESPACE_DNS, "entry"))


@pytest.fixture
def rows_before(casebook: None, all_rows: Callable) -> dict[str, list[str]]:
    """Every row, which each example of a test finds again."""
    return all_rows()


@kept
def casebook() -> None:
    """The entries that generated entries point to."""
    for number in range(3):
        publish_theme(id=THEMES[number])
        publish_place(id=PLACES[number])
        publish_actor(id=ACTORS[number])
        publish_source(id=SOURCES[number])


# --- generated entries ---------------------------------------------------------------------

WRITING = st.characters(exclude_categories=["Cs", "Cc"])
PHRASES = st.sampled_from(["", "صُلح", "🕊️ 👩🏽‍🏫", "Œuvre — “paix”", "'; DROP TABLE --"]) | st.text(
    WRITING, max_size=20
)
PROSE = PHRASES | st.sampled_from(["line\n\nline\t", "وقف إطلاق النار. " * 1_000])
TITLES = PHRASES.filter(bool)
DATES = st.none() | st.sampled_from(["2008", "2008-05", "2008-05-21", "2020-02-29"])
COUNTS = st.none() | st.integers(0, 2**31 - 1)
MONEY = st.decimals("0.01", "9999999999999.99", places=2).map(str)
LANGUAGES = st.sampled_from(["en", "ar", "prs"])


def some(*several: str) -> st.SearchStrategy:
    return st.lists(st.sampled_from(several), unique=True).map(sorted)


def rows_of(name: str, unique_by: Any = None, /, **columns: st.SearchStrategy) -> st.SearchStrategy:
    """Up to three rows of a kind by key; no other kind uses these keys."""
    row = st.fixed_dictionaries({"position": st.integers(0, 9), **columns}).map(
        lambda values: SMALLEST_ROWS[name] | values
    )
    listed = st.lists(row, max_size=3, unique_by=unique_by)
    numbered = st.permutations([str(uuid.uuid5(uuid.UUID(ENTRY), f"{name}{n}")) for n in range(4)])
    return st.builds(lambda keys, rows: dict(zip(keys, rows, strict=False)), numbered, listed)


CLAIMS = rows_of(
    "claim", value_en=PHRASES, source=st.sampled_from(SOURCES), quotation=PROSE, quotation_language=LANGUAGES
)
ROWS = {
    "case": {
        "participation": rows_of(
            "participation", lambda row: row["actor"], actor=st.sampled_from(ACTORS), side_ar=PHRASES
        ),
        "provision": rows_of("provision", text_en=PROSE, strength=st.integers(1, 3)),
        "breach": rows_of("breach", reported_by=st.sampled_from(ACTORS), killed=COUNTS, began_on=DATES),
        "event": rows_of("event", title_fr=PHRASES, happened_on=DATES),
        "claim": CLAIMS,
    },
    "pillar": {
        "section": rows_of(
            "section", lambda row: row["anchor"], anchor=st.sampled_from("abcdef"), body_ar=PROSE
        )
    },
    "source": {"claim": CLAIMS},
    "actor": {"alias": rows_of("alias", lambda row: row["name"], name=TITLES, language=LANGUAGES)},
    "initiative": {"funding": rows_of("funding", pledged=MONEY), "result": rows_of("result", value=MONEY)},
}
FIELDS = {
    "case": {
        "themes": some(*THEMES), "countries": some(*PLACES), "narrative_ar": PROSE, "declared_on": DATES,
        "is_for_holiday": st.booleans(), "latitude": st.just("15.3547"), "longitude": st.just("-44.2060"),
    },
    "pillar": {"summary_en": PROSE, "position": st.integers(0, 32767)},
    "source": {"published_on": DATES, "authors": PHRASES, "remark_fr": PROSE},
    "actor": {"home": st.none() | st.sampled_from(PLACES), "description_en": PROSE},
    "initiative": {"main_theme": st.sampled_from(THEMES), "began_on": DATES, "narrative_en": PROSE},
}  # fmt: skip
# The kinds of rows that belong to another row: the kind of its owner, and how such a row is made.
BELOW = {
    "assessment": ("provision", {"implementation": st.integers(0, 3), "narrative_en": PROSE}),
    "evidence": ("section", {"entry": st.sampled_from(THEMES), "reason_ar": TITLES}),
}


@st.composite
def entries(draw: Any, kind: str) -> Snapshot:
    """Snapshots of the same entry."""
    whole = snapshot_of(kind, id=ENTRY, slug=draw(st.sampled_from(["one", "two"])), title_ar=draw(TITLES))
    whole["fields"] |= {name: draw(values) for name, values in FIELDS[kind].items()}
    for name, rows in ROWS[kind].items():
        whole["rows"][name] = draw(rows)
    for name, (owner, columns) in BELOW.items():
        for above in whole["rows"].get(owner, {}):
            if draw(st.booleans()):
                row = {one: draw(values) for one, values in columns.items()}
                below = str(uuid.uuid5(uuid.UUID(above), name))
                whole["rows"][name][below] = SMALLEST_ROWS[name] | row | {owner: above}
    return snapshots.conformed(whole)


def every_kind(*on_every_database: str) -> pytest.MarkDecorator:
    """All kinds; those that are named, on every database."""
    kinds = {kind: kind for kind in sorted(FIELDS)}
    return pytest.mark.parametrize("kind", some_on_every_database(kinds, on_every_database))


# --- reading and writing -------------------------------------------------------------------


@every_kind("case", "initiative", "pillar", "source")
@settings(max_examples=30)
@given(data=st.data())
def test_what_is_written_is_read_again_gives_way_to_what_comes_next_and_is_erased_without_a_trace(
    rows_before: dict[str, list[str]], kind: str, data: st.DataObject, all_rows: Callable
) -> None:
    first, second = data.draw(entries(kind)), data.draw(entries(kind))

    with rehearsal():
        entry = snapshots.thaw(first)
        assert snapshots.freeze(entry) == first
        written = all_rows()
        snapshots.thaw(snapshots.freeze(entry))
        assert all_rows() == written

        entry = snapshots.thaw(second)
        connection.check_constraints()
        assert snapshots.freeze(entry) == second

        snapshots.erase(entry)
        connection.check_constraints()
        left = {table for table, rows in all_rows().items() if rows != rows_before[table]}
        assert left == {"publishing_entry"}


@pytest.mark.parametrize(
    "kind", ["case", "pillar", "source", "actor", "initiative", "theme", "term", "place", "page"]
)
def test_writing_what_stands_there_already_touches_no_row_of_it(kind: str, casebook: None) -> None:
    rows = {"pillar": {"section": [{}]}, "case": {"provision": [{}]}, "actor": {"alias": [{}]}}.get(kind)
    values = (
        {"main_theme": THEMES[0]} if kind == "initiative" else {"themes": THEMES} if kind == "case" else {}
    )
    entry = snapshots.thaw(snapshot_of(kind, rows, **values))
    snapshot = snapshots.freeze(entry)

    with CaptureQueriesContext(connection) as captured:
        snapshots.thaw(snapshot)

    written = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "DELETE"))]
    assert written == []


@pytest.mark.every_database
def test_the_largest_amount_that_the_column_takes_is_read_again(casebook: None) -> None:
    largest = {"funding": [{"pledged": "9999999999999.99"}]}
    snapshot = snapshot_of("initiative", largest, main_theme=THEMES[0])

    entry = snapshots.thaw(snapshot)

    assert snapshots.freeze(entry) == snapshot


@pytest.mark.every_database
def test_rows_may_exchange_what_is_unique_among_them() -> None:
    first, second = key(), key()
    pillar = publish_pillar(rows={"section": [{"id": first, "anchor": "a"}, {"id": second, "anchor": "b"}]})
    swapped = snapshots.freeze(pillar)
    sections = swapped["rows"]["section"]
    sections[first]["anchor"], sections[second]["anchor"] = "b", "a"

    snapshots.thaw(swapped)

    assert snapshots.freeze(pillar) == swapped


@pytest.mark.every_database
def test_few_rows_that_change_nothing_unique_are_changed_where_they_stand() -> None:
    keys = [key() for _one in range(MOST_IN_PLACE + 1)]
    case = publish_case(rows={"provision": [{"id": one} for one in keys]})
    few, many = snapshots.freeze(case), snapshots.freeze(case)
    few["rows"]["provision"][keys[0]]["strength"] = 3
    for one in keys:
        many["rows"]["provision"][one]["strength"] = 1

    with CaptureQueriesContext(connection) as of_few:
        snapshots.thaw(few)
    found = snapshots.freeze(case)
    with CaptureQueriesContext(connection) as of_many:
        snapshots.thaw(many)

    assert [one["sql"].split(" SET ")[1][:12] for one in of_few if is_of_rows(one)] == ['"strength" =']
    assert [one["sql"][:6] for one in of_many if is_of_rows(one)] == ["DELETE", "INSERT"]
    assert (found, snapshots.freeze(case)) == (few, many)


def is_of_rows(query: dict[str, str]) -> bool:
    """Whether it writes provisions."""
    return query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) and "cases_provision" in query["sql"]


@pytest.mark.every_database
def test_a_row_keeps_what_belongs_to_it_when_it_changes() -> None:
    provision, assessment = key(), key()
    case = publish_case(
        rows={"provision": [{"id": provision}], "assessment": [{"id": assessment, "provision": provision}]}
    )
    changed = snapshots.freeze(case)
    changed["rows"]["provision"][provision]["strength"] = 3

    snapshots.thaw(changed)

    connection.check_constraints()
    assert snapshots.freeze(case)["rows"]["assessment"].keys() == {assessment}


def test_an_entry_does_not_read_the_rows_of_another() -> None:
    publish_case(rows={"provision": [{}], "claim": [{}]})

    other = snapshots.freeze(publish_case())

    assert not any(other["rows"].values())
