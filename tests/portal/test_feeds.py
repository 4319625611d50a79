"""Feeds of changes: valid Atom, with the old and the new value and who says so, asked for as lists are."""

from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from django.utils.html import strip_tags

from publishing.actions import publishing, retracting
from publishing.feeds import MAX_LINES, MAX_SHOWN
from publishing.models import Entry, Revision
from tests.factories import (
    an_account,
    edited,
    key,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_change,
    publish_one_of_each,
    publish_place,
    publish_source,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://localhost:8000"


def read(client: Client, address: str) -> Any:
    """The feed as feed readers take it; whatever is no Atom is an error."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314 (it is our own)
    for element in (root, *root.findall(f"{ATOM}entry")):
        names = [child.tag.removeprefix(ATOM) for child in element]
        assert {"id", "title", "updated"} <= {*names}, address
        assert max(names.count(name) for name in ("id", "title", "updated", "summary", "content")) == 1
    assert all(one.find(f"{ATOM}author/{ATOM}name") is not None for one in root.findall(f"{ATOM}entry"))
    selves = [one.get("href") for one in root.findall(f"{ATOM}link") if one.get("rel") == "self"]
    assert selves == [f"{SITE}{address}"]
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    return feed


def change(entry: Entry, rows: Any = None, **said: Any) -> Revision:
    by = an_account()
    note = {name: said.pop(name) for name in ("note", "change_class") if name in said}
    proposal = proposal_of(edited(entry, rows, **said), by=by, base=newest(entry), **note)
    return publishing.publish(proposal, by=by)


def test_an_entry_is_followed_by_a_feed_of_its_own(client: Client) -> None:
    case, other = publish_case(slug="a-truce", title_en="A truce"), publish_case()
    change(case, title_en="The truce", note="It has a name.")
    change(other, title_en="Another one")

    feed = read(client, "/en/cases/a-truce/history/feed.xml")

    assert feed.feed.title == "Sulh: changes of “The truce”"
    assert [(one.title, one.summary) for one in feed.entries][:1] == [
        ("The truce: Correction", "It has a name.")
    ]
    assert [one.link.removeprefix(SITE) for one in feed.entries] == [
        "/en/cases/a-truce/history/2/",
        "/en/cases/a-truce/history/1/",
    ]
    assert feed.feed.link == f"{SITE}/en/cases/a-truce/history/"


def test_every_kind_of_entry_has_its_feed_and_names_it(client: Client) -> None:
    for entry in publish_one_of_each().values():
        address = f"{entry.get_history_url()}feed.xml"
        assert len(read(client, address).entries) == 1
        for page in (entry.get_absolute_url(), entry.get_history_url()):
            document = Document.of(client.get(page).content.decode())
            named = [one["href"] for one in document.all("link") if one["type"] == "application/atom+xml"]
            assert named == [address], page


def test_an_item_says_the_old_and_the_new_value_and_the_source(client: Client) -> None:
    source = publish_source(title_en="A report of the observers")
    case = publish_case(slug="a-truce", ended_on="2022-10-03")
    claim = {
        "source": source,
        "about": "ended_on",
        "quotation_language": "en",
        "quotation": "It ended <today> & now.",
    }
    change(case, {"claim": [claim]}, ended_on="2022-10-02", note="The day was wrong.")

    [item, first] = read(client, "/en/cases/a-truce/history/feed.xml").entries

    html = item.content[0].value
    assert item.content[0].type == "text/html"
    assert "<del>3 October 2022</del> became <ins>2 October 2022</ins>" in " ".join(html.split())
    assert "A report of the observers" in html
    assert "It ended &lt;today&gt; &amp; now." in html
    assert "content" not in first


def test_a_long_text_is_shown_where_it_changed(client: Client) -> None:
    words = " ".join(f"word{number}" for number in range(400))
    case = publish_case(slug="a-truce", narrative_en=f"{words} old {words}")
    change(case, narrative_en=f"{words} new {words}")

    item = read(client, "/en/cases/a-truce/history/feed.xml").entries[0]

    html = item.content[0].value
    assert "… word388" in html
    assert "<del>old </del><ins>new </ins>" in html
    assert len(strip_tags(html)) < 1000


def test_of_many_changes_the_first_are_told_and_the_others_counted(client: Client) -> None:
    case = publish_case(slug="a-truce")
    change(case, {"event": [{"id": key(), "position": number} for number in range(MAX_LINES + 3)]})

    html = read(client, "/en/cases/a-truce/history/feed.xml").entries[0].content[0].value

    assert html.count("New ·") == MAX_LINES
    assert "And 3 further changes." in html


def test_of_what_was_retracted_the_notes_are_told_and_nothing_else(client: Client, editor: Any) -> None:
    case = publish_case(slug="a-truce", finding_en="A secret")
    change(case, finding_en="Another secret")
    retracting.retract(case, by=editor, reason="It never happened.", language="en")

    feed = read(client, "/en/cases/a-truce/history/feed.xml")

    assert feed.entries[0].summary == "It never happened."
    assert [one for one in feed.entries if "content" in one or "secret" in str(one)] == []
    assert {one.link for one in feed.entries} == {f"{SITE}/en/cases/a-truce/"}
    assert "secret" not in client.get("/en/changes/feed.xml?change=all").content.decode()


def test_what_readers_do_not_find_has_no_feed(client: Client) -> None:
    actor = publish_actor(slug="a-state")
    Entry.objects.filter(pk=actor.pk).update(is_in_use=False)

    assert client.get("/en/actors/a-state/history/feed.xml").status_code == 404
    assert client.get("/en/actors/nobody/history/feed.xml").status_code == 404
    assert client.post("/en/actors/a-state/history/feed.xml").status_code == 405


def test_the_feed_of_a_question_is_named_after_it_and_leads_to_its_list(client: Client) -> None:
    place = publish_place(slug="libya", title_en="Libya")
    publish_case(title_en="A truce", countries=[place])
    publish_case()
    query = "country=libya&change=all&since=2020"

    feed = read(client, f"/en/changes/feed.xml?{query}")

    assert {one.title for one in feed.entries} == {"A truce: Addition", "Libya: Addition"}
    assert "Country: Libya" in feed.feed.title
    assert feed.feed.link == f"{SITE}/en/changes/?{query}"
    assert feed.feed.id == feed.feed.link


def test_a_feed_of_nothing_is_valid_and_stays_the_same(client: Client) -> None:
    address = "/en/changes/feed.xml?since=9999"

    first = read(client, address)

    assert (first.entries, first.feed.updated) == ([], "1970-01-01T00:00:00+00:00")
    assert client.get(address).content == client.get(address).content


@pytest.mark.parametrize("query", ["\x01", "change=\x0b", "%01", "\x80", '<>&"'])
def test_whatever_bytes_are_asked_a_feed_is_valid(client: Client, query: str) -> None:
    answer = client.get("/en/changes/feed.xml", QUERY_STRING=query)

    assert answer.status_code in {200, 400}
    assert answer.status_code == 400 or not feedparser.parse(answer.content).bozo


@pytest.mark.parametrize("query", ["entry=nope", "country=nope", "zz=1", "entry=truce"])
def test_a_question_that_is_not_understood_is_followed_by_no_feed(client: Client, query: str) -> None:
    publish_case(title_en="Truce one")
    publish_case(title_en="Truce two")

    assert client.get(f"/en/changes/feed.xml?{query}").status_code == 400
    assert client.get(client.get(f"/en/changes/?{query}&change=all").context["feed"]).status_code == 200


@pytest.mark.parametrize("address", ["changes/feed.xml?change=all", "cases/a-truce/history/feed.xml"])
def test_a_reader_who_has_the_feed_gets_none(client: Client, address: str) -> None:
    publish_case(slug="a-truce")
    answer = client.get(f"/en/{address}")

    again = client.get(f"/en/{address}", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_feed_is_no_longer_than_it_may_be(client: Client) -> None:
    case = publish_case(slug="a-truce")
    for number in range(MAX_SHOWN + 1):
        publish_change(case, title_en=f"Truce {number}")

    feed = read(client, "/en/cases/a-truce/history/feed.xml")

    assert len(feed.entries) == MAX_SHOWN
    assert all(len(one.content) == 1 for one in feed.entries)
