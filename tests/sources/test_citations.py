"""A text cites a source of its claims by its address; the page shows the number that the source has in its list."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from cases.models import Case
from publishing.markdown import rendered
from publishing.markdown_citations import slugs_in
from sources.models import Source
from sources.rules import unnamed_citations
from tests.factories import (
    edited,
    key,
    publish_case,
    publish_change,
    publish_initiative,
    publish_pillar,
    publish_source,
    snapshot_of,
)
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LETTER, REPORT = "letter-2008", "annual-report"
TEXT = {
    "en": "It began in May [@letter-2008, para. 3].\n\nIt ended later [@annual-report].",
    "ar": "بدأ في أيار/مايو [@letter-2008، الفقرة 3].\n\nوانتهى لاحقاً [@annual-report].",
    "fr": "Cela a commencé en mai [@letter-2008, par. 3].\n\nCela a pris fin plus tard [@annual-report].",
}
PLACES = {"en": "para. 3", "ar": "الفقرة 3", "fr": "par. 3"}


@kept
def sources() -> list[Source]:
    titles = {"title_ar": "ي الرسالة", "title_fr": "Une lettre", "title_en": "The letter"}
    reports = {"title_ar": "ب التقرير", "title_fr": "Autre rapport", "title_en": "A report"}
    return [publish_source(slug=LETTER, **titles), publish_source(slug=REPORT, **reports)]


def claims_of(sources: list[Source]) -> dict[str, list[dict]]:
    return {"claim": [{"id": key(), "source": source} for source in sources]}


@pytest.fixture
def case(sources: list[Source]) -> Case:
    texts = {f"narrative_{language}": text for language, text in TEXT.items()}
    return publish_case(rows=claims_of(sources), **texts)


def page_of(entry: object, language: str = "en") -> Document:
    with override(language):
        return Document.of(Client().get(entry.get_absolute_url()).content.decode())


def citations(page: Document) -> list[tuple[str, str, str]]:
    return [
        (one.text, one.attributes["href"], one.attributes["title"])
        for one in page.all("a", **{"class": "citation"})
    ]


@pytest.mark.parametrize("language", TEXT)
def test_a_citation_is_the_number_of_its_source_on_the_page(case, language):
    page = page_of(case, language)

    listed = [one["id"] for one in page.all("li") if one.attributes.get("id", "").startswith("source-")]
    found = citations(page)
    assert [href for _text, href, _title in found] == [f"#source-{LETTER}", f"#source-{REPORT}"]
    assert [text for text, _href, _title in found] == [
        f"[{listed.index(href[1:]) + 1}]" for _, href, _ in found
    ]
    assert found[0][2].endswith(PLACES[language])


def test_the_numbers_follow_the_list_of_the_language(case):
    assert [text for text, _href, _title in citations(page_of(case, "en"))] == ["[2]", "[1]"]
    assert [text for text, _href, _title in citations(page_of(case, "fr"))] == ["[2]", "[1]"]
    assert [text for text, _href, _title in citations(page_of(case, "ar"))] == ["[2]", "[1]"]


def test_initiatives_and_sections_cite_too(sources):
    section = {"id": key(), "heading_en": "One", "anchor": "one", "body_en": TEXT["en"]}
    pillar = publish_pillar(rows={"section": [section], **claims_of(sources)})
    initiative = publish_initiative(narrative_en=TEXT["en"], rows=claims_of(sources))

    for entry in (pillar, initiative):
        assert [text for text, _href, _title in citations(page_of(entry))] == ["[2]", "[1]"]


def test_a_text_in_another_language_keeps_its_citations(sources):
    case = publish_case(narrative_en=TEXT["en"], rows=claims_of(sources))

    assert len(citations(page_of(case, "ar"))) == 2


def test_a_source_is_found_by_its_earlier_address(case, sources):
    publish_change(sources[0], slug="letter-of-june-2008")

    assert citations(page_of(case))[0][1] == "#source-letter-of-june-2008"
    assert [*unnamed_citations(edited(case))] == []


def test_what_is_no_source_of_the_claims_is_refused(sources):
    snapshot = snapshot_of("case", claims_of(sources[:1]), narrative_en=TEXT["en"])

    (found,) = unnamed_citations(snapshot)

    assert found.code == "unnamed_citation"
    assert REPORT in found.message


def test_a_text_without_citations_asks_nothing(sources):
    assert [
        *unnamed_citations(snapshot_of("case", narrative_en="An address@example.org, [a] and [@]."))
    ] == []


def test_where_no_list_stands_beside_the_text_the_address_is_shown():
    assert rendered("So it says [@letter-2008].") == "<p>So it says <sup>[letter-2008]</sup>.</p>\n"


@pytest.mark.parametrize(
    "text",
    ["[@]", "[@Letter]", "[@a b]", "[@a, b\nc]", "[@a-]", "`[@a]`", "\\[@a]", "[@a, [b]]"],
)
def test_what_only_looks_like_a_citation_stays_text(text):
    assert "<sup>" not in rendered(text)


def test_the_numbers_stand_close_to_what_they_are_about(sources):
    text = "It began [@letter-2008] [@annual-report]. Then *more* [@annual-report]"
    page = Client().get(publish_case(narrative_en=text, rows=claims_of(sources)).get_absolute_url())

    assert re.sub(r"<[^>]+>", "", page.content.decode()).count("It began[2][1]. Then more[1]") == 1


def test_a_citation_cannot_carry_a_tag(sources):
    text = 'It says [@letter-2008, "><script>alert(1)</script>].'
    page = page_of(publish_case(narrative_en=text, rows=claims_of(sources)))

    assert not [one for one in page.all("script") if "alert(1)" in one.text]
    assert "<script>" in citations(page)[0][2]


def test_the_addresses_in_a_text_are_found_in_order():
    assert [*slugs_in(TEXT["ar"] + TEXT["fr"])] == [LETTER, REPORT, LETTER, REPORT]


def test_a_claim_leads_to_its_place_in_the_list_of_its_source(case, sources):
    publish_change(
        case,
        {"claim": [{"id": key(), "source": sources[0], "about": "declared_on"}]},
        declared_on="2020-10-23",
    )
    address = sources[0].get_absolute_url()

    links = [
        one.attributes["href"]
        for one in page_of(case).all("a")
        if one.attributes.get("href", "").startswith(f"{address}#")
    ]

    rows = {one["id"] for one in page_of(sources[0]).all("tr") if "id" in one.attributes}
    assert len(links) == 2
    assert {link.split("#")[1] for link in links} == rows
