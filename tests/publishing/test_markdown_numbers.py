"""Links that ask for a number are found in a text, in a time that grows as the text does."""

import time

import pytest

from publishing.markdown_numbers import NUMBER_LINK, without_numbers


@pytest.mark.parametrize("link", ["[#](/en/cases/)", "[ # ]( /en/cases/ )", "[#](\n</en/cases/> )", "[#]( )"])
def test_a_number_is_asked_for_with_or_without_blanks(link: str) -> None:
    assert without_numbers(f"So {link}.") == "So …."


def test_very_many_blanks_that_end_no_link_take_no_time() -> None:
    began = time.thread_time()
    assert not NUMBER_LINK.search("[#](" + " " * 20_000 + "x")
    assert time.thread_time() - began < 0.2
