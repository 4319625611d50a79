"""A typing error is a word that stays nearly the same; whatever else changes is for a moderator's own eyes."""

import pytest

from contributions.review.typos import is_typo
from tests.factories import a_contribution, edited, newest, publish_case, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WAS = "The cesefire of 2020 held for 90 days."


@pytest.mark.parametrize(
    "becomes, expected",
    [
        ("The ceasefire of 2020 held for 90 days.", True),
        ("The cesefire of 2020 held for 90 days!", True),
        ("The cesefire of 2020 held for 91 days.", False),
        ("The cesefire of 2020 held for ninety days.", False),
        ("The cesefire of 2020 never held for 90 days.", False),
        ("The cesefire of 2020 held for 90 days. ", True),
        ("The truce of 2020 held for 90 days.", False),
        ("", False),
    ],
)
def test_a_text_that_stays_nearly_the_same_with_all_its_numbers_is_mended(
    becomes: str, expected: bool
) -> None:
    theme = publish_theme(summary_en=WAS)

    one = a_contribution(edited(theme, summary_en=becomes), base=newest(theme))

    assert is_typo(one.proposal) is expected


def test_a_date_is_no_text() -> None:
    case = publish_case(declared_on="2020-10-23")

    assert not is_typo(a_contribution(edited(case, declared_on="2020-10-24"), base=newest(case)).proposal)


def test_one_change_that_is_none_makes_the_whole_none() -> None:
    theme = publish_theme(summary_en=WAS, summary_fr="Il a tenu.")
    both = edited(theme, summary_en=WAS.replace("cese", "cease"), summary_fr="Il n’a pas tenu.")

    assert not is_typo(a_contribution(both, base=newest(theme)).proposal)


def test_a_new_entry_mends_nothing() -> None:
    assert not is_typo(a_contribution().proposal)
