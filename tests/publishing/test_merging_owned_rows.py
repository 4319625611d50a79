"""Merging snapshots, no row is left without the row that it belongs to."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing import snapshots
from publishing.snapshots import Path, Snapshot

OWNED = {f"{owner}{number}": owner for owner in ("p1", "p2", "p3") for number in "ab"}


@st.composite
def provisions_with_assessments(draw: Any) -> Snapshot:
    """A case in which each assessment belongs to an existing provision."""
    provisions = draw(st.dictionaries(st.sampled_from(["p1", "p2", "p3"]), st.integers(0, 2)))
    keys = sorted(key for key, owner in OWNED.items() if owner in provisions)
    assessments = draw(st.dictionaries(st.sampled_from(keys), st.integers(0, 2))) if keys else {}
    return case_of(provisions, assessments)


def case_of(provisions: dict[str, int], assessments: dict[str, int]) -> Snapshot:
    rows = {
        "provision": {key: {"strength": strength} for key, strength in provisions.items()},
        "assessment": {
            key: {"provision": OWNED[key], "implementation": level} for key, level in assessments.items()
        },
    }
    return {"kind": "case", "id": "e", "fields": {}, "rows": rows}


def without_owner(snapshot: Snapshot) -> list[str]:
    rows = snapshot["rows"]
    return [key for key, row in rows["assessment"].items() if row["provision"] not in rows["provision"]]


@settings(max_examples=300)
@given(provisions_with_assessments(), provisions_with_assessments(), provisions_with_assessments(), st.data())
def test_both_sides_see_the_same_conflicts_and_no_choice_leaves_a_row_without_the_row_that_it_belongs_to(
    base: Snapshot, theirs: Snapshot, mine: Snapshot, data: Any
) -> None:
    merge, turned = snapshots.merge(base, theirs, mine), snapshots.merge(base, mine, theirs)
    choices = {one.path: data.draw(st.sampled_from(["mine", "theirs"])) for one in merge.conflicts}

    chosen = snapshots.resolved(merge, choices)

    assert [one.path for one in merge.conflicts] == [one.path for one in turned.conflicts]
    assert without_owner(merge.merged) == without_owner(chosen) == []
    for path, choice in choices.items():
        side = mine if choice == "mine" else theirs
        assert snapshots.value_at(chosen, path) == snapshots.value_at(side, path)


BARE, ASSESSED = case_of({"p1": 1}, {}), case_of({"p1": 1}, {"p1a": 1})
NOTHING = case_of({}, {})


@pytest.mark.parametrize(
    "base, theirs, mine, is_asked",
    [
        pytest.param(BARE, NOTHING, ASSESSED, True, id="they deleted it, I added a row to it"),
        pytest.param(BARE, ASSESSED, NOTHING, True, id="they added a row to it, I deleted it"),
        pytest.param(
            ASSESSED, NOTHING, case_of({"p1": 1}, {"p1a": 2}), True, id="they deleted it, I changed its row"
        ),
        pytest.param(
            ASSESSED, NOTHING, case_of({"p1": 2}, {"p1a": 1}), True, id="they deleted it, I changed it"
        ),
        pytest.param(ASSESSED, NOTHING, BARE, False, id="they deleted it, I deleted its row"),
        pytest.param(ASSESSED, NOTHING, NOTHING, False, id="both deleted it"),
    ],
)
def test_a_row_that_one_deleted_is_decided_with_all_that_the_other_wrote_below_it(
    base: Snapshot, theirs: Snapshot, mine: Snapshot, is_asked: bool
) -> None:
    merge = snapshots.merge(base, theirs, mine)

    provision = Path(row_kind="provision", key="p1")
    assert [one.path for one in merge.conflicts] == [provision] * is_asked
    assert merge.merged == theirs
    if is_asked:
        assert snapshots.resolved(merge, {provision: "theirs"}) == theirs
        assert snapshots.resolved(merge, {provision: "mine"}) == mine
        assert merge.conflicts[0].decides(Path(row_kind="assessment", key="p1a", column="implementation"))
        assert not merge.conflicts[0].decides(Path(row_kind="assessment", key="p2a"))
