"""The sources of a page are named once each, by their names in the reader's language."""

import uuid

import pytest
from django.utils.translation import override

from sources import facts
from sources.models import Claim, Source
from tests.factories import publish_case

pytestmark = pytest.mark.one_database


def a_source(title: str, **more: str) -> Source:
    return Source(pk=uuid.uuid4(), title_en=title, **more)


def test_a_source_that_is_cited_often_is_named_once() -> None:
    source = a_source("Report")

    assert facts.cited([Claim(source=source, about="outcome"), Claim(source=source)]) == [source]


def test_a_claim_without_a_source_names_none() -> None:
    assert facts.cited([Claim(about="outcome")]) == []


def test_sources_come_by_their_names_whatever_the_case_of_their_letters() -> None:
    sources = [a_source("beta"), a_source("Gamma"), a_source("Alpha")]

    cited = facts.cited([Claim(source=source) for source in sources])

    assert [source.title_en for source in cited] == ["Alpha", "beta", "Gamma"]


def test_sources_come_by_their_names_in_the_language_of_the_page() -> None:
    sources = [a_source("Alpha", title_fr="Zoulou"), a_source("Beta", title_fr="Amiens")]

    with override("fr"):
        cited = facts.cited([Claim(source=source) for source in sources])

    assert [source.title_fr for source in cited] == ["Amiens", "Zoulou"]


def test_sources_come_as_the_language_sorts_them() -> None:
    titles = ["Zoulou", "Échec", "« Accord »", "À propos"]

    with override("fr"):
        cited = facts.cited([Claim(source=a_source("", title_fr=title)) for title in titles])

    assert [source.title_fr for source in cited] == ["À propos", "« Accord »", "Échec", "Zoulou"]


@pytest.mark.django_db
def test_two_like_rows_are_told_apart_where_a_claim_chooses_one() -> None:
    case = publish_case(rows={"breach": [{"began_on": "2022-08-27"}, {"began_on": "2022-08-27"}]})

    (_whole, _facts, (_heading, breaches)) = facts.choices(case, type(case))

    first, second = (name for _about, name in breaches)
    assert second == f"{first} (2)"
