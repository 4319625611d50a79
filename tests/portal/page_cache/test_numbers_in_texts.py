"""A kept page whose text says the number of a list shows another number at once, and is kept until then."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import Entry
from tests.factories import publish_actor, publish_case, publish_change, publish_page, publish_source
from tests.portal.fronts import a_front, ask, rendered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]
ADDRESS = "/en/said/"


@pytest.fixture
def case() -> Entry:
    """A case that does not hold, and a page that says how many do."""
    publish_page(
        slug="said",
        body_en="Of them [#](/en/cases/?outcome=holding) hold, [#](/en/cases/?mediator=league) so.",
    )
    return publish_case(slug="one", title_en="One")


@pytest.mark.every_database
def test_it_shows_at_once_what_is_published(case: Entry) -> None:
    front = a_front()
    assert b'holding" rel="nofollow noopener noreferrer">0</a>' in ask(front, ADDRESS).body
    assert b">the list</a> so" in ask(front, ADDRESS).body
    assert rendered(front) == 1

    publish_change(case, outcome="holding", outcome_as_of="2020")
    assert b'holding" rel="nofollow noopener noreferrer">1</a>' in ask(front, ADDRESS).body
    publish_case(slug="two", outcome="holding", outcome_as_of="2020")
    assert b'holding" rel="nofollow noopener noreferrer">2</a>' in ask(front, ADDRESS).body
    league = publish_actor(slug="league", title_en="League")
    publish_change(case, rows={"participation": [{"actor": league, "role": "mediator"}]})
    assert b">1</a> so" in ask(front, ADDRESS).body


def test_what_changes_no_number_renders_it_not_anew(case: Entry) -> None:
    front = a_front()
    ask(front, ADDRESS)

    publish_source()
    ask(front, ADDRESS)

    assert rendered(front) == 1


def test_another_page_with_the_number_neither_gathers_the_list_nor_looks_up_what_is_asked(
    case: Entry,
) -> None:
    publish_page(slug="other", body_en="[#](/en/cases/?mediator=league)")
    ask(a_front(), ADDRESS)

    with CaptureQueriesContext(connection) as captured:
        assert b">the list</a>" in ask(a_front(), "/en/other/").body

    asked = [one["sql"] for one in captured.captured_queries]
    assert not any("cases_participation" in sql or "league" in sql for sql in asked)
