"""Of a long list the first rows are shown; a rest that is hardly shorter than a line stands with them."""

import pytest

from publishing.templatetags.long_lists import in_parts


@pytest.mark.parametrize(
    "rows, shown, sizes",
    [(0, 5, [0]), (5, 5, [5]), (6, 5, [6]), (7, 5, [5, 2]), (2, 2, [2]), (3, 2, [2, 1]), (30, 5, [5, 25])],
)
def test_the_rest_is_folded_where_it_is_worth_a_line(rows: int, shown: int, sizes: list[int]) -> None:
    parts = in_parts(range(rows), shown)

    assert [len(part.rows) for part in parts] == sizes
    assert [row for part in parts for row in part.rows] == [*range(rows)]
    assert [part.is_rest for part in parts] == [False, True][: len(parts)]
