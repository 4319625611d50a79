"""Old and foreign snapshots: in today's shape, and the entries that they point to."""

import copy
import uuid
from typing import Any

import pytest

from cases.models import Actor, Case, Place
from pillars.models import Theme
from publishing import snapshots
from publishing.models import Entry
from publishing.models.entry import children_of, kinds
from publishing.snapshots import Path
from sources.models import Source
from tests.factories import key, snapshot_of

KEY = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"


def test_a_missing_column_takes_its_default() -> None:
    old = snapshot_of("case", {"claim": [{}]})
    del (
        old["fields"]["outcome"],
        old["fields"]["finding_ar"],
        old["fields"]["declared_on"],
        old["fields"]["themes"],
    )
    (claim,) = old["rows"]["claim"].values()
    del claim["stance"], claim["source"]

    shaped = snapshots.conformed(old)

    assert shaped["fields"]["outcome"] == "unknown"
    assert (shaped["fields"]["finding_ar"], shaped["fields"]["declared_on"], shaped["fields"]["themes"]) == (
        "",
        None,
        [],
    )
    (claim,) = shaped["rows"]["claim"].values()
    assert (claim["stance"], claim["source"]) == ("supports", None)


@pytest.mark.every_database
@pytest.mark.django_db
def test_what_was_published_before_there_were_pictures_still_thaws() -> None:
    case = snapshot_of("case")
    pillar = snapshot_of("pillar", {"section": [{}]})
    del case["fields"]["picture"]
    (section,) = pillar["rows"]["section"].values()
    del section["picture"]

    assert snapshots.thaw(case).picture is None
    assert snapshots.thaw(pillar).sections.get().picture is None


def test_a_missing_kind_of_row_is_empty() -> None:
    old = snapshot_of("case")
    del old["rows"]["breach"]

    assert snapshots.conformed(old)["rows"]["breach"] == {}


def test_what_has_no_place_any_more_is_left_out_and_named() -> None:
    event = key()
    current = snapshot_of("case", {"event": [{"id": event}]})
    old = copy.deepcopy(current)
    old["fields"]["mood"] = "hopeful"
    old["rows"]["omen"] = {key(): {"sign": "a dove"}}
    old["rows"]["event"][event]["weather"] = "fair"

    assert snapshots.conformed(old) == current
    assert snapshots.unknown(old) == [
        Path(row_kind="event", key=event, column="weather"),
        Path(column="mood"),
        Path(row_kind="omen"),
    ]


def test_a_snapshot_in_todays_shape_has_nothing_unknown_and_stays_as_it_is() -> None:
    current = snapshot_of("case", {"event": [{}]})

    assert snapshots.unknown(current) == []
    assert snapshots.conformed(current) == current


@pytest.mark.parametrize(
    "kind, column, written, stored",
    [
        pytest.param("place", "latitude", "32.9", "32.9000", id="decimals filled up"),
        pytest.param("place", "latitude", 32, "32.0000", id="a number"),
        pytest.param("place", "latitude", "-0", "0.0000", id="no sign on zero"),
        pytest.param("place", "latitude", "32.12345", "32.12345", id="never rounded"),
        pytest.param("place", "latitude", "north", "north", id="left when it does not fit"),
        pytest.param("place", "latitude", "1e99", "1e99", id="left when it is far too large"),
        pytest.param("case", "declared_on", "٢٠٢٠-١٠", "2020-10", id="digits"),
        pytest.param("case", "declared_on", "", None, id="no date"),
        pytest.param("case", "declared_on", "2020-06-31", "2020-06-31", id="left when it is no date"),
        pytest.param("case", "narrative_en", "a\r\nb\rc", "a\nb\nc", id="ends of lines"),
        pytest.param("case", "themes", ["b", "a", "b"], ["a", "b"], id="a set"),
        pytest.param("case", "last_verified_on", "2020-10-23", "2020-10-23", id="a calendar date"),
        pytest.param("actor", "home", KEY.upper(), KEY, id="a key"),
        pytest.param("actor", "home", None, None, id="no key"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_the_tables_give_it_back(
    kind: str, column: str, written: Any, stored: Any
) -> None:
    assert snapshot_of(kind, **{column: written})["fields"][column] == stored


def test_shaping_leaves_the_snapshot_that_it_was_given() -> None:
    old = snapshot_of("case", {"event": [{}]})
    old["fields"]["themes"] = ["b", "a"]
    before = copy.deepcopy(old)

    shaped = snapshots.conformed(old)
    shaped["fields"]["themes"].append("c")
    next(iter(shaped["rows"]["event"].values()))["position"] = 7

    assert old == before


def test_a_snapshot_knows_whom_it_points_to_and_of_which_kind_they_must_be() -> None:
    theme, place, actor, source = (key() for _ in range(4))
    snapshot = snapshot_of(
        "case",
        {"participation": [{"actor": actor}], "breach": [{}], "claim": [{"source": source}]},
        themes=[theme],
        countries=[place],
    )

    assert snapshots.pointers(snapshot) == {(Theme, theme), (Place, place), (Actor, actor), (Source, source)}
    assert snapshots.references(snapshot) == {theme, place, actor, source}


def test_evidence_may_be_an_entry_of_any_kind() -> None:
    section, entry = key(), key()
    snapshot = snapshot_of(
        "pillar", {"section": [{"id": section}], "evidence": [{"section": section, "entry": entry}]}
    )

    assert snapshots.pointers(snapshot) == {(Entry, entry)}


def test_a_row_without_the_row_that_it_belongs_to_is_an_orphan() -> None:
    provision, valid, orphan = key(), key(), key()
    snapshot = snapshot_of(
        "case",
        {
            "provision": [{"id": provision}],
            "assessment": [{"id": valid, "provision": provision}, {"id": orphan, "provision": key()}],
        },
    )

    assert snapshots.orphans(snapshot) == [Path(row_kind="assessment", key=orphan)]


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_rows_stand_after_the_rows_that_own_them(kind: str) -> None:
    rows = list(children_of(kinds()[kind]))

    assert {"claim", "externalid"} <= {*rows}
    for owner, owned in (("provision", "assessment"), ("section", "evidence")):
        assert (owner in rows) == (owned in rows)
        assert owner not in rows or rows.index(owner) < rows.index(owned)


def test_the_columns_that_publishing_keeps_are_not_content() -> None:
    names = {column.name for column in snapshots.content_columns(Case)}

    assert {"slug", "title_ar", "verify_by", "finding_en"} <= names
    assert not names & {*Entry.MANAGED_BY_PUBLISHING, "entry_ptr"}


def test_an_empty_snapshot_names_every_kind_of_row() -> None:
    identity = uuid.uuid4()

    assert snapshots.empty(Theme, identity) == {
        "kind": "theme", "id": str(identity), "fields": {}, "rows": {"claim": {}, "externalid": {}},
    }  # fmt: skip
