"""Wherever a case is named that a dataset coded and nobody reviewed, its mark stands beside its name."""

import json
import re
from typing import Any
from urllib.parse import urldefrag, urljoin
from uuid import uuid4

import lxml.html
import pytest
from django.test import Client

from cases.coded import CODED
from cases.vocabulary import Review
from publishing.models import Entry
from tests.factories import publish_case, publish_change, publish_one_of_each, publish_term

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NAME, SLUG = "Zendaquist", "zendaquist"
# Beside it, in all the same lists; editors reviewed it.
OTHER = "Quindelmar"
# What holds one thing after the other: a mark in it could be that of any.
SEVERAL = frozenset({"body", "main", "article", "section", "table", "tbody", "ul", "ol", "dl", "nav", "form"})
# Its own pages say it once, above.
ITS_OWN = f"/cases/{SLUG}/"
# Files, and what is asked of one reader.
LEFT = re.compile(
    r"/cite|\.\w+$|as_of=|/propose/|/hand-in/|/accessibility/|/admin/|sort=|/api/|/static/|/media/"
)
ASKED = (
    *("cases/?review=coded", "cases/timeline/?review=coded", "cases/figures/?review=coded"),
    *("cases/map/?review=coded", f"cases/compare/?case={SLUG}&case=other", f"search/?q={NAME}"),
    *("changes/?change=all", f"brief/?case={SLUG}", "cases/compare/"),
)


class Page:
    """The links of a page, and where it names the case and has marks."""

    def __init__(self, html: bytes) -> None:
        self._whole = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(encoding="utf-8"))
        self.links = {urldefrag(one)[0] for one in self._whole.xpath("//a/@href")}
        # How a page is cited has names alone.
        for one in self._whole.xpath("//head|//script|//svg|//*[contains(@class, 'cite-and-follow')]"):
            one.drop_tree()
        self.marks = self._whole.xpath("//*[contains(concat(' ', @class, ' '), ' coded ')]")

    @property
    def places(self) -> list[Any]:
        """The elements in which the name stands."""
        return [text.getparent() for text in self._whole.xpath(f"//text()[contains(., '{NAME}')]")]

    @property
    def unmarked(self) -> list[str]:
        """Where the case is named with no mark in the same item, and where a mark is beside no name of it."""
        in_items = {item for mark in self.marks for item in self._around(mark)}
        wrong = [place for place in self.places if not in_items & {*self._around(place)}]
        wrong += [
            one for one in self.marks if not any(NAME in item.text_content() for item in self._around(one))
        ]
        return [lxml.html.tostring(one.getparent(), encoding="unicode")[:300] for one in wrong]

    def _around(self, element: Any) -> list[Any]:
        """The element and those around it, as far as they speak of this one thing alone."""
        found = []
        while element is not None and element.tag not in SEVERAL and OTHER not in element.text_content():
            found.append(element)
            element = element.getparent()
        return found


@pytest.fixture
def casebook(db: None) -> dict[str, Entry]:
    """One of each, of which the case is coded, and another case beside it."""
    made = publish_one_of_each()
    publish_change(made["case"], title_en=NAME, slug=SLUG, review=Review.CODED)
    publish_term(slug="used", title_en="Finding")
    publish_case(
        title_en=OTHER,
        slug="other",
        themes=[made["theme"]],
        countries=[made["place"]],
        rows={
            "participation": [{"actor": made["actor"]}],
            "claim": [{"source": made["source"], "about": "finding"}],
        },
    )
    return made


def test_a_coded_case_is_marked_on_every_page_that_names_it(casebook: dict[str, Entry]) -> None:
    client, waiting, seen = Client(), ["/en/", *(f"/en/{path}" for path in ASKED)], set[str]()
    named, wrong = set(), {}
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith("/en/") or LEFT.search(address):
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = Page(answer.content)
        if "?" not in address:
            waiting += [urljoin(address, link) for link in page.links if "?" not in link]
        if ITS_OWN in address:
            wrong |= {} if page.marks else {address: ["no mark at all"]}
        elif page.places:
            named.add(address.partition("?")[0])
            wrong |= {address: page.unmarked} if page.unmarked else {}
    assert wrong == {}
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
    preview = client.get(f"/api/v1/reconciliation/preview/{casebook['case'].pk}")
    assert Page(preview.content).unmarked == [] != Page(preview.content).places
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
