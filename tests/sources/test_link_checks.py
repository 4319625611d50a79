"""Noting how links answered: what is kept, and which links the command looks at."""

import datetime
import io
import uuid
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from publishing import snapshots
from publishing.actions import retracting
from publishing.models import Revision
from sources import links
from sources.actions import record_link_check
from sources.links import LinkResponse
from sources.management.commands import check_links
from sources.models import LinkCheck, Source
from tests.factories import publish_source
from tests.sources.link_responses import COPY, GONE, INSIDE, SILENT, URL, WORKS, record_check

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


# --- noting --------------------------------------------------------------------------------


def test_a_look_is_noted_beside_the_source_and_makes_no_revision() -> None:
    source = publish_source(url=URL)
    before = snapshots.freeze(source)

    record_link_check(source, URL, GONE)

    check = LinkCheck.objects.get()
    assert (check.source, check.url, check.result, check.status_code) == (source, URL, "gone", 404)
    assert snapshots.freeze(source) == before
    assert Revision.objects.count() == 1


@pytest.mark.every_database
def test_the_newest_ten_looks_of_each_link_are_kept() -> None:
    source, other = publish_source(url=URL), publish_source(url=URL)
    record_check(other)
    record_check(source, COPY, GONE)

    kept = [record_check(source).pk for _ in range(13)][3:]

    assert sorted(source.link_checks.filter(url=URL).values_list("pk", flat=True)) == kept
    assert LinkCheck.objects.count() == 12


@pytest.mark.every_database
def test_a_look_at_a_source_that_was_retracted_meanwhile_is_not_noted(administrator: Any) -> None:
    source = publish_source(url=URL)
    record_check(source)
    retracting.retract(source, by=administrator, reason="Wrong.", language="en")

    assert record_link_check(source, URL, WORKS) is None
    assert LinkCheck.objects.count() == 0


@pytest.mark.every_database
def test_an_unknown_result_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError, match="link_check_result_is_in_vocabulary"):
        record_link_check(publish_source(url=URL), URL, LinkResponse("fine", 200))  # type: ignore[arg-type]


# --- the command ---------------------------------------------------------------------------


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the command slept, in seconds; it sleeps no time at all."""
    naps: list[float] = []
    monkeypatch.setattr(check_links.time, "sleep", naps.append)
    return naps


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, naps: list[float]) -> dict[str, LinkResponse]:
    """How each address answers; all others work."""
    web: dict[str, LinkResponse] = {}
    monkeypatch.setattr(links, "check_link", lambda url: web.get(url, WORKS))
    return web


def check(**options: Any) -> str:
    """What the command says at the end."""
    said = io.StringIO()
    call_command("check_links", stdout=said, **options)
    return said.getvalue()


@pytest.mark.every_database
def test_both_links_of_published_sources_are_looked_at(
    web: dict[str, LinkResponse], administrator: Any
) -> None:
    source, retracted = (
        publish_source(url=URL, archived_url=COPY),
        publish_source(url="https://gone.example/"),
    )
    publish_source()
    retracting.retract(retracted, by=administrator, reason="Wrong.", language="en")
    web[URL] = GONE

    assert check() == "2 links looked at: works 1, gone 1.\n"
    assert {check.url: check.result for check in source.link_checks.all()} == {URL: "gone", COPY: "works"}
    assert check() == "0 links looked at.\n"


def test_one_that_fails_does_not_stop_the_rest(naps: list[float], capsys: pytest.CaptureFixture) -> None:
    """The looks are real here: the network is closed, one link leads inside and one is no address."""
    for url in ("https://dead.example/", "http://127.0.0.1/", URL, "https://dead.example/b"):
        publish_source(url=url)
    Source.objects.filter(url=URL).update(url="http://[::1")

    assert check() == "4 links looked at: unreachable 2, not_public 2.\n"
    assert LinkCheck.objects.count() == 4
    assert "Links: 100%" in capsys.readouterr().err


@pytest.mark.every_database
def test_a_link_is_looked_at_again_after_thirty_days_or_as_many_as_are_said(
    web: dict[str, LinkResponse],
) -> None:
    record_check(publish_source(url=URL), days_ago=29)
    record_check(publish_source(url=COPY), COPY, days_ago=31)

    assert check() == "1 links looked at: works 1.\n"
    assert check(days=28) == "1 links looked at: works 1.\n"
    assert check(days=0) == "2 links looked at: works 2.\n"


@pytest.mark.every_database
def test_those_that_wait_the_longest_come_first(web: dict[str, LinkResponse]) -> None:
    addresses = [f"https://site.example/{number}" for number in range(4)]
    sources = [publish_source(id=str(uuid.UUID(int=at)), url=url) for at, url in enumerate(addresses, 1)]
    for number, days in ((0, 40), (1, 60), (2, 50)):
        record_check(sources[number], addresses[number], days_ago=days)

    check(limit=2)

    today = LinkCheck.objects.filter(checked_at__gt=timezone.now() - datetime.timedelta(days=1))
    assert {check.url for check in today} == {addresses[3], addresses[1]}


def test_a_host_is_given_a_pause_between_two_looks(web: dict[str, LinkResponse], naps: list[float]) -> None:
    for url in (URL, COPY, "https://site.example/b"):
        publish_source(url=url)

    check()

    assert [round(nap) for nap in sorted(naps)] == [0, 0, check_links.PAUSE_SECONDS]


def test_a_machine_that_is_off_the_net_calls_no_link_dead(web: dict[str, LinkResponse]) -> None:
    web |= {f"https://{number}.example/": SILENT for number in range(3)}
    for url in web:
        publish_source(url=url)
    publish_source(url="http://127.0.0.1/")
    web["http://127.0.0.1/"] = INSIDE

    assert "is this machine on the net?" in check()
    assert [check.result for check in LinkCheck.objects.all()] == ["not_public"]

    publish_source(url=URL)

    assert check() == "4 links looked at: works 1, unreachable 3.\n"
    assert LinkCheck.objects.filter(result="unreachable").count() == 3
