"""Who is asked for by a name and by where they belong stands first, though nothing of theirs names the place."""

from typing import Any

import pytest
from django.test import Client

from publishing.finding import documents, search
from publishing.models import Entry
from tests.factories import publish_actor, publish_case, publish_place

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def found(typed: str, **options: Any) -> list[str]:
    return [one.entry.slug for one in documents([*search(typed, **options).keys])]


@pytest.fixture
def forces() -> None:
    sudan = publish_place(slug="sudan", title_en="Sudan", title_fr="Soudan", title_ar="السودان")
    publish_actor(
        slug="forces",
        title_en="Rapid Support Forces",
        home=sudan,
        rows={"alias": [{"name": "RSF"}, {"name": "الدعم السريع", "language": "ar"}]},
    )
    publish_actor(slug="reporters", title_en="Reporters", rows={"alias": [{"name": "RSF", "language": "fr"}]})
    publish_actor(
        slug="police",
        title_en="Police",
        description_en="Police of Sudan.",
        home=sudan,
        rows={"alias": [{"name": "PF"}]},
    )
    publish_case(slug="jeddah", title_en="Sudan: a truce", finding_en="The RSF signed it. " * 9)


@pytest.mark.parametrize(
    "typed",
    [
        "RSF Sudan",
        "Sudan RSF",
        "RSF Soudan",
        "the RSF in Sudan",
        "rapid support forces Sudan",
        "الدعم السريع السودان",
        "Rapid Suport Forces Sudan",
    ],
)
def test_a_name_with_its_place_is_that_one(typed: str, forces: None) -> None:
    assert found(typed)[0] == "forces"


def test_it_is_counted_once_and_only_where_it_belongs(client: Client, forces: None) -> None:
    assert search("RSF Lebanon").has_some_words
    assert found("RSF Sudan truce") == ["jeddah"]
    assert search("RSF Sudan").counts == {"actor": 1, "case": 1}
    assert found("RSF Sudan", kind="case") == ["jeddah"]
    assert search("PF Sudan").counts == {"actor": 1}
    assert found("RSF Sudan -reporters")[0] == "forces"
    assert found("RSF Sudan -rapid") == found('"signed it" RSF Sudan') == ["jeddah"]
    page = client.get("/en/search/?q=RSF+Sudan")
    assert page.context["number"] == 2

    Entry.objects.filter(slug="forces").update(is_in_use=False)
    assert found("RSF Sudan") == ["jeddah"]
