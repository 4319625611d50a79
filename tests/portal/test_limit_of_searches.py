"""One network may let the search work for so long in a minute; then it waits, and nothing typed is lost."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from portal import search_work
from publishing import limits
from tests.factories import publish_case
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ASKED = "/en/search/?q=truce+of+spring&kind=case&literal=1"


@pytest.fixture(autouse=True)
def _little_work_a_search(settings: Any) -> None:
    publish_case(title_en="Truce of spring")
    settings.SEARCH_LIMITS = {"milliseconds_in_a_minute": 0}


def test_whoever_searched_much_is_told_when_to_search_again_and_keeps_what_was_typed(client: Client) -> None:
    assert client.get(ASKED).status_code == 200

    refused = client.get(ASKED)

    page = Document.of(refused.content.decode())
    seconds = int(refused["Retry-After"])
    assert refused.status_code == 429
    assert 1 <= seconds <= 60
    assert f"search again in {seconds} second" in page.text
    assert page.one("input", id="search-words")["value"] == "truce of spring"
    kept = {one["name"]: one["value"] for one in page.all("input", type="hidden")}
    assert kept == {"kind": "case", "literal": "1"}
    suggested = client.get("/en/search/suggestions/?q=truce")
    assert (suggested.status_code, suggested.json()) == (429, ["truce", []])


def test_others_are_not_kept_from_searching_and_an_empty_question_is_no_work(client: Client) -> None:
    client.get(ASKED)

    assert client.get(ASKED, REMOTE_ADDR="203.0.113.9").status_code == 200
    assert client.get("/en/search/").status_code == 200
    assert client.get(ASKED).status_code == 429


def test_work_is_counted_and_not_searches(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_LIMITS = {"milliseconds_in_a_minute": 250}
    ticks = iter(range(1_000))
    monkeypatch.setattr(search_work.time, "thread_time", lambda: next(ticks) / 10)

    assert [client.get(ASKED).status_code for _time in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize("step", ["get", "add"])
def test_where_nothing_can_be_counted_whoever_reads_goes_on(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, step: str
) -> None:
    def fail(*_values: Any, **_options: Any) -> None:
        raise OperationalError("the disk is full")

    monkeypatch.setattr(limits.cache, step, fail)

    for address in (ASKED, "/en/search/suggestions/?q=truce", "/en/cases.csv", "/api/v1/cases"):
        response = client.get(address)
        assert response.status_code == 200
        b"".join(response)
    assert "the disk is full" in caplog.text
