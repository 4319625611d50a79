"""What a batch of names may cost: each counts as a request, and none is looked for twice."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.api.asking import MOST_QUERIES
from publishing.models import SearchWord
from tests.exchange.api.reading import ROOT
from tests.exchange.api.test_reconciliation import AT, ask
from tests.factories import publish_actor, publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def names(number: int) -> dict[str, Any]:
    return {f"q{one}": {"query": f"Hezbolah {one}"} for one in range(number)}


def statements(client: Client, **queries: Any) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        ask(client, **queries)
    return [one["sql"] for one in captured.captured_queries]


def test_a_batch_has_an_end(client: Client) -> None:
    assert len(ask(client, **names(MOST_QUERIES))) == MOST_QUERIES
    assert str(MOST_QUERIES) in ask(client, status=400, **names(MOST_QUERIES + 1))["detail"]


@pytest.mark.parametrize("how", ["get", "post"])
def test_each_name_of_a_batch_counts_as_a_request(client: Client, settings: Any, how: str) -> None:
    settings.DATA_LIMITS = {**settings.DATA_LIMITS, "requests_in_a_minute": 10}

    assert len(ask(client, how=how, **names(4))) == 4
    assert client.get(AT).status_code == 200
    assert len(ask(client, how=how, **names(5))) == 5

    assert "10" in ask(client, how=how, status=429, **names(2))["detail"]
    assert client.get(f"{ROOT}/cases").status_code == 429


def test_a_batch_that_is_too_much_is_refused_before_anything_is_looked_for(
    client: Client, settings: Any
) -> None:
    settings.DATA_LIMITS = {**settings.DATA_LIMITS, "requests_in_a_minute": 5}

    with CaptureQueriesContext(connection) as captured:
        ask(client, status=429, **names(6))

    assert not any("search" in one["sql"] for one in captured.captured_queries)


def test_what_is_asked_twice_is_looked_for_once_and_counted_once(client: Client, settings: Any) -> None:
    settings.DATA_LIMITS = {**settings.DATA_LIMITS, "requests_in_a_minute": 3}
    publish_actor(title_en="Hezbollah")
    once = statements(client, q0={"query": "Hezbolah"})

    again = statements(client, **{f"q{one}": {"query": "Hezbolah"} for one in range(5)})

    assert len(again) == len(once)


def test_a_name_of_any_kind_costs_as_much_as_one_of_one(client: Client) -> None:
    publish_actor(title_en="Hezbollah")
    publish_case(title_en="Hezbollah and Israel")

    def reading_words(**more: Any) -> int:
        asked = statements(client, q={"query": "Hezbolah", **more})
        return sum(SearchWord._meta.db_table in one for one in asked)

    assert 0 < reading_words() <= reading_words(type="actor")
    assert reading_words(type="place") == 0
