"""Two to four cases stand side by side, under one address, with who says what."""

import pytest
from django.test import Client

from tests.factories import publish_actor, publish_case, publish_place, publish_source
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ADDRESS = "/en/cases/compare/"


@kept
def two_cases() -> None:
    """One that holds and one that collapsed, both humanitarian."""
    un, source = (
        publish_actor(title_en="UN", actor_type="intergovernmental"),
        publish_source(title_en="Report"),
    )
    here = publish_place(title_en="Here")
    publish_case(
        slug="late", title_en="Late", declared_on="2010-01-01", outcome="holding", outcome_as_of="2011-01-01",
        countries=[here], is_humanitarian=True,
        rows={"participation": [{"actor": un, "role": "mediator", "id": "9f6f1f6e-8f5c-4bb5-8d4f-0b1d6c7a9d01"}],
              "claim": [{"about": "outcome", "source": source, "value_en": "It held"},
                        {"about": "participation/9f6f1f6e-8f5c-4bb5-8d4f-0b1d6c7a9d01", "source": source}]},
    )  # fmt: skip
    publish_case(
        slug="early", title_en="Early", declared_on="2000-01-01", ended_on="2000-01-08", countries=[here],
        outcome="collapsed", outcome_as_of="2001", is_humanitarian=True, rows={"breach": [{}]},
    )  # fmt: skip


def lines(client: Client, query: str) -> dict[str, list[list[str]]]:
    return {
        str(line.label): [cell.lines for cell in line.cells]
        for group in client.get(f"{ADDRESS}?{query}").context["groups"]
        for line in group.lines
    }


@pytest.mark.every_database
@pytest.mark.usefixtures("two_cases")
def test_their_facts_stand_side_by_side_the_earlier_case_first(client: Client) -> None:
    found = lines(client, "case=late&case=early")

    assert found["Outcome"] == [["Collapsed"], ["Holding"]]
    assert found["Lasted"] == [["7 days"], ["at least 1 year and counting"]]
    assert found["Mediator"] == [[], ["UN"]]
    assert found["Breaches recorded here"] == [["1, of them verified: 0"], ["none recorded"]]
    assert found["Countries"] == [["Here"], ["Here"]]
    assert "Witness" not in found


@pytest.mark.usefixtures("two_cases")
def test_differences_only_leaves_out_what_is_the_same(client: Client) -> None:
    whole = lines(client, "case=early&case=late")
    found = lines(client, "case=early&case=late&only=differences")

    assert whole.keys() - found.keys() == {
        "Class", "Scope", "Sides", "Written or not", "Purpose", "Countries",
    }  # fmt: skip


@pytest.mark.usefixtures("two_cases")
def test_who_says_so_is_kept_folded(client: Client) -> None:
    document = Document.of(client.get(f"{ADDRESS}?case=early&case=late").content.decode())

    folded = [one for one in document.all("details") if "who-says-so" in one.classes]
    assert len(folded) == 2
    assert all("1 source" in one.text and "Report" in one.text for one in folded)
    assert "It held" in folded[0].text


@pytest.mark.usefixtures("two_cases")
def test_the_same_cases_have_one_address(client: Client) -> None:
    for query in (
        "case=early&case=late",
        "case=late&case=early&case=late",
        "case=late&case=early&only=differences",
    ):
        document = Document.of(client.get(f"{ADDRESS}?{query}").content.decode())
        [canonical] = [one["href"] for one in document.all("link", rel="canonical")]
        assert canonical.endswith("/en/cases/compare/?case=early&case=late")


@pytest.mark.usefixtures("two_cases")
def test_each_case_leads_to_how_datasets_code_it(client: Client) -> None:
    html = client.get(f"{ADDRESS}?case=early&case=late").content.decode()

    assert '/en/cases/early/#codings"' in html
    assert '/en/cases/late/#codings"' in html


PROBLEMS = {
    "": "No case is chosen yet.",
    "case=": "No case is chosen yet.",
    "case=early": "One case alone cannot be compared.",
    "case=early&case=nowhere": "One case alone cannot be compared.",
    "case=early&case=late&case=c&case=d&case=e": "Four cases at most stand side by side.",
}


@pytest.mark.usefixtures("two_cases")
@pytest.mark.parametrize("query, said", PROBLEMS.items())
def test_what_is_wrong_with_the_question_is_said(client: Client, query: str, said: str) -> None:
    for slug in "cde":
        publish_case(slug=slug)

    page = client.get(f"{ADDRESS}?{query}")

    assert page.status_code == 200
    assert said in page.content.decode()
    assert "noindex" in page.content.decode()


@pytest.mark.usefixtures("two_cases")
@pytest.mark.parametrize(
    "query, wrong",
    {
        "case=nowhere": "case = nowhere",
        "x=1": "x = 1",
        "only=same": "only = same",
    }.items(),
)
def test_what_is_not_understood_is_said(client: Client, query: str, wrong: str) -> None:
    page = client.get(f"{ADDRESS}?case=early&case=late&{query}")

    assert page.status_code == 200
    assert page.context["not_understood"] == [tuple(wrong.split(" = "))]
    assert page.context["groups"]


@pytest.mark.usefixtures("two_cases")
def test_the_table_of_cases_asks_for_a_comparison_without_scripts(client: Client) -> None:
    document = Document.of(client.get("/en/cases/").content.decode())

    [form] = [one for one in document.all("form") if one["action"] == ADDRESS]
    boxes = [one for one in document.all("input", type="checkbox") if form in one.above]
    assert form["method"] == "get"
    assert {(one["name"], one["value"]) for one in boxes} == {("case", "early"), ("case", "late")}
