"""What pages count over whole tables is counted once, until a publication may have changed it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.actions import retracting
from publishing.models import Entry
from tests.factories import an_account, publish_actor, publish_case, publish_source

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]

# What such a page asks where it counts, and what is numbered on it.
COUNTS = {
    "/en/": 'COUNT(DISTINCT "cases_participation"."case_id")',
    "/en/actors/": 'GROUP BY "cases_actor"."actor_type"',
    "/en/actors/?kind=state": 'GROUP BY "cases_actor"."actor_type"',
    "/en/sources/": 'GROUP BY "sources_source"."publisher"',
    "/en/sources/?type=report": 'GROUP BY "sources_source"."source_type"',
}


def numbers(client: Client) -> dict[str, Any]:
    """What the pages say now."""
    home, actors, sources = (
        client.get(address).context for address in ("/en/", "/en/actors/", "/en/sources/")
    )
    doors = home["doors"]
    return {
        "mediated": [one.cases_in_role for one in doors.mediators],
        "there": [one.cases_there for one in doors.countries],
        "outcomes": {one.value: one.number for one in doors.outcomes},
        "kinds": {value: number for value, _label, number in actors["kinds"]},
        "types": {value: number for value, _label, number in sources["types"]},
        "publishers": dict(sources["publishers"]),
    }


def how_often_counted(client: Client) -> dict[str, int]:
    """Of each page, how many of its statements count."""
    found = {}
    for address, sql in COUNTS.items():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        found[address] = sum(sql in one["sql"] for one in captured.captured_queries)
    return found


def test_it_is_counted_once_and_anew_after_a_publication(client: Client) -> None:
    state, source = publish_actor(actor_type="state"), publish_source(source_type="report", publisher="Envoy")
    rows = {"participation": [{"actor": state, "role": "mediator"}], "claim": [{"source": source}]}
    first = publish_case(rows=rows)
    assert numbers(client) == {
        "mediated": [1], "there": [], "outcomes": {"unknown": 1}, "kinds": {"state": 1},
        "types": {"report": 1}, "publishers": {"Envoy": 1},
    }  # fmt: skip
    assert set(how_often_counted(client).values()) == {0}

    # A second case makes an actor and a source visible that nothing used before.
    other, news = publish_actor(actor_type="state"), publish_source(source_type="report", publisher="Daily")
    Entry.objects.filter(pk__in=[other.pk, news.pk]).update(is_in_use=False)
    assert numbers(client)["kinds"] == {"state": 1}
    rows = {"participation": [{"actor": one, "role": "mediator"} for one in (state, other)],
            "claim": [{"source": news}]}  # fmt: skip
    publish_case(rows=rows)
    assert numbers(client) == {
        "mediated": [2, 1], "there": [], "outcomes": {"unknown": 2}, "kinds": {"state": 2},
        "types": {"report": 2}, "publishers": {"Daily": 1, "Envoy": 1},
    }  # fmt: skip

    retracting.retract(first, by=an_account(), reason="Not sound.", language="en")
    assert numbers(client)["mediated"] == [1, 1]
    assert numbers(client)["publishers"] == {"Daily": 1}
