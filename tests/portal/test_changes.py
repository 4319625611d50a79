"""The log of published changes, its filters and its feed."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from publishing.actions import publishing, retracting
from publishing.models import Entry
from publishing.models.entry import kinds
from tests.factories import an_account, edited, newest, proposal_of, publish_actor, publish_case
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def log(client: Client) -> Any:
    """The notes that the log shows, asked with a query."""

    def read(query: str = "", language: str = "en") -> list[str]:
        response = client.get(f"/{language}/changes/?{query}")
        assert response.status_code == 200
        document = Document.of(response.content.decode())
        return [" ".join(one.text.split()) for one in document.all("p", class_="change-note")]

    return read


def change(entry: Entry, title: str, **said: str) -> None:
    """Publish another French title of the entry, with that note."""
    by = an_account()
    publishing.publish(proposal_of(edited(entry, title_fr=title), by=by, base=newest(entry), **said), by=by)


@pytest.fixture
def corrected() -> Entry:
    case = publish_case(title_en="Truce")
    change(case, "Trêve", note="The date was wrong.", change_class="correction")
    return kinds()["case"].objects.get(pk=case.pk)


def entries_of(response: Any) -> list[ElementTree.Element]:
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 (it is our own)


@pytest.mark.every_database
def test_what_was_only_added_is_shown_when_all_is_asked_for(log: Any, corrected: Entry) -> None:
    assert log() == ["The date was wrong."]
    assert len(log("change=all")) == len(log("change=addition")) + 1 > 1


def test_a_correction_leads_to_what_it_changed(client: Client, corrected: Entry) -> None:
    document = Document.of(client.get("/en/changes/").content.decode())

    leads = [link["href"] for link in document.all("a") if link.text == "Truce"]
    assert leads == [f"{corrected.get_absolute_url()}history/2/"]


@pytest.mark.every_database
def test_changes_are_found_by_kind_of_entry_language_and_year(log: Any, corrected: Entry) -> None:
    change(publish_actor(), "Un acteur", note="Une faute.", change_class="typo", note_language="fr")
    year = corrected.changed_at.year

    assert log("kind=actor") == ["Une faute."]
    assert log("language=en") == ["The date was wrong."]
    assert log("change=typo") == ["Une faute."]
    assert len(log(f"since={year}&until={year}")) == 2
    assert log(f"since={year + 1}") == log(f"until={year - 1}") == []


def test_a_retraction_is_told_with_its_reason_and_leads_to_the_tombstone(
    client: Client, log: Any, corrected: Entry, editor: Any
) -> None:
    retracting.retract(corrected, by=editor, reason="It never happened.", language="en")

    assert log() == ["It never happened.", "The date was wrong."]
    html = client.get("/en/changes/").content.decode()
    assert "/history/" not in html
    assert html.count(f'href="{corrected.get_absolute_url()}"') == 2


def test_a_page_holds_twenty_five(log: Any) -> None:
    case = publish_case()
    for number in range(26):
        change(case, f"Trêve {number}", note=f"Note {number}", change_class="typo")

    assert len(log()) == 25
    assert log("page=2") == ["Note 0"]


@pytest.mark.every_database
def test_the_feed_says_what_the_page_says(client: Client, corrected: Entry, log: Any) -> None:
    change(publish_actor(), "Un acteur", note="Une faute.", change_class="typo")

    response = client.get("/en/changes/feed.xml?kind=case")

    assert response["Content-Type"].startswith("application/atom+xml")
    (entry,) = entries_of(response)
    assert entry.find(f"{ATOM}title").text == "Truce: Correction"
    assert entry.find(f"{ATOM}summary").text == "The date was wrong."
    assert entry.find(f"{ATOM}link").get("href").endswith(f"{corrected.get_absolute_url()}history/2/")


def test_an_entry_of_the_feed_is_the_same_in_every_language(client: Client, corrected: Entry) -> None:
    names = {
        language: [
            one.find(f"{ATOM}id").text for one in entries_of(client.get(f"/{language}/changes/feed.xml"))
        ]
        for language in ("en", "ar", "fr")
    }

    assert names["en"] == names["ar"] == names["fr"]
    assert names["en"][0].startswith("urn:sha256:")


def test_what_xml_cannot_say_is_left_out_of_the_feed(client: Client, corrected: Entry) -> None:
    corrected.revisions.filter(number=2).update(
        note="<b>Bold</b>\x08 & \ufffe more", credit="A\x00\x1fB".replace("\x00", "")
    )

    (entry,) = entries_of(client.get("/en/changes/feed.xml"))

    assert entry.find(f"{ATOM}summary").text == "<b>Bold</b> &  more"
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "AB"


def test_a_note_of_markup_stays_text(client: Client, corrected: Entry) -> None:
    note = '</bdi><script>alert(1)</script><img src=x onerror="alert(2)">'
    corrected.revisions.filter(number=2).update(note=note, credit=note)

    document = Document.of(client.get("/ar/changes/").content.decode())

    assert note in document.text
    assert [*document.all("img", src="x")] == []


def test_the_page_tells_feed_readers_of_the_same_list(client: Client) -> None:
    document = Document.of(client.get("/fr/changes/?kind=case&page=1").content.decode())

    (feed,) = [one["href"] for one in document.all("link") if one["type"] == "application/atom+xml"]
    assert feed == "/fr/changes/feed.xml?kind=case"


def test_a_note_with_angle_brackets_is_read_as_text_by_feed_readers(client: Client, corrected: Entry) -> None:
    note = "The column <killed> was read as <injured>."
    corrected.revisions.filter(number=2).update(note=note)

    (entry,) = entries_of(client.get("/en/changes/feed.xml"))

    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "text"
    assert summary.text == note
    assert entry.find(f"{ATOM}title").get("type") in {None, "text"}
