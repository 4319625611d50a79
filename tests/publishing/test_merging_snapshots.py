"""Generated snapshots are merged, checked against a second implementation."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings

from publishing import snapshots
from publishing.snapshots import Path, Snapshot
from tests.publishing.generated_snapshots import (
    SNAPSHOTS,
    or_none,
    says,
    sides_that_do_not_meet,
    value_by_value,
)


@settings(max_examples=300)
@given(SNAPSHOTS, SNAPSHOTS, SNAPSHOTS)
def test_a_merge_is_what_a_reckoning_value_by_value_gives_and_loses_no_change_of_either_side(
    base: Snapshot, theirs: Snapshot, mine: Snapshot
) -> None:
    expected, conflicts = value_by_value(base, theirs, mine)

    merge = snapshots.merge(base, theirs, mine)

    found = {one.path: tuple(map(or_none, (one.base, one.theirs, one.mine))) for one in merge.conflicts}
    assert found == conflicts
    assert len(merge.conflicts) == len(conflicts)
    assert merge.merged == expected
    for change in snapshots.diff(base, mine) + snapshots.diff(base, theirs):
        if not any(change.path.is_within(path) for path in conflicts):
            assert says(merge.merged, change.path) == or_none(change.new)


@given(SNAPSHOTS, SNAPSHOTS)
def test_the_same_change_on_both_sides_is_made_once_and_is_no_conflict(base: Snapshot, x: Snapshot) -> None:
    merge = snapshots.merge(base, x, copy.deepcopy(x))

    assert (merge.merged, merge.conflicts) == (x, [])


@given(SNAPSHOTS, SNAPSHOTS)
def test_a_side_that_changed_nothing_takes_over_the_other(base: Snapshot, x: Snapshot) -> None:
    assert snapshots.merge(base, x, base) == snapshots.Merge(x, [])
    assert snapshots.merge(base, base, x) == snapshots.Merge(x, [])


@given(sides_that_do_not_meet())
def test_changes_that_do_not_meet_merge_alike_from_both_sides(
    sides: tuple[Snapshot, Snapshot, Snapshot],
) -> None:
    base, theirs, mine = sides

    merge, mirrored = snapshots.merge(base, theirs, mine), snapshots.merge(base, mine, theirs)

    assert merge.conflicts == mirrored.conflicts == []
    assert merge.merged == mirrored.merged


@given(SNAPSHOTS, SNAPSHOTS, SNAPSHOTS)
def test_comparing_and_merging_leave_what_they_were_given(
    base: Snapshot, theirs: Snapshot, mine: Snapshot
) -> None:
    before = copy.deepcopy((base, theirs, mine))

    result = snapshots.apply(snapshots.diff(base, mine), snapshots.merge(base, theirs, mine).merged)
    spoil(result)

    assert (base, theirs, mine) == before


def spoil(snapshot: Snapshot) -> None:
    """Change everything in place, to show what is shared with another snapshot."""
    for value in snapshot["fields"].values():
        if isinstance(value, list):
            value.append("spoilt")
    for rows in snapshot["rows"].values():
        for row in rows.values():
            row["spoilt"] = True
        rows["spoilt"] = {}


EVENT = Path(row_kind="event", key="r1")
DELETED, CHANGED, LEFT = None, {"title": "changed"}, {"title": "as it was"}


@pytest.mark.parametrize(
    "theirs, mine, path",
    [
        pytest.param(DELETED, CHANGED, EVENT, id="deleted by them, changed by me"),
        pytest.param(CHANGED, DELETED, EVENT, id="changed by them, deleted by me"),
        pytest.param(CHANGED, {"title": "otherwise"}, EVENT.at("title"), id="changed by both, differently"),
        pytest.param(CHANGED, CHANGED, None, id="changed by both, alike"),
        pytest.param(DELETED, DELETED, None, id="deleted by both"),
        pytest.param(DELETED, LEFT, None, id="deleted by them alone"),
        pytest.param(LEFT, CHANGED, None, id="changed by me alone"),
    ],
)
def test_a_row_is_in_conflict_where_both_sides_want_something_else(
    theirs: Any, mine: Any, path: Path | None
) -> None:
    base, with_them, with_me = (
        {"kind": "case", "fields": {}, "rows": {"event": {"r1": dict(row)} if row else {}}}
        for row in (LEFT, theirs, mine)
    )

    merge = snapshots.merge(base, with_them, with_me)

    assert [conflict.path for conflict in merge.conflicts] == ([path] if path else [])
