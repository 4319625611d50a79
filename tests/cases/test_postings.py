"""Sets of bits answer as sets of positions do."""

import pytest

from cases import postings
from cases.postings import Postings, Several, bits_of, positions_among, positions_of

SIZE = 300
ROWS = [
    (position, value)
    for position in range(0, SIZE, 2)
    for number, value in enumerate("abcdefgh")
    if position * 37 % (number + 3) < 2 or number == position // 2 % 8
]


def rows_with(value: str) -> set[int]:
    return {position for position, one in ROWS if one == value}


@pytest.mark.parametrize("positions", [set(), {0}, {7, 8}, {299}, {*range(0, 300, 7)}])
def test_a_set_holds_its_places_in_their_order(positions: set[int]) -> None:
    bits = bits_of(positions, SIZE)

    assert [*positions_of(bits)] == sorted(positions)
    assert bits.bit_count() == len(positions)
    assert [*positions_among(bits, range(SIZE - 1, -1, -1), SIZE)] == sorted(positions, reverse=True)


@pytest.mark.parametrize("dense", [1, 10_000], ids=["kept as places", "kept as bits"])
def test_each_value_is_held_by_its_rows(dense: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "DENSE", dense)
    monkeypatch.setattr(postings, "MOST_VALUES", 0)
    made = Postings([*ROWS, *ROWS], SIZE)

    for _time in range(2):
        assert {value: {*positions_of(made.holding(value))} for value in "abcdefgh"} == {
            value: rows_with(value) for value in "abcdefgh"
        }
    assert made.holding("z") == 0
    assert {*positions_of(made.recorded)} == {*range(0, SIZE, 2)}
    assert {*made.held_by(4)} == {value for position, value in ROWS if position == 4}
    assert [*made.held_by(5)] == []


@pytest.mark.parametrize("few", [0, 1000], ids=["value by value", "row by row"])
def test_values_are_counted_alike_however_many_rows_there_are(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "FEW_ROWS", few)
    among = {*range(0, 100)}
    halves = [Postings(ROWS[::2], SIZE), Postings(ROWS[1::2], SIZE)]

    for made in (Postings(ROWS, SIZE), Several(halves)):
        counted = made.counted(bits_of(among, SIZE))
        assert {value: number for value, number in counted.items() if number} == {
            value: len(rows_with(value) & among) for value in "abcdefgh"
        }
        assert {*positions_of(made.recorded)} == {*range(0, SIZE, 2)}


def test_only_the_most_frequent_values_are_counted_where_rows_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postings, "FEW_ROWS", 0)
    monkeypatch.setattr(postings, "MOST_VALUES", 2)
    made = Postings([(0, "a"), (1, "a"), (1, "b"), (2, "b"), (2, "c")], 3)

    assert {*made.counted(0b111)} == {"a", "b"}


def test_an_empty_list_has_postings_too() -> None:
    made = Postings([], 0)

    assert (made.recorded, made.holding("a"), [*made.counted(0)]) == (0, 0, [])
