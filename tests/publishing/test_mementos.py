"""Old records for programs that read archives of the web, as RFC 7089 has them."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.http import http_date

from publishing.actions import retracting
from publishing.models import Revision
from tests.factories import publish_case, publish_change
from tests.kept import kept
from tests.portal.fronts import a_front, ask, commit

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[a-z]+="[^"]*")*)')
SITE = "http://localhost:8000"
AT = f"{SITE}/en/cases/a-truce/"


def links(header: str) -> list[tuple[str, dict[str, str]]]:
    """Each link with its parameters; everything in the header must be one."""
    assert re.sub(r"[\s,]", "", LINK.sub("", header)) == ""
    return [(found[1], dict(re.findall(r'([a-z]+)="([^"]*)"', found[2]))) for found in LINK.finditer(header)]


def by_relation(header: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address, said in links(header):
        for relation in said["rel"].split():
            found.setdefault(relation, []).append(address)
    return found


def day(number: int) -> datetime.datetime:
    return datetime.datetime(2025, 3, number, 12, 30, 15, 500_000, tzinfo=datetime.UTC)


@kept
def revised() -> Any:
    """A case with three revisions, of the 1st, 5th and 9th."""
    case = publish_case(slug="a-truce", title_en="A truce")
    publish_change(case, title_en="The truce")
    publish_change(case, title_en="That truce")
    for number in (1, 2, 3):
        Revision.objects.filter(entry_id=case.pk, number=number).update(created_at=day(4 * number - 3))
    return case


def test_a_page_says_how_it_is_cited_and_where_its_records_are(client: Client, revised: Any) -> None:
    found = by_relation(client.get("/en/cases/a-truce/")["Link"])

    assert found["cite-as"] == [f"{AT}?as_of=3"]
    assert found["describedby"] == [f"{AT}history/3/cite.{ending}" for ending in ("bib", "ris", "json")]
    assert found["type"] == ["https://schema.org/Dataset", "https://schema.org/AboutPage"]
    assert found["license"] == found["author"] == [f"{SITE}/en/about/"]
    assert (found["timegate"], found["timemap"]) == ([f"{AT}history/timegate/"], [f"{AT}history/timemap/"])


def test_a_page_from_memory_says_so_too_and_the_newest_after_a_change(revised: Any) -> None:
    front = a_front()
    commit()
    first, second = ask(front, "/en/cases/a-truce/"), ask(front, "/en/cases/a-truce/")
    publish_change(revised, title_en="Another truce")
    commit()
    third = ask(front, "/en/cases/a-truce/")

    assert front.counts["kept"] == 1
    assert first.headers["Link"] == second.headers["Link"]
    assert by_relation(third.headers["Link"])["cite-as"] == [f"{AT}?as_of=4"]


def test_an_old_record_says_when_it_was_and_of_what_and_does_not_offer_itself(
    client: Client, revised: Any
) -> None:
    page = client.get("/en/cases/a-truce/?as_of=2")

    assert page["Memento-Datetime"] == "Wed, 05 Mar 2025 12:30:15 GMT"
    found = by_relation(page["Link"])
    assert found.keys() == {"original", "timegate", "timemap"}
    assert found["original"] == [AT]


def test_the_time_map_names_every_record(client: Client, revised: Any) -> None:
    answer = client.get("/en/cases/a-truce/history/timemap/")

    assert answer["Content-Type"] == "application/link-format; charset=utf-8"
    found = links(answer.content.decode())
    records = [(address, said) for address, said in found if "memento" in said["rel"]]
    assert [address for address, _said in records] == [f"{AT}?as_of={number}" for number in (1, 2, 3)]
    assert [said["rel"] for _address, said in records] == ["first memento", "memento", "last memento"]
    assert records[1][1]["datetime"] == "Wed, 05 Mar 2025 12:30:15 GMT"
    others = {said["rel"]: address for address, said in found if "memento" not in said["rel"]}
    assert others == {
        "original": AT,
        "self": f"{AT}history/timemap/",
        "timegate": f"{AT}history/timegate/",
    }
    for address, _said in records:
        assert client.get(address.removeprefix(SITE)).status_code == 200


@pytest.mark.every_database
@pytest.mark.parametrize(
    "moment, number",
    [
        (None, 3),
        (day(1) - datetime.timedelta(days=900), 1),
        (day(1), 1),
        (day(5) - datetime.timedelta(seconds=2), 1),
        (day(5), 2),
        (day(8), 2),
        (day(9), 3),
        (day(9) + datetime.timedelta(days=900), 3),
    ],
)
def test_the_time_gate_leads_to_the_record_of_that_moment(
    client: Client, revised: Any, moment: Any, number: int
) -> None:
    asked = {} if moment is None else {"Accept-Datetime": http_date(moment.timestamp())}

    answer = client.get("/en/cases/a-truce/history/timegate/", headers=asked)

    assert (answer.status_code, answer["Location"]) == (302, f"/en/cases/a-truce/?as_of={number}")
    assert "accept-datetime" in answer["Vary"].lower()
    assert by_relation(answer["Link"])["original"] == [AT]


@pytest.mark.parametrize(
    "asked", ["", "yesterday", "2025-03-05", "Wed, 99 Mar 2025 12:30:15 GMT", "9" * 5000]
)
def test_a_moment_that_is_none_is_refused(client: Client, revised: Any, asked: str) -> None:
    answer = client.get("/en/cases/a-truce/history/timegate/", headers={"Accept-Datetime": asked})

    assert answer.status_code == 400


def test_the_last_moment_that_there_is_leads_to_the_newest_record(client: Client, revised: Any) -> None:
    end = {"Accept-Datetime": "Fri, 31 Dec 9999 23:59:59 GMT"}

    answer = client.get("/en/cases/a-truce/history/timegate/", headers=end)

    assert (answer.status_code, answer["Location"]) == (302, "/en/cases/a-truce/?as_of=3")


def test_the_time_gate_is_never_kept(revised: Any) -> None:
    front = a_front()
    at = "/en/cases/a-truce/history/timegate/"

    early = ask(front, at, HTTP_ACCEPT_DATETIME=http_date(day(1).timestamp()))
    late = ask(front, at, HTTP_ACCEPT_DATETIME=http_date(day(9).timestamp()))

    assert (early.headers["Location"][-1], late.headers["Location"][-1]) == ("1", "3")


def test_of_what_is_retracted_nothing_is_left(client: Client, revised: Any, editor: Any) -> None:
    first = Revision.objects.get(entry_id=revised.pk, number=1)
    retracting.retract(revised, by=editor, reason="It never happened.", language="en")
    parts = [f"/en/cases/a-truce/history/{part}/" for part in ("timemap", "timegate")]

    assert {client.get(part).status_code for part in parts} == {410}

    retracting.restore(first, by=editor, note="It did.", language="en")
    assert "?as_of=4>" not in client.get(parts[0]).content.decode()
    assert client.get(parts[1])["Location"] == "/en/cases/a-truce/?as_of=5"
