"""Lines that cite a page, as each language writes them."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from django.utils.translation import override

from publishing.citing import Work, styles, work_of_list
from publishing.models import Entry
from tests.factories import publish_case, publish_change, publish_one_of_each
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AT = "https://casebook.example/en/cases/libya-2020/?as_of=3"


def a_work(language: str, title: str = "Libya: a ceasefire", **said: Any) -> Work:
    usual = Work(
        "sulh", title, language, language, AT, AT, ("/cite", ""), "Dataset", 3, said.pop("day", None)
    )
    return replace(usual, day=datetime.date(2026, 12, 1), **said)


LINES = {
    ("en", "chicago"): f"Sulh. “Libya: a ceasefire.” Revision 3, last modified December 1, 2026. {AT}.",
    ("en", "apa"): f"Sulh. (2026, December 1). Libya: a ceasefire (Revision 3). {AT}",
    (
        "fr",
        "chicago",
    ): f"Sulh. «\u00a0Libye\u00a0». Révision 3, dernière modification le 1er décembre 2026. {AT}.",
    ("fr", "apa"): f"Sulh. (2026, 1er décembre). Libye (révision 3). {AT}",
    ("ar", "chicago"): f"صلح. «ليبيا». المراجعة 3، آخر تعديل في 1 كانون الأول/ديسمبر 2026. {AT}.",
    ("ar", "apa"): f"صلح. (2026، 1 كانون الأول/ديسمبر). ليبيا (المراجعة 3). {AT}",
}
TITLES = {"en": "Libya: a ceasefire", "fr": "Libye", "ar": "ليبيا"}


@pytest.mark.parametrize("language, style", LINES)
def test_each_language_has_its_own_order_and_punctuation(language: str, style: str) -> None:
    with override(language):
        line = getattr(styles, style)(a_work(language, TITLES[language]))

    assert strip_tags(line) == LINES[language, style]


def test_a_title_with_its_own_end_gets_no_second_one() -> None:
    with override("en"):
        asked, ended = (strip_tags(styles.chicago(a_work("en", title))) for title in ("Why?", "So."))

    assert asked.startswith("Sulh. “Why?” Revision 3")
    assert ended.startswith("Sulh. “So.” Revision 3")


def test_a_list_has_no_day() -> None:
    work = replace(a_work("en", "Ceasefire cases"), number=None, day=None)
    with override("en"):
        lines = [strip_tags(style(work)) for style in (styles.chicago, styles.apa)]

    assert lines == [f"Sulh. “Ceasefire cases.” {AT}.", f"Sulh. (n.d.). Ceasefire cases. {AT}"]


def test_french_parts_what_is_asked_by_its_own_colon() -> None:
    with override("fr"):
        work = work_of_list("Cas", "/fr/cases/", "country=libya", [("Pays", "Libye")])

    assert work.title == "Cas (Pays\u00a0: Libye)"
    assert work.file("bib") == "/fr/cases/cite.bib?country=libya"


def test_markup_and_percent_signs_in_a_title_stay_text() -> None:
    title = "<b>50 %(day)s</b> & %s"
    with override("en"):
        line = styles.chicago(a_work("en", title))

    assert "<b>" not in line
    assert "&lt;b&gt;50 %(day)s&lt;/b&gt; &amp; %s" in line


def cited(client: Client, address: str) -> Document | None:
    page = Document.of(client.get(address).content.decode())
    return page if [*page.all("details", class_="cite")] else None


def test_every_page_of_an_entry_says_how_to_cite_and_follow_it(client: Client) -> None:
    for entry in publish_one_of_each().values():
        address = entry.get_absolute_url()
        page = cited(client, address)
        assert page, address
        links = {link["href"] for link in page.all("a")}
        history = entry.get_history_url()
        assert f"{entry.get_record_url()}?as_of=1" in links
        assert {f"{history}1/cite.{ending}" for ending in ("bib", "ris", "json")} <= links
        assert f"{history}feed.xml" in links


def test_a_revision_is_cited_as_it_was(client: Client) -> None:
    case = publish_case(slug="a-truce", title_en="Before")
    publish_change(case, title_en="After")

    page = cited(client, "/en/cases/a-truce/history/1/")

    assert page
    lines = [" ".join(one.text.split()) for one in page.all("dd", class_="citation")]
    assert [line.partition("Before")[0] for line in lines] == ["Sulh. “", lines[1].partition("Before")[0]]
    assert all(line.rstrip(".").endswith("?as_of=1") for line in lines)


@pytest.fixture
def case() -> Entry:
    return publish_case(slug="a-truce")


@pytest.mark.parametrize(
    "address",
    [
        *("cases/a-truce/history/", "cases/a-truce/?as_of=1", "propose/case/", "cases/no-such/"),
        *("search/", "brief/", "cases/compare/", "cases/compare/?case=a-truce"),
    ],
)
def test_what_is_nothing_to_cite_does_not_offer_itself(client: Client, case: Entry, address: str) -> None:
    assert cited(client, f"/en/{address}") is None


def test_a_list_is_cited_with_what_is_asked_of_it(client: Client, case: Entry) -> None:
    page = cited(client, "/en/cases/?outcome=unknown&zzz=1")

    assert page
    links = {link["href"] for link in page.all("a")}
    number = case.revisions.get().pk
    assert f"/en/cases/answers/{number}/?outcome=unknown" in links
    assert f"/en/cases/answers/{number}/cite.bib?outcome=unknown" in links
    lines = [" ".join(one.text.split()) for one in page.all("dd", class_="citation")]
    assert all("Ceasefire cases (Outcome: Unknown): 1 of 1" in line for line in lines)
