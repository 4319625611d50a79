"""A brief holds what its address names, each line with its sources, and says what it does not know."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from cases import briefs
from cases.models import Case
from tests.factories import key, publish_actor, publish_case, publish_change, publish_source
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# The same in each process of the tests.
PROMISED = "0c7f4f0a-5f0e-4b53-9d5c-6a1d8c2b7e10"
UNSAID = "5b0b5d6e-31c5-4a0e-8f0e-3c6a55d6a1f2"
OF_NOBODY = "d1a7cbe4-20f6-43e0-b6cb-a89bae94533f"


def a_case(slug: str = "a-truce") -> Case:
    """A case with two promises, and a source that says so of the outcome and of one promise."""
    source = publish_source(
        slug=f"source-of-{slug}", title_en="The report", publisher="UNSMIL", published_on="2020-10",
        url="https://unsmil.example/report",
    )  # fmt: skip
    promised, unsaid = (PROMISED, UNSAID) if slug == "a-truce" else (key(), key())
    return publish_case(
        slug=slug,
        title_en=f"The case {slug}",
        declared_on="2020-10-23",
        outcome="holding",
        outcome_as_of="2020-10",
        rows={
            "participation": [{"actor": publish_actor(title_en="A mediator"), "role": "mediator"}],
            "provision": [
                {
                    "id": promised,
                    "position": 1,
                    "text_en": "Forces withdraw.",
                    "topic": "withdrawal",
                    "strength": 2,
                },
                {
                    "id": unsaid,
                    "position": 2,
                    "text_en": "Roads open.",
                    "topic": "freedom_of_movement",
                    "strength": 1,
                },
            ],
            "claim": [
                {"about": "outcome", "source": source, "locator": "para. 3"},
                {
                    "about": "declared_on",
                    "source": source,
                    "stance": "differs",
                    "value_en": "24 October 2020",
                },
                {"about": f"provision/{promised}", "source": source},
            ],
        },
    )


def words(client: Client, query: str) -> str:
    document = Document.of(client.get(f"/en/brief/?{query}").content.decode())
    return " ".join(next(iter(document.all("main"))).text.split())


def test_without_a_case_there_is_the_form_alone(client: Client) -> None:
    said = words(client, "")

    assert "Choose cases" in said
    assert "Download" not in said


def test_each_line_has_its_sources_with_date_place_and_address(client: Client) -> None:
    a_case()

    said = words(client, "case=a-truce")

    assert (
        "What became of it: Holding (as of October 2020) The report, UNSMIL, October 2020, para. 3." in said
    )
    assert "Declared or signed: 23 October 2020 Says otherwise: 24 October 2020 — The report" in said
    assert "https://unsmil.example/report" in said
    assert "Mediator: A mediator" in said


def test_the_brief_names_the_revision_it_was_read_in(client: Client) -> None:
    case = a_case()
    publish_change(case, finding_en="It holds.")

    said = words(client, "case=a-truce")

    assert "Revision 2" in said
    assert f"{settings.SITE_URL}/en/cases/a-truce/?as_of=2" in said


def test_only_the_promises_that_are_chosen_stand_in_it(client: Client) -> None:
    a_case()

    [brief] = client.get(f"/en/brief/?case=a-truce&provision={PROMISED}").context["briefs"]
    [without] = client.get("/en/brief/?case=a-truce").context["briefs"]

    assert [str(line.text) for line in brief.promises] == ["Forces withdraw."]
    assert brief.promises[0].address.endswith(f"/en/cases/a-truce/?as_of=1#provision-{PROMISED}")
    assert [one.is_chosen for one in brief.offered] == [True, False]
    assert without.promises == []


def test_cases_keep_the_order_of_the_address_and_come_once(client: Client) -> None:
    a_case()
    a_case("b-truce")

    found = client.get("/en/brief/?case=b-truce&case=a-truce&case=b-truce").context["briefs"]

    assert [brief.case.slug for brief in found] == ["b-truce", "a-truce"]


def test_a_name_that_is_typed_leads_to_the_address_with_that_case(client: Client) -> None:
    a_case()
    a_case("b-truce")

    answer = client.get("/en/brief/?case=a-truce&add=The case b-truce")

    assert (answer.status_code, answer["Location"]) == (302, "/en/brief/?case=a-truce&case=b-truce")


def test_a_case_that_is_there_is_not_added_twice(client: Client) -> None:
    a_case()

    assert client.get("/en/brief/?case=a-truce&add=a-truce")["Location"] == "/en/brief/?case=a-truce"


@pytest.mark.parametrize(
    "query, said",
    {
        "case=nothing": "case = nothing",
        "case=a-truce&provision=x": "provision = x",
        f"case=a-truce&provision={OF_NOBODY}": "provision = ",
        f"provision={PROMISED}": "provision = ",
        "case=a-truce&page=2": "page = 2",
        "case=": "case =",
        "add=nobody": "add = nobody",
        "case=" + "9" * 5000: "case = 999",
    }.items(),
)
def test_what_is_not_understood_is_said(client: Client, query: str, said: str) -> None:
    a_case()

    assert f"Not understood: {said}" in words(client, query)


def test_a_brief_holds_so_many_cases_and_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.brief_views.MOST_CASES", 1)
    a_case()
    a_case("b-truce")

    said = words(client, "case=a-truce&case=b-truce")

    assert "Not understood: case = b-truce" in said
    assert "A brief holds 1 case." in said


def test_a_case_that_is_gone_is_not_in_it(client: Client) -> None:
    assert client.get("/en/brief/?case=a-truce").context["briefs"] == []


def test_many_cases_take_as_many_queries_as_one(
    client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(4):
        a_case(f"case-{number}")
    client.get("/en/brief/?case=case-0")
    with django_assert_max_num_queries(8) as one:
        client.get("/en/brief/?case=case-0")

    with django_assert_max_num_queries(8) as four:
        client.get("/en/brief/?" + "&".join(f"case=case-{number}" for number in range(4)))

    assert len(four) == len(one)


def test_the_page_of_a_case_leads_to_its_brief(client: Client) -> None:
    a_case()

    assert 'href="/en/brief/?case=a-truce"' in client.get("/en/cases/a-truce/").content.decode()


def test_no_search_engine_keeps_all_the_briefs_that_can_be_made(client: Client) -> None:
    assert re.search('name="robots" content="noindex"', client.get("/en/brief/").content.decode())


def test_of_very_many_promises_the_first_are_offered(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(briefs, "MOST_PROMISES", 1)
    a_case()

    [brief] = client.get("/en/brief/?case=a-truce").context["briefs"]

    assert len(brief.offered) == 1
