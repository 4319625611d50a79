"""Comparing and merging generated snapshots, checked against a second implementation."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing import snapshots
from publishing.snapshots import ABSENT, Path, Snapshot

# --- generated snapshots: one schema, few values, so that conflicts are frequent -----------

KEYS = st.sampled_from(["r1", "r2", "r3", "r4"])
MEMBERS = st.lists(st.sampled_from(["m1", "m2", "m3"]), unique=True).map(sorted)
WORDS = st.sampled_from(["", "a", "b", "صلح", "🕊️"]) | st.text(max_size=3)
NUMBERS = st.none() | st.integers(0, 2)


def rows_of(**columns: st.SearchStrategy) -> st.SearchStrategy:
    return st.dictionaries(KEYS, st.fixed_dictionaries(columns), max_size=4)


SNAPSHOTS = st.fixed_dictionaries(
    {
        "kind": st.just("case"),
        "id": st.just("e"),
        "fields": st.fixed_dictionaries(
            {
                "title": WORDS,
                "killed": NUMBERS,
                "is_open": st.booleans(),
                "themes": MEMBERS,
                "places": MEMBERS,
            }
        ),
        "rows": st.fixed_dictionaries(
            {
                "provision": rows_of(text=WORDS, strength=NUMBERS),
                "breach": rows_of(reported_by=KEYS, killed=NUMBERS, is_disputed=st.booleans()),
                "event": rows_of(title=WORDS),
            }
        ),
    }
)


@st.composite
def sides_that_do_not_meet(draw: Any) -> tuple[Snapshot, Snapshot, Snapshot]:
    """A base, and two sides that changed different columns and rows."""
    base, here, there = draw(SNAPSHOTS), draw(SNAPSHOTS), draw(SNAPSHOTS)
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    for part in ("fields", *base["rows"]):
        values_in = (lambda s: s["fields"]) if part == "fields" else (lambda s, part=part: s["rows"][part])
        for name in sorted({*values_in(base), *values_in(here), *values_in(there)}):
            changed, source = (mine, here) if draw(st.booleans()) else (theirs, there)
            values_in(changed).pop(name, None)
            if name in values_in(source):
                values_in(changed)[name] = copy.deepcopy(values_in(source)[name])
    return base, theirs, mine


# --- the second implementation: value by value, without differences ------------------------


def value_by_value(base: Snapshot, theirs: Snapshot, mine: Snapshot) -> tuple[Snapshot, dict[Path, tuple]]:
    """The expected merge, and the three values of every conflict."""
    merged, conflicts = copy.deepcopy(base), {}
    sides = (base, theirs, mine)
    for name in base["fields"]:
        three = [side["fields"][name] for side in sides]
        if isinstance(three[0], list):
            was, with_them, with_me = map(set, three)
            members = (was & with_them & with_me) | (with_them - was) | (with_me - was)
            merged["fields"][name] = sorted(members)
        else:
            merged["fields"][name] = one_value(Path(column=name), *three, conflicts)
    for kind in base["rows"]:
        merged["rows"][kind] = {}
        for key in {key for side in sides for key in side["rows"][kind]}:
            three = [side["rows"][kind].get(key) for side in sides]
            at = Path(row_kind=kind, key=key)
            if None in three:
                row = one_value(at, *three, conflicts)
            else:
                was, with_them, with_me = three
                row = {
                    column: one_value(
                        at.at(column), was[column], with_them[column], with_me[column], conflicts
                    )
                    for column in was
                }
            if row is not None:
                merged["rows"][kind][key] = row
    return merged, conflicts


def one_value(path: Path, was: Any, with_them: Any, with_me: Any, conflicts: dict[Path, tuple]) -> Any:
    if with_them == with_me or with_me == was:
        return with_them
    if with_them == was:
        return with_me
    conflicts[path] = (was, with_them, with_me)
    return with_them


def says(snapshot: Snapshot, path: Path) -> Any:
    """The value at the path, read without the code under test."""
    name, *below = path.parts
    if not below:
        return snapshot["fields"][name]
    if isinstance(snapshot["fields"].get(name), list):
        return below[0] in snapshot["fields"][name]
    row = snapshot["rows"][name].get(below[0])
    return row if len(below) == 1 or row is None else row[below[1]]


def or_none(value: Any) -> Any:
    return None if value is ABSENT else value


# --- paths ---------------------------------------------------------------------------------

NAMES = st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1)
ROW_KINDS = {"provision", "event"}
PATHS = (
    st.builds(Path, column=NAMES.filter(lambda name: name not in ROW_KINDS), member=NAMES | st.just(""))
    | st.builds(Path, row_kind=st.sampled_from(sorted(ROW_KINDS)))
    | st.builds(Path, row_kind=st.sampled_from(sorted(ROW_KINDS)), key=NAMES, column=NAMES | st.just(""))
    | st.just(Path())
)


@given(PATHS)
def test_a_path_read_from_its_own_text_is_the_same(path: Path) -> None:
    assert Path.parse(str(path), ROW_KINDS) == path


@given(st.lists(NAMES, max_size=4).map("/".join))
def test_the_text_of_a_path_is_the_text_that_it_was_read_from(text: str) -> None:
    assert str(Path.parse(text, ROW_KINDS)) == str(Path.parse(text, set())) == text


@pytest.mark.parametrize(
    "path, text",
    [
        (Path(), ""),
        (Path(column="outcome"), "outcome"),
        (Path(column="themes", member="t1"), "themes/t1"),
        (Path(row_kind="provision"), "provision"),
        (Path(row_kind="provision", key="p1"), "provision/p1"),
        (Path(row_kind="provision", key="p1", column="strength"), "provision/p1/strength"),
    ],
)
def test_a_path_is_stored_as_its_parts_between_slashes(path: Path, text: str) -> None:
    assert (str(path), Path.parse(text, ROW_KINDS)) == (text, path)
    assert path.is_row == (text == "provision/p1")


NEAR = [Path(), *(Path.parse(text, ROW_KINDS) for text in (
    "title", "themes", "themes/a", "themes/title", "event", "event/a", "event/title", "event/a/title", "event/a/themes",
    "event/title/title", "provision", "provision/a", "provision/a/title",
))]  # fmt: skip


@pytest.mark.parametrize("path", NEAR, ids=str)
@pytest.mark.parametrize("other", NEAR, ids=str)
def test_a_path_lies_within_another_where_it_goes_on_from_it(path: Path, other: Path) -> None:
    assert path.is_within(other) == (path.parts[: len(other.parts)] == other.parts)


@given(SNAPSHOTS, SNAPSHOTS)
def test_the_text_of_a_difference_leads_back_to_it(a: Snapshot, b: Snapshot) -> None:
    for change in snapshots.diff(a, b):
        assert Path.parse(str(change.path), a["rows"]) == change.path
        assert change.path.is_within(change.path.row)


# --- comparing -----------------------------------------------------------------------------


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


# --- merging -------------------------------------------------------------------------------


@settings(max_examples=300)
@given(SNAPSHOTS, SNAPSHOTS, SNAPSHOTS)
def test_a_merge_is_what_a_reckoning_value_by_value_gives(
    base: Snapshot, theirs: Snapshot, mine: Snapshot
) -> None:
    expected, conflicts = value_by_value(base, theirs, mine)

    merge = snapshots.merge(base, theirs, mine)

    found = {one.path: tuple(map(or_none, (one.base, one.theirs, one.mine))) for one in merge.conflicts}
    assert found == conflicts
    assert len(merge.conflicts) == len(conflicts)
    assert merge.merged == expected


@given(SNAPSHOTS, SNAPSHOTS)
def test_the_same_change_on_both_sides_is_made_once_and_is_no_conflict(base: Snapshot, x: Snapshot) -> None:
    merge = snapshots.merge(base, x, copy.deepcopy(x))

    assert (merge.merged, merge.conflicts) == (x, [])


@given(SNAPSHOTS, SNAPSHOTS)
def test_a_side_that_changed_nothing_takes_over_the_other(base: Snapshot, x: Snapshot) -> None:
    assert snapshots.merge(base, x, base) == snapshots.Merge(x, [])
    assert snapshots.merge(base, base, x) == snapshots.Merge(x, [])


@settings(max_examples=300)
@given(SNAPSHOTS, SNAPSHOTS, SNAPSHOTS)
def test_a_merge_loses_no_change_of_either_side(base: Snapshot, theirs: Snapshot, mine: Snapshot) -> None:
    merge = snapshots.merge(base, theirs, mine)

    in_conflict = [conflict.path for conflict in merge.conflicts]
    for change in snapshots.diff(base, mine) + snapshots.diff(base, theirs):
        if not any(change.path.is_within(path) for path in in_conflict):
            assert says(merge.merged, change.path) == or_none(change.new)


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


# --- rows that belong to rows ----------------------------------------------------------------

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


@settings(max_examples=500)
@given(provisions_with_assessments(), provisions_with_assessments(), provisions_with_assessments(), st.data())
def test_no_choice_leaves_a_row_without_the_row_that_it_belongs_to(
    base: Snapshot, theirs: Snapshot, mine: Snapshot, data: Any
) -> None:
    merge = snapshots.merge(base, theirs, mine)
    choices = {one.path: data.draw(st.sampled_from(["mine", "theirs"])) for one in merge.conflicts}

    chosen = snapshots.resolved(merge, choices)

    assert without_owner(merge.merged) == without_owner(chosen) == []
    for path, choice in choices.items():
        side = mine if choice == "mine" else theirs
        assert snapshots.value_at(chosen, path) == snapshots.value_at(side, path)


@settings(max_examples=300)
@given(provisions_with_assessments(), provisions_with_assessments(), provisions_with_assessments())
def test_both_sides_see_the_same_conflicts_of_rows(base: Snapshot, theirs: Snapshot, mine: Snapshot) -> None:
    here, there = snapshots.merge(base, theirs, mine), snapshots.merge(base, mine, theirs)

    assert [one.path for one in here.conflicts] == [one.path for one in there.conflicts]


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
