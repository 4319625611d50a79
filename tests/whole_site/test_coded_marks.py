"""Wherever a case is named that a dataset coded and nobody reviewed, its mark stands beside its name."""

import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin
from uuid import uuid4

import pytest
from django.test import Client

from cases.coded import CODED
from cases.vocabulary import Review
from publishing.models import Entry
from tests.factories import publish_change, publish_one_of_each, publish_term

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NAME, SLUG = "Zendaquist", "zendaquist"
# Its own pages say it once, above; these are its texts, its files and what is asked of one reader.
ITS_OWN = f"/cases/{SLUG}/"
LEFT = re.compile(
    r"/cite|\.\w+$|as_of=|/propose/|/hand-in/|/accessibility/|/admin/|sort=|/api/|/static/|/media/"
)
# So much may stand between a name and its mark.
BESIDE = 420
ASKED = (
    *("cases/?review=coded", "cases/timeline/?review=coded", "cases/figures/?review=coded"),
    *("cases/map/?review=coded", f"cases/compare/?case={SLUG}&case=other", f"search/?q={NAME}"),
    *("changes/?change=all", f"brief/?case={SLUG}", "cases/compare/"),
)


class Page(HTMLParser):
    """The links of a page, and its body with no tags but marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.text = ""
        self._skipped = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        said = dict(attributes)
        if tag == "a" and said.get("href"):
            self.links.add(urldefrag(said["href"])[0])
        self._skipped += tag in ("head", "script", "title", "svg")
        if "coded" in (said.get("class") or "").split():
            self.text += "\0"

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in ("head", "script", "title", "svg")

    def handle_data(self, data: str) -> None:
        self.text += "" if self._skipped else data

    @property
    def unmarked(self) -> list[str]:
        """Where the case is named and no mark stands beside it; how a page is cited has names alone."""
        places = [
            found.start() for found in re.finditer(NAME, re.split("Cite this (?:page|answer)", self.text)[0])
        ]
        beside = [self.text[max(0, at - BESIDE) : at + BESIDE] for at in places]
        return [" ".join(text.split()) for text in beside if "\0" not in text]


@pytest.fixture
def casebook(db: None) -> dict[str, Entry]:
    """One of each, of which the case is coded, and another case beside it."""
    made = publish_one_of_each()
    publish_change(made["case"], title_en=NAME, slug=SLUG, review=Review.CODED)
    publish_term(slug="used", title_en="Finding")
    return made


def test_a_coded_case_is_marked_on_every_page_that_names_it(casebook: dict[str, Entry]) -> None:
    client, waiting, seen = Client(), ["/en/", *(f"/en/{path}" for path in ASKED)], set[str]()
    named, unmarked = set(), {}
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith("/en/") or LEFT.search(address):
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = Page(answer.content.decode())
        if "?" not in address:
            waiting += [urljoin(address, link) for link in page.links if "?" not in link]
        if ITS_OWN not in address and NAME in page.text:
            named.add(address.partition("?")[0])
            if page.unmarked:
                unmarked[address] = page.unmarked
    assert unmarked == {}
    assert len(named) >= 15


def test_a_coded_case_is_marked_where_programs_name_it(casebook: dict[str, Entry]) -> None:
    client, mark = Client(), str(Review.CODED.label)

    _typed, names, marks = client.get("/en/search/suggestions/", {"q": NAME}).json()
    assert (names, marks) == ([NAME], [mark])
    assert f"{NAME} ({mark}): " in client.get("/en/changes/feed.xml?change=all").content.decode()
    sent = b"".join(client.get("/en/cases.json?review=coded").streaming_content)  # type: ignore[attr-defined]
    assert [row["review"] for row in json.loads(sent)["rows"]] == ["coded"]
    assert (
        client.get("/api/v1/cases?review=coded").json()["items"][0]["snapshot"]["fields"]["review"] == "coded"
    )
    asked = client.get("/api/v1/reconciliation/suggest/entity", {"prefix": NAME}).json()["result"]
    assert [one["description"].endswith(mark) for one in asked] == [True]


def test_the_mark_goes_when_editors_take_the_case_on(casebook: dict[str, Entry]) -> None:
    page = Client().get(casebook["source"].get_absolute_url())
    assert 'class="coded"' in page.content.decode()

    publish_change(casebook["case"], review=Review.REVIEWED)

    page = Client().get(casebook["source"].get_absolute_url())
    assert 'class="coded"' not in page.content.decode()


def test_what_is_remembered_follows_each_publication(casebook: dict[str, Entry]) -> None:
    case, other = casebook["case"].pk, uuid4()
    assert CODED.renew(frozenset({other}), {"case": frozenset({case})}) == {case, other}

    publish_change(casebook["case"], review=Review.REVIEWED)

    assert CODED.renew(frozenset({case, other}), {"case": frozenset({case})}) == {other}
