"""A list that is read from what the process remembers is kept, and shows at once what is published."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import Entry
from tests.factories import publish_actor, publish_case, publish_change, publish_source
from tests.portal.fronts import a_front, ask, rendered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]
LIST = "/en/cases/?mediator=league"


@pytest.fixture
def league() -> Entry:
    """An actor that mediates one of two cases."""
    league = publish_actor(slug="league", title_en="League")
    publish_case(title_en="Mediated", rows={"participation": [{"actor": league, "role": "mediator"}]})
    publish_case(slug="other", title_en="Other")
    return league


@pytest.mark.every_database
def test_it_is_kept_and_shows_at_once_what_is_published(league: Entry) -> None:
    front = a_front()
    assert b"Other" not in ask(front, LIST).body
    ask(front, LIST)
    assert rendered(front) == 1

    other = Entry.objects.get(slug="other").case
    publish_change(other, rows={"participation": [{"actor": league, "role": "mediator"}]})
    assert b"Other" in ask(front, LIST).body
    publish_change(other, outcome="holding", outcome_as_of="2020")
    assert b'outcome holding">' in ask(front, LIST).body
    publish_change(league, title_en="The league of all")
    assert b"The league of all" in ask(front, LIST).body


def test_a_source_that_is_published_renders_no_list_anew(league: Entry) -> None:
    front = a_front()
    ask(front, LIST)

    publish_source()

    with CaptureQueriesContext(connection) as captured:
        assert b"Mediated" in ask(front, LIST).body
    # Neither is what the list is read from gathered again.
    assert not any("cases_membership" in one["sql"] for one in captured.captured_queries)
    assert front.counts["asked again"] == 1
    assert rendered(front) == 1


def test_a_title_that_was_written_past_all_actions_is_shown(league: Entry) -> None:
    front = a_front()
    ask(front, LIST)

    Entry.objects.filter(title_en="Mediated").update(title_en="Renamed")

    assert b"Renamed" in ask(front, LIST).body
