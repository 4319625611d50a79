"""Who reads of the looks at links: editors in the list and the form, readers beside the link."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from sources.links import LinkResponse
from sources.models import LinkCheck
from tests.desk.sheets import Sheet, ShownSheet, change_page, list_page
from tests.factories import newest, publish_change, publish_source
from tests.sources.link_responses import COPY, GONE, INSIDE, MOVED, REFUSED, SILENT, URL, WORKS, record_check

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def desk(editor: Any) -> Client:
    """A browser in which an editor is signed in."""
    client = Client()
    client.force_login(editor)
    return client


def queries(client: Client, address: str) -> int:
    """How often a page asks the database, once what is remembered between pages is known."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# --- the desk ------------------------------------------------------------------------------


def test_the_list_shows_how_the_link_answered_last(desk: Client) -> None:
    source = publish_source(url=URL, archived_url=COPY)
    record_check(source, response=WORKS, days_ago=2)
    record_check(source, response=GONE, days_ago=1)
    record_check(source, COPY, MOVED)
    record_check(source, "https://site.example/before", WORKS)
    publish_source(url=URL)

    page = desk.get(list_page("source")).content.decode()

    assert page.count('<td class="field-link">Gone</td>') == 1
    assert page.count('<td class="field-link"></td>') == 1


def test_the_list_asks_as_often_for_many_as_for_one(desk: Client) -> None:
    record_check(publish_source(url=URL))
    for_one = queries(desk, list_page("source"))

    for _ in range(5):
        record_check(publish_source(url=URL), response=GONE)

    assert queries(desk, list_page("source")) == for_one


def test_the_filter_finds_dead_links_by_their_newest_look(desk: Client) -> None:
    dead = [publish_source(url=URL, archived_url=COPY, title_en=f"Dead {number}") for number in range(3)]
    record_check(dead[0], response=GONE)
    record_check(dead[1], response=SILENT)
    record_check(dead[2], COPY, GONE)
    record_check(dead[2], URL, WORKS)
    for seen in (WORKS, MOVED, REFUSED, INSIDE, None):
        alive = publish_source(url=URL, title_en="Alive")
        if seen is not None:
            record_check(alive, response=GONE, days_ago=1)
            record_check(alive, response=seen)

    page = desk.get(list_page("source"), {"links": "dead"}).content.decode()

    assert [page.count(f"Dead {number}</bdi>") for number in range(3)] == [1, 1, 1]
    assert "Alive</bdi>" not in page
    assert desk.get(list_page("source")).content.decode().count("Alive</bdi>") == 5


def test_an_editor_reads_the_looks_and_cannot_write_them(desk: Client) -> None:
    source = publish_source(url=URL)
    record_check(source, response=GONE)

    sheet = ShownSheet.of(desk, source)

    assert "404" in sheet.answer.content.decode()
    assert [name for name in sheet.inputs if name.startswith("link_checks-") and "__prefix__" in name] == []
    of_looks = [name for name in sheet.inputs if name.startswith("link_checks-")]
    assert [name for name in of_looks if name.endswith(("-result", "-url", "-DELETE"))] == []
    assert (
        "link_checks"
        not in desk.get(change_page(source).replace(f"{source.pk}/change", "add")).content.decode()
    )


def test_saving_a_source_leaves_the_looks_alone_and_out_of_its_snapshot(desk: Client) -> None:
    source = publish_source(url=URL)
    first = record_check(source, response=GONE)
    sheet = Sheet.of(desk, source, publisher="The house")
    place = next(name for name in sheet.values if name.startswith("link_checks-0-"))
    forged = {
        place.replace("-id", f"-{name}"): value for name, value in (("result", "works"), ("DELETE", "on"))
    }
    second = record_check(source, response=WORKS)

    answer = sheet.save(**forged)

    assert answer.status_code == 302
    assert newest(source).number == 2
    assert "linkcheck" not in newest(source).snapshot["rows"]
    assert sorted(LinkCheck.objects.values_list("pk", "result")) == [(first.pk, "gone"), (second.pk, "works")]


def test_saving_survives_that_looks_were_forgotten_meanwhile(desk: Client) -> None:
    source = publish_source(url=URL)
    record_check(source)
    sheet = Sheet.of(desk, source, publisher="The house")
    LinkCheck.objects.all().delete()

    answer = sheet.save()

    assert answer.status_code == 302
    assert (newest(source).number, LinkCheck.objects.count()) == (2, 0)


# --- the public page -----------------------------------------------------------------------


@pytest.mark.parametrize("url", [URL, COPY])
@pytest.mark.parametrize(
    "seen, said",
    [
        (WORKS, " worked on 2 May 2020"),
        (MOVED, " worked on 2 May 2020"),
        (GONE, " no longer answers (checked 2 May 2020)"),
        (SILENT, " no longer answers (checked 2 May 2020)"),
        (REFUSED, ""),
        (INSIDE, ""),
    ],
)
def test_readers_are_told_how_each_link_fared_last(url: str, seen: LinkResponse, said: str) -> None:
    source = publish_source(url=URL, archived_url=COPY)
    may = (timezone.now() - datetime.datetime(2020, 5, 2, tzinfo=datetime.UTC)).days
    record_check(source, url, GONE if seen == WORKS else WORKS, days_ago=may + 40)
    record_check(source, url, seen, days_ago=may)

    page = Client().get(source.get_absolute_url()).content.decode()

    assert beside(page, url) == url + said
    assert [beside(page, other) for other in {URL, COPY} - {url}] == [*({URL, COPY} - {url})]


def test_nothing_is_said_where_nobody_looked() -> None:
    source = publish_source(url=URL)

    page = Client().get(source.get_absolute_url()).content.decode()

    assert beside(page, URL) == URL
    assert page.count(f'href="{URL}"') == 1


def beside(page: str, url: str) -> str:
    """The text of the link and what stands beside it."""
    return strip_tags("<a " + page[page.index(f'href="{url}"') :].partition("</dd>")[0])


def test_the_page_asks_as_often_for_many_looks_as_for_none() -> None:
    source = publish_source(url=URL, archived_url=COPY)
    for_none = queries(Client(), source.get_absolute_url())

    for url in (URL, COPY) * 3:
        record_check(source, url, GONE)

    assert queries(Client(), source.get_absolute_url()) == for_none


def test_what_is_said_of_a_former_address_is_not_said_of_the_present_one() -> None:
    source = publish_source(url=URL)
    record_check(source, response=GONE)
    publish_change(source, url=COPY)

    assert "no longer answers" not in Client().get(source.get_absolute_url()).content.decode()
