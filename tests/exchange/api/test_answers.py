"""What all answers of the API share: any site may read them, errors say why, and nobody takes too much."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from publishing.limits import digest_of
from publishing.models import Entry
from tests.exchange.api.reading import ROOT
from tests.factories import publish_case, publish_change
from tests.kept import kept
from tests.portal.fronts import a_front, ask, commit, rendered

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADDRESSES = ("", "openapi.json", "cases", "cases/libya-2020", "cases/libya-2020/revisions", "claims", "changes",
             "vocabularies", "vocabularies/case.outcome", "releases")  # fmt: skip


@kept
def case() -> Entry:
    """One to ask for."""
    return publish_case(slug="libya-2020", declared_on="2020")


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_of_all_sites_may_read_it(client: Client, case: Entry, address: str) -> None:
    answer = client.get(f"{ROOT}/{address}")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert 'rel="license"' in answer["Link"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_it_already_gets_no_more(client: Client, case: Entry, address: str) -> None:
    etag = client.get(f"{ROOT}/{address}")["ETag"]

    again = client.get(f"{ROOT}/{address}", HTTP_IF_NONE_MATCH=etag)

    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert client.head(f"{ROOT}/{address}").content == b""


@pytest.mark.parametrize("address", [*ADDRESSES, "nowhere"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(case: Entry, address: str, method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(f"{ROOT}/{address}")

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_browser_that_asks_first_is_told_what_it_may(client: Client) -> None:
    answer = client.options(f"{ROOT}/cases", HTTP_ORIGIN="https://elsewhere.example")

    assert (answer.status_code, answer["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "address, status",
    [("nowhere", 404), ("cases/", 404), ("cases/a%00b", 404), ("cases?q=a%00b", 400), ("claims?page=2", 400),
     ("vocabularies?a=b", 400), ("?a=b", 400), ("openapi.json?a=b", 400), ("cases/x/y/z", 404)],
)  # fmt: skip
def test_every_error_says_why_in_json(client: Client, address: str, status: int) -> None:
    answer = client.get(f"{ROOT}/{address}", HTTP_ACCEPT_LANGUAGE="fr")

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["title"] == "Pas de données"


def test_who_asks_too_often_is_told_when_to_come_again(client: Client, case: Entry, settings: Any) -> None:
    settings.DATA_LIMITS = {**settings.DATA_LIMITS, "requests_in_a_minute": 3}
    statuses = [client.get(f"{ROOT}/cases").status_code for _number in range(4)]
    refused = client.get(f"{ROOT}/cases")

    other = client.get(f"{ROOT}/cases", REMOTE_ADDR="203.0.113.9")

    assert (statuses, other.status_code) == ([200, 200, 200, 429], 200)
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert refused["RateLimit"].startswith('"minute";r=0;t=')
    assert refused.json()["status"] == 429


def test_no_address_of_a_reader_is_kept(client: Client, case: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *_rest: kept.append(key) or True)

    client.get(f"{ROOT}/cases", REMOTE_ADDR="203.0.113.9")

    assert len(kept) == 1
    assert "203.0.113" not in json.dumps(kept)


def test_the_network_of_a_household_counts_as_one(rf: Any) -> None:
    def counted(address: str) -> str:
        return digest_of(rf.get("/", REMOTE_ADDR=address))

    assert counted("2001:db8:1:2::1") == counted("2001:db8:1:2:ffff::9")
    assert counted("2001:db8:1:2::1") != counted("2001:db8:1:3::1")


def test_an_answer_is_kept_as_bytes_until_what_it_says_changes(case: Entry) -> None:
    front, address = a_front(), f"{ROOT}/cases?since=1990&limit=10"
    commit()
    first, again = ask(front, address), ask(front, address, HTTP_ACCEPT_LANGUAGE="ar")
    publish_change(case, title_en="After")
    commit()

    then = ask(front, address)
    unchanged = ask(front, address, HTTP_IF_NONE_MATCH=then.headers["ETag"])

    assert first.body == again.body
    assert b"After" in then.body
    assert rendered(front) == 2
    assert (unchanged.status, unchanged.headers["Access-Control-Allow-Origin"]) == (304, "*")


def test_the_same_is_answered_in_every_language(client: Client, case: Entry) -> None:
    answers = {
        client.get(f"{ROOT}/cases?sort=title", HTTP_ACCEPT_LANGUAGE=one).content for one in ("en", "ar", "fr")
    }

    assert len(answers) == 1
