"""A pasted text becomes lines and cells, whichever program it comes from."""

from time import process_time

import pytest
from django.core.exceptions import ValidationError

from desk.pasting.grids import MAX_BYTES, MAX_ROWS, read_grid


@pytest.mark.parametrize(
    "text, cells",
    [
        ("a\tb\nc\td\n", [["a", "b"], ["c", "d"]]),
        ('a\t"b\nwith ""more"""\r\nc\t', [["a", 'b with "more"'], ["c", ""]]),
        ("a;b\nc;d, e", [["a", "b"], ["c", "d, e"]]),
        ('a,"b, c"\nd,e', [["a", "b, c"], ["d", "e"]]),
        ("one line\nanother, with a comma", [["one line"], ["another, with a comma"]]),
        ("2 April 2022: the truce begins\n2022-10: it ends", [["2 April 2022", "the truce begins"], ["2022-10", "it ends"]]),
        ("٢ نيسان ٢٠٢٢ – تبدأ الهدنة\n2023، تنتهي", [["٢ نيسان ٢٠٢٢", "تبدأ الهدنة"], ["2023", "تنتهي"]]),
        ("2 April 2022: begins\nnobody knows when\n2022-10: ends", [["2 April 2022", "begins"], ["", "nobody knows when"], ["2022-10", "ends"]]),
        ("  Monday, 3 October, 2022 \t: it ends\n2022-10 \u00a0 : begins".replace("\t", "  "), [["Monday, 3 October, 2022", "it ends"], ["2022-10", "begins"]]),
        ("\t\ta\n\n \t\t\nb\t\tc", [["", "a"], ["b", "c"]]),
        ('5" shells\tx\nb\ty', [['5" shells', "x"], ["b", "y"]]),
        # As some write it without marking what is in the cell: quotes stay, a cell with a tabulator or a line break is whole.
        ('4 Oct\t"They said ""we stop"",\nand\tleft"\n5 Oct\t"Peace" accord\n6 Oct\t6" gun', [["4 Oct", 'They said "we stop", and left'], ["5 Oct", '"Peace" accord'], ["6 Oct", '6" gun']]),
        ("a\u200b\tb\x00\n", [["a", "b"]]),
        ("", []),
        (" \n\t\n", []),
    ],
)  # fmt: skip
def test_cells_are_read(text: str, cells: list[list[str]]) -> None:
    assert read_grid(text) == cells


@pytest.mark.parametrize(
    "text, code",
    [
        ("a\tb\n" * (MAX_ROWS + 2), "many"),
        ("é" * (MAX_BYTES // 2 + 1), "long"),
        ("\t".join("abcdefghij" * 5), "wide"),
    ],
)
def test_too_much_is_refused_with_words(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_grid(text)

    assert refused.value.code == code
    assert refused.value.messages[0]


def test_as_much_as_is_allowed_is_read() -> None:
    assert len(read_grid("a\tb\n" * (MAX_ROWS + 1))) == MAX_ROWS + 1


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * (MAX_BYTES - 2) + "b",
        (":" * 400 + "\n") * (MAX_BYTES // 401),
        ("1, " * 130 + "\n1, 2\n") * (MAX_BYTES // 397 // 3),
        ('"a""\t' * 39 + "x\n") * MAX_ROWS,
        '"' + '""' * (MAX_BYTES // 2 - 1) + "x",
        "a" + "\u0301" * (MAX_BYTES // 4 - 1) + "\u0323" * (MAX_BYTES // 4 - 1),
    ],
    ids=["spaces", "colons", "commas", "quotes", "pairs", "marks"],
)
def test_a_text_of_any_kind_is_read_in_the_time_that_its_length_takes(text: str) -> None:
    begun = process_time()

    assert read_grid(text)

    assert process_time() - begun < 2


@pytest.mark.parametrize("text", ['"', '"\t"', '"a\t"b"\n"', "\ud800\t\udfff", "a\rb\tc", '"""\t\n"'])
def test_broken_text_is_read_somehow(text: str) -> None:
    assert isinstance(read_grid(text), list)
