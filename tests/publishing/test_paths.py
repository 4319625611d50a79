"""The path of a value in a snapshot: written as text, read again, and what lies within it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing import snapshots
from publishing.snapshots import Path, Snapshot
from tests.publishing.generated_snapshots import SNAPSHOTS

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
