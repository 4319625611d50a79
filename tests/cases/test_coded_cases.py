"""Cases that datasets coded are shown as what they are, and count only where somebody asks for them."""

import pytest
from django.http import QueryDict
from django.test import Client

from cases.filters import CaseFilter
from cases.models import Case
from cases.vocabulary import PartyRole
from portal.doors import doors
from tests.factories import publish_actor, publish_case, publish_change, publish_place
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def cases():
    country, mediator = publish_place(slug="ruritania"), publish_actor(slug="go-between")
    rows = {"participation": [{"actor": mediator, "role": PartyRole.MEDIATOR}]}
    said = {"countries": [str(country.pk)], "outcome": "holding", "outcome_as_of": "2020"}
    return [
        publish_case(slug=slug, title_en=slug.title(), review=slug, rows=rows, **said)
        for slug in ("reviewed", "coded")
    ]


def found(**query):
    client = Client()
    answer = client.get("/en/cases/", query)
    return {case.slug for case in answer.context["cases"]}, answer.content.decode()


def test_a_list_leaves_them_out_and_says_how_many(cases):
    slugs, page = found()

    assert slugs == {"reviewed"}
    assert "1 case that a dataset coded and nobody reviewed is left out." in page
    assert 'href="?review=reviewed&amp;review=coded"' in page


@pytest.mark.parametrize(
    "asked, slugs",
    [
        ("coded", {"coded"}),
        ("reviewed", {"reviewed"}),
        (["reviewed", "coded"], {"reviewed", "coded"}),
        ("-coded", {"reviewed"}),
        ("-reviewed", {"coded"}),
    ],
)
def test_a_list_shows_what_it_is_asked_for(cases, asked, slugs):
    shown, page = found(review=asked)

    assert shown == slugs
    assert "left out" not in page
    # Besides its row, the facet and what was asked for name it.
    assert ('<span class="coded">' in page) == ("coded" in slugs)


@pytest.mark.parametrize("query", [{}, {"country": "ruritania"}, {"q": "e"}])
def test_numbers_of_any_question_leave_them_out(cases, query):
    data = QueryDict(mutable=True)
    data.update(query)
    asked = CaseFilter(data)

    assert (asked.number, asked.left_out, asked.qs.count()) == (1, 1, 1)


def test_a_word_that_is_no_answer_is_not_understood(cases):
    _shown, page = found(review="perhaps")

    assert "perhaps" in page


@pytest.mark.parametrize("page", ["map", "timeline", "figures"])
def test_drawings_and_figures_leave_them_out(cases, page):
    assert Client().get(f"/en/cases/{page}/").context["total"] == 1
    assert Client().get(f"/en/cases/{page}/?review=coded&review=reviewed").context["total"] == 2


def test_the_front_page_counts_reviewed_cases_alone(cases):
    coded = cases[1]
    part = coded.participations.get()
    rows = {"participation": [{"actor": part.actor, "role": part.role}]}
    publish_case(slug="coded-too", review="coded", rows=rows, countries=[str(coded.countries.get().pk)])

    made = doors()

    assert made.cases == 1
    assert [(one.value, one.number) for one in made.outcomes] == [("holding", 1)]
    assert [place.cases_there for place in made.countries] == [1]
    assert [actor.cases_in_role for actor in made.mediators] == [1]


def test_its_page_says_what_it_is_and_has_no_empty_finding(cases):
    page = Client().get("/en/cases/coded/").content.decode()

    assert "Coded by a dataset, not reviewed" in page
    assert 'class="finding"' not in page
    assert "Coded by a dataset" not in Client().get("/en/cases/reviewed/").content.decode()


def test_once_editors_took_it_on_it_counts_as_any_other(cases):
    publish_change(Case.objects.get(slug="coded"), review="reviewed")

    assert found()[0] == {"reviewed", "coded"}
    assert doors().cases == 2


def test_where_no_case_is_coded_the_form_does_not_ask(db):
    publish_case(slug="reviewed")

    assert 'name="review"' not in found()[1]
