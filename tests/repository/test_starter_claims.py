"""The table of the claims matches the starter content, and every claim has a mark."""

import pytest

from tests.repository.starter_claims import CONTENT, DOCUMENT, Table, entries, rendered, unmarked


@pytest.fixture(scope="module")
def found() -> dict[str, Table]:
    """Every entry of the starter content."""
    return entries(CONTENT)


def test_the_table_is_what_the_content_renders(found: dict[str, Table]) -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == rendered(found), (
        "run python -m tests.repository.starter_claims"
    )


def test_every_claim_is_marked(found: dict[str, Table]) -> None:
    assert unmarked(found) == []


@pytest.mark.parametrize("mark", [{}, {"mark": ""}, {"mark": "X"}], ids=["none", "empty", "unknown"])
def test_a_claim_without_a_mark_of_ours_is_noticed(mark: dict[str, str]) -> None:
    assert unmarked({"case/a": {"claim": [{"key": "one", **mark}, {"key": "two", "mark": "G"}]}}) == [
        "case/a one"
    ]


def test_a_claim_becomes_a_row() -> None:
    source = {"title": {"en": "Letter | annex"}, "identifier": "S/2008/392", "url": "https://a.example/(1)"}
    claim = {
        "about": "provision/halt", "value": {"en": "One\n[two]"}, "stance": "differs", "source": "letter",
        "locator": "variable p_x", "mark": "R",
    }  # fmt: skip

    text = rendered({"case/a": {"title": {"en": "A"}, "claim": [claim]}, "source/letter": source})

    assert "\n## case/a: A\n" in text
    assert text.splitlines()[-1] == (
        r"| provision/halt | One \[two\] | differs "
        r"| [Letter \| annex](https://a.example/%281%29), S/2008/392 | variable p\_x | R |"
    )
    assert "\n|  | all | 1 | 1 |\n" in text


def test_a_claim_that_names_no_source_says_so() -> None:
    text = rendered({"case/a": {"title": {"en": "A"}, "claim": [{"mark": "G"}]}})

    assert text.splitlines()[-1] == "| the entry as a whole |  | supports | none yet |  | G |"


def test_a_source_that_is_not_there_is_noticed() -> None:
    with pytest.raises(KeyError, match="letter"):
        rendered({"case/a": {"title": {"en": "A"}, "claim": [{"source": "letter", "mark": "R"}]}})
