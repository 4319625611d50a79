"""The list of releases, each of them, and the difference of two, as JSON."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import Release
from tests.exchange.api.reading import Reader
from tests.exchange.test_recorded_releases import folder_of_the_two, two

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

__all__ = ["folder_of_the_two", "two"]
Two = tuple[Release, Release]


def test_the_list_has_all_of_each_and_leads_to_each(two: Two, client: Client) -> None:
    told = client.get("/fr/releases.json").json()

    assert [one["version"] for one in told["releases"]] == [two[1].version, two[0].version]
    newest, first = told["releases"]
    assert (newest["head"], newest["sha256_of_the_manifest"]) == (two[1].head, two[1].manifest)
    assert (newest["added"], newest["changed"], newest["retracted"]) == (1, 1, 1)
    assert first["since_the_one_before"] is None
    assert told["language"] == "fr"
    one = client.get(newest["data"].removeprefix(settings.SITE_URL))
    assert {**newest, **one.json()} == one.json()
    assert one.headers["Link"].endswith('rel="license"')
    difference = client.get(newest["since_the_one_before"].removeprefix(settings.SITE_URL)).json()
    assert (difference["from"], difference["to"], difference["count"]) == (two[0].version, two[1].version, 4)


def test_the_difference_says_what_the_page_says(
    two: Two, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exchange.views_of_releases.ENTRIES_IN_AN_ANSWER", 3)

    told = client.get("/en/releases/compare.json", {"from": two[1].version, "to": two[0].version}).json()
    rest = client.get(told["next"].removeprefix(settings.SITE_URL)).json()

    entries = {one["page"].split("/")[-2]: one for one in told["entries"] + rest["entries"]}
    assert {slug: one["what"] for slug, one in entries.items()} == {
        "added": "added",
        "changed": "changed",
        "gone": "retracted",
        "meteor": "came and went",
    }
    assert entries["changed"]["fields"] == ["Title (French)"]
    assert (entries["changed"]["revision_before"], entries["changed"]["revision"]) == (1, 2)
    assert (told["page"], rest["page"], rest["next"]) == (1, 2, None)


def test_the_pages_lead_to_their_data(two: Two, client: Client) -> None:
    for path in ("releases/", "releases/compare/"):
        head, _end, body = client.get(f"/ar/{path}").content.decode().partition("</head>")

        assert 'type="application/json" title="' in head
        assert 'rel="alternate nofollow" type="application/json">JSON' in body


QUESTIONS = ("from=2001.01.01-1", "page=x", "page=99999999999999999999", "from=%00", "to=a&to=b", "page=99")
NOT_UNDERSTOOD = (
    *("releases.json?colour=green", "releases.json?page=2"),
    *(f"releases/compare.json?{asked}" for asked in QUESTIONS),
)


def test_what_is_not_understood_is_a_problem(two: Two, client: Client) -> None:
    for path in NOT_UNDERSTOOD:
        assert client.get(f"/en/{path}").status_code == 400
    for version in ("2001.01.01-1", "a" * 300, "%ED%A0%80"):
        assert client.get(f"/en/releases/{version}.json").status_code == 404


def test_without_releases_there_is_an_empty_list_and_no_difference(client: Client) -> None:
    assert client.get("/en/releases.json").json()["releases"] == []
    assert client.get("/en/releases/compare.json").status_code == 404


def test_one_entry_and_many_take_the_same_questions(
    two: Two, client: Client, django_assert_max_num_queries: Any, tmp_path: Path
) -> None:
    counts = []
    for ends in ((0, 0), (0, 1)):
        asked = {"from": two[ends[0]].version, "to": two[ends[1]].version}
        with django_assert_max_num_queries(12) as captured:
            client.get("/en/releases/compare.json", asked)
        counts.append(len(captured.captured_queries))

    assert counts[1] <= counts[0] + 3


def test_a_client_of_the_api_reads_what_changed_page_by_page(two: Two, client: Client) -> None:
    reader = Reader(client)
    newest, first = reader.ask("list_releases")["items"]

    assert (newest["version"], first["version"]) == (two[1].version, two[0].version)
    assert {**newest, **reader.ask("release", key=newest["version"])}["changes"] == newest["changes"]
    changes = [*reader.all("changes_of_release", key=newest["version"], since=first["version"], limit=3)]
    assert len(changes) == 4
    assert {one["entry"]["slug"]: one["what"] for one in changes} == {
        "added": "added",
        "changed": "changed",
        "gone": "retracted",
        "meteor": "came and went",
    }
    assert [one["fields"] for one in changes if one["what"] == "changed"] == [["Title (French)"]]
    assert len([*reader.all("changes_of_release", key=newest["version"])]) == newest["added"] + 3
    everything = [*reader.all("changes_of_release", key=first["version"])]
    assert {one["what"] for one in everything} == {"added"}
    assert len(everything) == first["added"]
    for wrong in ({"since": newest["version"]}, {"since": "x\0"}, {"since": ["a", "b"]}, {"from": "x"}):
        reader.ask("changes_of_release", 400, key=first["version"], **wrong)
    reader.ask("release", 404, key="2001.01.01-1")
    reader.ask("changes_of_release", 404, key="2001.01.01-1")


def test_the_api_asks_as_much_for_many_changes_as_for_one(two: Two, client: Client) -> None:
    numbers = []
    for limit in (1, 4):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/api/v1/releases/{two[1].version}/changes?limit={limit}")
        numbers.append(len(captured))
        assert len(answer.json()["items"]) == limit

    assert numbers[0] == numbers[1]
