"""What is shown of a text that answers."""

from search.asking import read
from search.marking import SHOWN, in_context, marked, spans


def test_forms_of_the_word_are_marked_and_the_rest_is_escaped() -> None:
    assert marked("Truces & <b>a truce</b>", read("truce").wanted) == (
        "<mark>Truces</mark> &amp; &lt;b&gt;a <mark>truce</mark>&lt;/b&gt;"
    )
    assert marked("ثم جاءت الهُدنة", read("هدنه").wanted) == "ثم جاءت <mark>الهُدنة</mark>"


def test_of_a_word_in_two_parts_the_part_is_marked_that_is_asked_for() -> None:
    assert marked("Israel-Hezbollah", read("hezbollah").wanted) == "Israel-<mark>Hezbollah</mark>"
    assert marked("a cease-fire", read("ceasefire").wanted) == "a <mark>cease-fire</mark>"


def test_the_part_is_shown_in_which_most_of_the_words_are() -> None:
    text = f"truce {'other words ' * 100} the truce of the Arab League held {'and so on ' * 100}"
    wanted = read("truce arab league").wanted

    shown = in_context(text, spans(text, wanted))

    assert "<mark>truce</mark> of the <mark>Arab</mark> <mark>League</mark> held" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < SHOWN + 100


def test_a_text_without_end_is_cut() -> None:
    text = "x" * 50_000

    assert len(in_context(text, [])) < SHOWN + 10
    assert len(in_context(f"truce{text}", [(0, 5)])) < SHOWN + 30
