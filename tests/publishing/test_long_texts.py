"""A text that is read at a glance has few words; one that is public and longer keeps nobody from other changes."""

import tomllib
from typing import Any

import pytest

from cases.models import Case
from portal.starter.reading import CONTENT
from publishing.fields.words import count_words
from publishing.refusals import Shortcoming
from publishing.rules.readiness import long_texts, shortcomings
from tests.factories import edited, newest, publish_case, publish_change, snapshot_of

MOST = Case.MOST_WORDS["finding"]
LONG = "word " * (MOST + 1)


@pytest.mark.parametrize(
    "text, words",
    [
        ("", 0),
        ("It held; nobody – but one – left.", 6),
        ("Le cessez-le-feu n’a pas tenu\N{NO-BREAK SPACE}; 12\N{NO-BREAK SPACE}morts", 7),
        ("صمد وقف إطلاق النار، ثم انهار في 2023", 8),
        ("a\nb\tc", 3),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize("path", sorted((CONTENT / "cases").glob("*.toml")), ids=lambda path: path.stem)
def test_each_finding_of_the_starter_content_is_read_at_a_glance(path: Any) -> None:
    findings = tomllib.loads(path.read_text(encoding="utf-8"))["finding"]

    assert {language: n for language, text in findings.items() if (n := count_words(text)) > MOST} == {}


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_longer_finding_is_told_in_each_language() -> None:
    most = "word " * MOST
    found = [*long_texts(snapshot_of("case", finding_en=LONG, finding_ar=most, finding_fr=LONG))]

    assert [(one.code, one.about) for one in found] == [
        ("too_many_words", "finding_en"),
        ("too_many_words", "finding_fr"),
    ]
    assert f"{MOST + 1} words" in found[0].message
    assert f"{MOST} words" in found[0].message
    assert [*long_texts(snapshot_of("place", title_en=LONG, latitude=40))] == []


@pytest.mark.django_db
@pytest.mark.one_database
def test_what_was_long_already_keeps_nobody_from_publishing() -> None:
    case = publish_case()
    assert "too_many_words" in {one.code for one in lacks(case, finding_en=LONG)}
    publish_change(case, finding_en=LONG)

    case.refresh_from_db()

    assert "too_many_words" not in {one.code for one in lacks(case, place_name_en="Elsewhere")}


def lacks(case: Case, **fields: str) -> list[Shortcoming]:
    return shortcomings(edited(case, **fields), newest(case).snapshot)
