"""Generated snapshots, and a second implementation of merging: value by value, without differences."""

import copy
from typing import Any

from hypothesis import strategies as st

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
