"""The choices of a select are on the page once; every row has its selected choice."""

import pytest

from desk.widgets import SharedChoices

CHOICES = [
    ("", "The whole"),
    ("Facts", [("outcome", "Outcome"), ("finding", "Finding")]),
    ("x", "<b>Other</b>"),
]


def shown(name: str, value: str) -> str:
    return SharedChoices(choices=CHOICES).render(name, value)


def test_the_blank_row_has_the_whole_list() -> None:
    html = shown("claims-__prefix__-about", "")

    assert html.count("<option") == 4
    assert "data-choices-of" not in html


@pytest.mark.parametrize("value", ["", "outcome", "finding", "x"])
def test_a_row_has_what_is_chosen_and_says_where_the_rest_is(value: str) -> None:
    html = shown("claims-17-about", value)

    assert html.count("<option") == 1
    assert f'<option value="{value}" selected>' in html
    assert 'data-choices-of="claims-__prefix__-about"' in html


def test_a_value_that_is_no_choice_leaves_the_list_whole() -> None:
    assert shown("claims-17-about", "nonsense").count("<option") == 4


def test_a_choice_is_text() -> None:
    assert "&lt;b&gt;Other" in shown("claims-17-about", "x")
