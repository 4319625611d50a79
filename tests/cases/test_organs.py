"""What an organ did counts for the body that it is part of."""

import pytest
from django.test import Client

from cases.models import Actor
from publishing.rules import Refusal
from tests.factories import publish_actor, publish_case, publish_change, publish_initiative
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def league() -> None:
    """A body, its committee, and a body of that committee; each has a role in a case of its own."""
    league = publish_actor(slug="league", title_en="League")
    committee = publish_actor(slug="committee", title_en="Committee", part_of=league)
    below = publish_actor(slug="below", title_en="Below", part_of=committee)
    publish_actor(slug="idle", title_en="Idle")
    for slug, actor, role in (("a", league, "host"), ("b", committee, "mediator"), ("c", below, "witness")):
        publish_case(slug=slug, title_en=slug, rows={"participation": [{"actor": actor, "role": role}]})
    publish_initiative(slug="schools", rows={"partner": [{"actor": committee}]})


ASKED = {
    "actor=league": {"a", "b", "c"},
    "actor=league&role=mediator": {"b"},
    "actor=league&role=witness": {"c"},
    "actor=league&role=signatory": set(),
    "actor=committee": {"b", "c"},
    "actor=below": {"c"},
}


@pytest.mark.every_database
@pytest.mark.usefixtures("league")
@pytest.mark.parametrize("query, found", ASKED.items())
def test_the_list_of_cases_counts_it(client: Client, query: str, found: set[str]) -> None:
    page = client.get(f"/en/cases/?{query}")

    assert {case.slug for case in page.context["cases"]} == found


@pytest.mark.every_database
def test_however_far_below_the_organ_is(client: Client) -> None:
    chain = [publish_actor(slug="top")]
    for number in range(7):
        chain.append(publish_actor(slug=f"below-{number}", part_of=chain[-1]))
    case = publish_case(rows={"participation": [{"actor": chain[-1]}]})

    assert [one.pk for one in client.get("/en/cases/?actor=top").context["cases"]] == [case.pk]
    assert {*Actor.objects.get(slug="top").with_organs()} == {one.pk for one in chain}


@pytest.mark.usefixtures("league")
def test_the_list_says_whose_roles_it_counts(client: Client) -> None:
    page = client.get("/en/cases/?actor=league&role=mediator").content.decode()

    assert "Counted with what is part of it:" in page
    assert [one.slug for one in client.get("/en/cases/?actor=below").context["filter"].organs] == []


@pytest.mark.every_database
@pytest.mark.usefixtures("league")
def test_the_page_of_the_body_shows_it_and_through_whom(client: Client) -> None:
    text, organ = (
        " ".join(Document.of(client.get(f"/en/actors/{slug}/").content.decode()).one("article").text.split())
        for slug in ("league", "committee")
    )

    assert "through Committee" in text
    assert "through Below" in text
    assert "Parts of it in this casebookCommittee" in text
    assert "Part ofLeague" in organ


@pytest.mark.every_database
def test_a_body_is_offered_where_only_its_organ_has_a_role(client: Client) -> None:
    league = publish_actor(slug="league")
    committee = publish_actor(slug="committee", part_of=league)
    publish_actor(slug="idle")
    publish_case(rows={"participation": [{"actor": committee}]})

    choices = client.get("/en/cases/").context["filter"].choices
    offered = {facet.name: several for facet, several in choices}

    found = {choice.value: choice.number for choice in offered["actor"] if choice.number}
    assert found == {league.slug: 1, committee.slug: 1}


@pytest.mark.every_database
def test_two_that_are_part_of_each_other_lead_to_an_answer(client: Client) -> None:
    one = publish_actor(slug="one")
    other = publish_actor(slug="other", part_of=one)
    publish_change(one, part_of=other)
    publish_case(slug="a", rows={"participation": [{"actor": one}]})

    for slug in ("one", "other"):
        assert [case.slug for case in client.get(f"/en/cases/?actor={slug}").context["cases"]] == ["a"]
        assert client.get(f"/en/actors/{slug}/").status_code == 200


@pytest.mark.every_database
def test_nothing_is_part_of_itself() -> None:
    one = publish_actor()

    with pytest.raises(Refusal):
        publish_change(one, part_of=one)
