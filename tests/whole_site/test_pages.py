"""What the starter content's pages show: the outcome, who says so, who differs, and no invented date."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from cases.models import Case, Event
from cases.vocabulary import Outcome
from sources.models import Claim
from tests.whole_site.reading import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("casebook")]

NAMED_CASES = ("lebanon-2008", "libya-2020")


# --- who says so -------------------------------------------------------------------------


@pytest.mark.parametrize("slug", NAMED_CASES)
def test_a_case_names_its_outcome_and_as_of_when(site: dict[str, Answer], slug: str, language: str) -> None:
    case = Case.objects.get(slug=slug)
    document = site[f"/{language}/cases/{slug}/"].document

    outcome = document.one("span", class_=f"value outcome {case.outcome}")

    with override(language):
        assert outcome.text == Outcome(case.outcome).label
        assert case.outcome_as_of.in_words() in document.text


@pytest.mark.parametrize("slug", NAMED_CASES)
def test_a_case_names_who_says_so_and_who_differs(site: dict[str, Answer], slug: str, language: str) -> None:
    claims = Claim.objects.filter(entry__slug=slug, source__isnull=False).exclude(about="").with_sources()
    document = site[f"/{language}/cases/{slug}/"].document
    cited = {link["href"] for link in document.all("a") if any("said" in one.classes for one in link.above)}

    with override(language):
        assert {claim.get_source_url() for claim in claims} <= cited
    assert [*document.all("li", class_="differs")]


@pytest.mark.parametrize("slug", NAMED_CASES)
def test_who_says_so_stands_beside_the_outcome(site: dict[str, Answer], slug: str) -> None:
    case = Case.objects.get(slug=slug)
    claims = Claim.objects.filter(entry=case, about="outcome", source__isnull=False).with_sources()
    document = site[f"/en/cases/{slug}/"].document
    beside = document.one("span", class_=f"value outcome {case.outcome}").above[-1]

    said = {link["href"] for link in document.all("a") if any(one is beside for one in link.above)}

    assert claims
    with override("en"):
        expected = {claim.get_source_url() for claim in claims}
    assert said - {f"/en/propose/case/{slug}/outcome/"} == expected


@pytest.mark.parametrize("slug", NAMED_CASES)
def test_every_row_of_a_case_stands_on_its_page(site: dict[str, Answer], slug: str) -> None:
    case, document = Case.objects.get(slug=slug), site[f"/en/cases/{slug}/"].document

    linked = {link["href"] for link in document.all("a")}

    assert {
        f"/en/actors/{part.actor.slug}/" for part in case.participations.select_related("actor")
    } <= linked
    assert {f"provision-{provision.pk}" for provision in case.provisions.all()} <= document.ids
    assert all(" ".join(event.title_en.split()) in document.text for event in Event.objects.filter(case=case))
    assert all(mechanism.name_en in document.text for mechanism in case.mechanisms.all())


def test_no_page_dates_in_its_markup_what_its_text_does_not(site: dict[str, Answer]) -> None:
    for answer in site.values():
        for element in answer.document.all("time"):
            year, _month, day = element["datetime"].split("-")

            assert year in element.text
            assert str(int(day)) in element.text


def test_no_length_in_a_drawing_lacks_its_number(site: dict[str, Answer]) -> None:
    lacking = re.compile(r'="%"|="\d+,\d+%"')

    assert [address for address, answer in site.items() if lacking.search(answer.html)] == []


def test_the_arab_league_mediated_in_lebanon_through_its_committee(client: Client) -> None:
    page = client.get("/en/cases/?actor=arab-league&role=mediator")

    assert "lebanon-2008" in {case.slug for case in page.context["cases"]}
