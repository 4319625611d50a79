"""The search finds what people mean: queries in three languages, misspelt ones among them, judged beforehand."""

from pathlib import Path

import pytest

from publishing.finding import documents, search

pytestmark = [pytest.mark.every_database, pytest.mark.usefixtures("casebook")]

JUDGED = Path(__file__).parent.parent / "search" / "judged_queries.tsv"
# The mean of one divided by the place of the first right answer.
LEAST = 0.97
LOOKED_AT = 20


def judged() -> list[tuple[str, str, set[str]]]:
    """Each query with its language, or "typo", and what answers it."""
    lines = [line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()[1:]]
    return [(language, query, {*answers.split("; ")}) for language, query, answers in lines]


def place_of(query: str, answers: set[str]) -> int:
    """The place of the first right answer, or 0."""
    found = documents([*search(query).keys][:LOOKED_AT])
    places = (place for place, one in enumerate(found, start=1) if f"{one.kind}/{one.entry.slug}" in answers)
    return next(places, 0)


def test_the_right_answers_stand_first() -> None:
    places = {query: place_of(query, answers) for _language, query, answers in judged()}

    missed = {query: place for query, place in places.items() if place != 1}
    worth = sum(1 / place for place in places.values() if place) / len(places)
    assert worth >= LEAST, missed


def test_enough_is_judged_in_each_language() -> None:
    languages = [language for language, _query, _answers in judged()]

    assert len(languages) >= 120
    assert all(languages.count(language) >= 15 for language in ("en", "fr", "ar", "typo"))
