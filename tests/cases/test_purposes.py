"""A case says in words what it was for."""

import pytest
from django.utils.translation import override

from cases.models import Case

FLAGS = {
    "is_humanitarian": "Humanitarian purpose",
    "is_for_peace_process": "For a peace process",
    "is_for_holiday": "For a holiday",
    "is_for_election": "For an election",
    "has_other_purpose": "Other purpose",
}


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert Case().purposes == ""


@pytest.mark.parametrize("flag, words", FLAGS.items(), ids=FLAGS)
def test_each_purpose_has_its_words(flag: str, words: str) -> None:
    assert Case(**{flag: True}).purposes == words


def test_several_purposes_are_listed_as_one_sentence() -> None:
    case = Case(is_for_election=True, is_humanitarian=True, has_other_purpose=True)

    assert case.purposes == "Humanitarian purpose, for an election, other purpose"


def test_the_comma_between_them_is_that_of_the_language() -> None:
    case = Case(is_for_election=True, is_humanitarian=True)

    with override("ar"):
        arabic = case.purposes

    assert arabic.count("،") == 1
    assert "," not in arabic
