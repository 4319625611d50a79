"""The number beside each value is what the list holds once it is chosen."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client, override_settings

from cases import postings
from cases.filters import CaseFilter, facets
from tests.factories import publish_actor, publish_case, publish_initiative, publish_place
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]


@pytest.fixture
def offered(client: Client) -> Callable[..., dict[tuple[str, str], int]]:
    """The number beside each value that is not chosen, by question and value."""

    def read(query: str, address: str = "/en/cases/") -> dict[tuple[str, str], int]:
        choices = client.get(address, QUERY_STRING=query).context["filter"].choices
        return {
            (facet.name, choice.value): choice.number
            for facet, several in choices
            for choice in several
            if not choice.is_chosen
        }

    return read


@kept
def forty_made_up() -> None:
    """Cases of every make."""
    with override_settings(DEVELOPMENT=True):
        call_command("make_cases", 40)


QUESTIONS = ["", "outcome=holding", "role=signatory", "monitoring=unsaid&outcome=-expired", "since=1980"]


@pytest.mark.every_database
@pytest.mark.usefixtures("forty_made_up")
@pytest.mark.parametrize("few", [0, 2000], ids=["value by value", "row by row"])
@pytest.mark.parametrize("query", QUESTIONS)
def test_it_is_true_for_every_value(
    offered: Callable, monkeypatch: pytest.MonkeyPatch, few: int, query: str
) -> None:
    monkeypatch.setattr(postings, "FEW_ROWS", few)
    monkeypatch.setattr(facets, "MOST_SHOWN", 3)
    asked = {one.partition("=")[0] for one in query.split("&")}

    numbers = {one: number for one, number in offered(query).items() if one[0] not in asked}

    found = {
        (name, value): CaseFilter(QueryDict(f"{query}&{name}={value}")).number for name, value in numbers
    }
    assert numbers == found
    assert len(numbers) > 30


def test_within_a_question_the_values_add_up(offered: Callable, client: Client) -> None:
    for outcome in ("holding", "holding", "expired"):
        publish_case(outcome=outcome, outcome_as_of="2020")

    assert offered("outcome=holding")["outcome", "expired"] == 1
    assert client.get("/en/cases/?outcome=holding&outcome=expired").context["filter"].number == 3


def test_what_is_excluded_is_not_counted_under_another_value_either(offered: Callable) -> None:
    libya, sudan = publish_place(slug="libya"), publish_place(slug="sudan")
    publish_case(countries=[libya])
    publish_case(countries=[libya, sudan])

    assert offered("")["country", "libya"] == 2
    assert offered("country=-sudan")["country", "libya"] == 1


def test_what_is_excluded_shows_how_many_it_would_add(client: Client) -> None:
    libya, sudan = publish_place(slug="libya"), publish_place(slug="sudan")
    publish_case(countries=[libya])
    publish_case(countries=[libya, sudan])

    found = client.get("/en/cases/?country=-libya&country=-sudan&country=-none").context["filter"]
    numbers = {
        one.value: one.number for facet, several in found.choices for one in several if one.is_excluded
    }
    assert numbers == {"-libya": 1, "-sudan": 0, "-none": 0}


def test_an_actor_is_counted_in_the_role_that_is_asked_for(offered: Callable) -> None:
    qatar, egypt = publish_actor(slug="qatar"), publish_actor(slug="egypt")
    for role in ("mediator", "host"):
        publish_case(rows={"participation": [{"actor": qatar, "role": role}]})
    publish_case(
        rows={"participation": [{"actor": qatar, "role": "host"}, {"actor": egypt, "role": "mediator"}]}
    )

    asked = offered("role=mediator")
    assert (asked["actor", "qatar"], asked["actor", "egypt"]) == (1, 1)
    assert offered("actor=qatar")["role", "mediator"] == 1
    assert offered("actor=egypt")["role", "host"] == 0


def test_what_would_leave_nothing_is_grey_and_can_still_be_chosen(client: Client) -> None:
    publish_case(outcome="holding", outcome_as_of="2020", ceasefire_class="humanitarian_pause")
    publish_case(outcome="expired", outcome_as_of="2020", ceasefire_class="definitive_ceasefire")

    document = Document.of(client.get("/en/cases/?ceasefire_class=humanitarian_pause").content.decode())

    grey = [" ".join(one.text.split()) for one in document.all("label", class_="no-row")]
    assert "Expired 0" in grey
    assert "Holding 1" not in grey


def test_a_membership_counts_while_it_lasted(offered: Callable) -> None:
    union, league = publish_actor(slug="union"), publish_actor(slug="league")
    state = publish_actor(
        rows={
            "membership": [
                {"organisation": union, "since_on": "1990", "until_on": "2000-05"},
                {"organisation": league},
            ]
        }
    )
    for day in ("1989", "1990-03", "2000-05-31", "2000-06"):
        publish_case(declared_on=day, rows={"participation": [{"actor": state, "role": "mediator"}]})

    asked = offered("")
    assert (asked["mediators_in", "union"], asked["mediators_in", "league"]) == (2, 4)
    assert ("parties_in", "union") not in asked


def test_initiatives_are_counted_by_donor_partner_country_and_membership(
    offered: Callable, client: Client
) -> None:
    oic, iraq = publish_actor(slug="oic"), publish_place(slug="iraq")
    kuwait = publish_actor(slug="kuwait", rows={"membership": [{"organisation": oic}]})
    fund = publish_actor(slug="fund", part_of=kuwait)
    publish_initiative(slug="a", countries=[iraq], rows={"partner": [{"actor": fund, "role": "donor"}]})
    publish_initiative(slug="b", rows={"funding": [{"actor": kuwait}]})
    publish_initiative(slug="c", rows={"partner": [{"actor": kuwait, "role": "recipient"}]})

    asked = offered("", "/en/initiatives/")
    assert {one: asked[one] for one in asked if one[0] in {"donor", "partner", "donors_in"}} == {
        ("donor", "kuwait"): 2, ("donor", "fund"): 1, ("donor", "none"): 1,
        ("partner", "kuwait"): 3, ("partner", "fund"): 1, ("partner", "none"): 0,
        ("donors_in", "oic"): 1, ("donors_in", "none"): 2,
    }  # fmt: skip
    page = client.get("/en/initiatives/?donor=kuwait&country=-none")
    assert [one.slug for one in page.context["initiatives"]] == ["a"]
    assert "1 initiative with money from: " in " ".join(
        Document.of(page.content.decode()).one("p", class_="count").text.split()
    )


@pytest.mark.every_database
def test_words_find_names_and_are_kept_by_the_form(client: Client) -> None:
    publish_case(slug="a", title_en="Ceasefire of Hudaydah", outcome="holding", outcome_as_of="2020")
    publish_case(slug="b", title_en="Truce of Hudaydah")
    publish_case(slug="c", title_en="Truce of Aden")

    page = client.get("/en/cases/?q=hudaydah&outcome=holding")

    assert [case.slug for case in page.context["cases"]] == ["a"]
    assert 'value="hudaydah"' in page.content.decode()
    found = {choice.value: choice.number for choice in page.context["filter"].choices[0][1]}
    assert found == {"holding": 1, "unknown": 1}


def test_a_name_that_several_have_leads_to_each(client: Client) -> None:
    for slug in ("front-a", "front-b"):
        actor = publish_actor(slug=slug, title_en="Front")
        publish_case(slug=f"of-{slug}", rows={"participation": [{"actor": actor, "role": "mediator"}]})

    page = client.get("/en/cases/?mediator=Front&outcome=unknown")

    [(label, asked, ways)] = [*page.context["filter"].ambiguous]
    assert (label, asked) == ("Mediator", "Front")
    assert {query for _name, _apart, query in ways} == {
        "mediator=front-a&outcome=unknown", "mediator=front-b&outcome=unknown",
    }  # fmt: skip


def test_where_nothing_is_found_other_answers_are_offered_with_their_number(client: Client) -> None:
    league, qatar = publish_actor(slug="league"), publish_actor(slug="qatar", title_en="Qatar")
    publish_case(rows={"participation": [{"actor": league, "role": "host"}]})
    publish_case(rows={"participation": [{"actor": qatar, "role": "mediator"}]})

    page = client.get("/en/cases/?mediator=league&outcome=unknown")

    assert page.context["filter"].number == 0
    assert page.context["filter"].near() == [("Mediator", 2, "outcome=unknown")]
    assert ("Mediator", "Qatar", 1, "mediator=qatar&outcome=unknown") in page.context[
        "filter"
    ].other_answers()
    assert "With another answer to one question:" in page.content.decode()


SENTENCES = {
    "outcome=holding&outcome=expired": "with the outcome: Holding or Expired",
    "outcome=-holding": "with another outcome than: Holding",
    "mediator=none": "with no mediator recorded",
    "mediator=qatar&mediator=none": "mediated by: Qatar, or with no mediator recorded",
    "mediator=-none": "mediated by: somebody or something recorded",
    "since=2000&until=2010": "at some time from 2000 to 2010",
    "q=truce": "called “truce”",
}


@pytest.mark.parametrize("query, sentence", SENTENCES.items())
def test_one_sentence_says_the_question(client: Client, query: str, sentence: str) -> None:
    qatar = publish_actor(slug="qatar", title_en="Qatar")
    publish_case(rows={"participation": [{"actor": qatar, "role": "mediator"}]})

    page = Document.of(client.get("/en/cases/", QUERY_STRING=query).content.decode())

    assert sentence in " ".join(page.one("p", class_="count").text.split())
