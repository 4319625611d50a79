"""Generated snapshots are compared, and each difference leads from one to the other."""

import copy

import pytest
from hypothesis import given

from publishing import snapshots
from publishing.snapshots import ABSENT, Path, Snapshot
from tests.publishing.generated_snapshots import SNAPSHOTS, or_none, says


@given(SNAPSHOTS, SNAPSHOTS)
def test_a_difference_applied_gives_the_other_snapshot(a: Snapshot, b: Snapshot) -> None:
    changes = snapshots.diff(a, b)

    assert snapshots.apply(changes, a) == b


@given(SNAPSHOTS)
def test_a_snapshot_does_not_differ_from_itself(a: Snapshot) -> None:
    assert snapshots.diff(a, copy.deepcopy(a)) == []


@given(SNAPSHOTS, SNAPSHOTS)
def test_a_difference_names_each_path_once_with_what_both_sides_say(a: Snapshot, b: Snapshot) -> None:
    changes = snapshots.diff(a, b)

    assert len({change.path for change in changes}) == len(changes)
    for change in changes:
        assert (or_none(change.old), or_none(change.new)) == (says(a, change.path), says(b, change.path))
        assert or_none(change.old) != or_none(change.new)
        assert or_none(snapshots.value_at(a, change.path)) == says(a, change.path)


@pytest.mark.parametrize(
    "text", ["nothing", "event/r9", "event/r9/title", "event/r1/nothing", "nothing/r1", "omen/r1"]
)
def test_a_path_that_a_snapshot_does_not_have_is_absent(text: str) -> None:
    snapshot = {"fields": {"title": "A"}, "rows": {"event": {"r1": {"title": "B"}}}}

    assert snapshots.value_at(snapshot, Path.parse(text, {"event", "omen"})) is ABSENT
    assert not ABSENT
    assert repr(ABSENT) == "ABSENT"
