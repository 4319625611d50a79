"""The view from which the casebook was made is stated, and each of its statements has a place in the book."""

from collections.abc import Callable

import pytest
from django.test import Client

from publishing.languages import PAGE_LANGUAGES
from tests.whole_site.reading import Answer, Document, Element

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("casebook"), pytest.mark.one_database]

STATEMENTS = 31
each_language = pytest.mark.parametrize("language", PAGE_LANGUAGES)


@pytest.fixture
def page_at(client: Client, site: dict[str, Answer]) -> Callable[[str], Document]:
    """The page at an address, which may be one that was read."""

    def read(address: str) -> Document:
        answer = site.get(address) or Answer.of(address, client.get(address))
        assert answer.status == 200, address
        return answer.document

    return read


def statements(page: Document) -> list[list[Element]]:
    """The links of each row of the page's tables."""
    rows = [one for one in page.all("tr") if any(above.name == "tbody" for above in one.above)]
    links = [*page.all("a")]
    return [[link for link in links if row in link.above] for row in rows]


@each_language
def test_each_statement_leads_to_where_it_is_treated(
    page_at: Callable[[str], Document], language: str
) -> None:
    found = statements(page_at(f"/{language}/essays/"))

    assert len(found) == STATEMENTS
    assert all(found)
    addresses = {link["href"] for links in found for link in links}
    assert all(address.startswith(f"/{language}/") for address in addresses)
    pages = {address.split("#")[0] for address in addresses}
    ids = {address: page_at(address).ids for address in pages}
    missing = [one for one in addresses if "#" in one and one.split("#")[1] not in ids[one.split("#")[0]]]
    assert missing == []


@each_language
def test_home_leads_with_what_it_is_about_and_with_the_pillars(
    page_at: Callable[[str], Document], language: str
) -> None:
    page = page_at(f"/{language}/")
    hero = " ".join(one.text for one in page.all("header", class_="hero"))

    assert {"en": "Islamic nations", "ar": "الدول الإسلامية", "fr": "nations islamiques"}[language] in hero
    order = [one["id"] for one in page.all("h2") if one["id"] in {"pillars", "cases"}]
    assert order == ["pillars", "cases"]
    assert any(link["href"] == f"/{language}/essays/" for link in page.all("a"))


@each_language
def test_each_pillar_of_the_essays_states_the_idea_first(
    page_at: Callable[[str], Document], language: str
) -> None:
    for pillar in ("ceasefire-implementation", "post-conflict-reconstruction", "peacekeeping-and-monitoring"):
        page = page_at(f"/{language}/pillars/{pillar}/")
        sections = [one["id"] for one in page.all("section") if one["id"]]
        assert sections[0] == "the-idea", pillar
