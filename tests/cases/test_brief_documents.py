"""The Word document of a brief says what the page says, and is written as the format wants it."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from tests.cases.test_briefs import PROMISED, a_case
from tests.factories import publish_case, publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# The order of children in ECMA-376, 17.3.1.26 and 17.3.2.28: Word refuses a document that mixes them up.
IN_PARAGRAPH = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
]
IN_RUN = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
]


def document(client: Client, language: str = "en") -> Any:
    """The document of the brief of a case and one of its promises, read again."""
    a_case()
    answer = client.get(f"/{language}/brief.docx?case=a-truce&provision={PROMISED}")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    return Document(io.BytesIO(answer.content))


def children(element: Any) -> list[str]:
    return [one.tag.rpartition("}")[2] for one in element]


def texts(found: Any) -> list[str]:
    """The text of each paragraph, with that of its links."""
    return ["".join(one.text or "" for one in paragraph._p.iter(qn("w:t"))) for paragraph in found.paragraphs]


def test_it_says_what_the_page_says(client: Client) -> None:
    found = texts(document(client))

    assert found[:2] == ["Brief from the casebook Sulh", "The case a-truce"]
    assert re.fullmatch(r"Revision 1, .* 20\d\d\. http.*/en/cases/a-truce/\?as_of=1", found[2])
    assert "What became of it: Holding (as of October 2020)" in found
    assert "The report, UNSMIL, October 2020, para. 3. https://unsmil.example/report" in found
    assert any(one.startswith("Says otherwise, 24 October 2020 — The report") for one in found)
    assert found[-2:] == [
        "Withdrawal and redeployment: Forces withdraw.",
        "The report, UNSMIL, October 2020. https://unsmil.example/report",
    ]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_order_of_its_parts_is_that_of_the_format(client: Client, language: str) -> None:
    body = document(client, language).element.body

    for name, order in (("w:pPr", IN_PARAGRAPH), ("w:rPr", IN_RUN)):
        for properties in body.iter(qn(name)):
            found = children(properties)
            assert found == sorted(found, key=order.index)
            assert len(found) == len({*found})


def test_arabic_runs_from_the_right_and_addresses_from_the_left(client: Client) -> None:
    found = document(client, "ar")

    assert all(paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in found.paragraphs)
    runs = [run for run in found.element.body.iter(qn("w:r")) if run.rPr is not None]
    for run in runs:
        is_rtl = run.rPr.find(qn("w:rtl")) is not None
        text = "".join(one.text or "" for one in run.iter(qn("w:t")))
        assert is_rtl or not re.search("[\u0600-\u06ff]{2}", text), text
        assert not (is_rtl and "http" in text)
    assert any(run.rPr.find(qn("w:rtl")) is not None for run in runs)
    assert found.styles["Normal"].element.rPr.rFonts.get(qn("w:cs")) == "Traditional Arabic"


def test_what_is_not_translated_keeps_its_own_direction(client: Client) -> None:
    runs = [*document(client, "ar").element.body.iter(qn("w:r"))]

    [english] = [
        run for run in runs if "Forces withdraw." in "".join(one.text for one in run.iter(qn("w:t")))
    ]
    assert english.rPr.find(qn("w:rtl")) is None
    assert english.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"


def test_other_languages_run_from_the_left(client: Client) -> None:
    body = document(client, "fr").element.body

    assert [*body.iter(qn("w:bidi")), *body.iter(qn("w:rtl"))] == []


def test_every_address_leads_there(client: Client) -> None:
    found = document(client)

    targets = {one.target_ref for one in found.part.rels.values() if one.is_external}
    links = [*found.element.body.iter(qn("w:hyperlink"))]
    assert "https://unsmil.example/report" in targets
    assert all(found.part.rels[link.get(qn("r:id"))].target_ref in "".join(link.itertext()) for link in links)


def test_an_address_of_arabic_words_is_read_in_letters_and_leads_there(client: Client) -> None:
    address = "https://unsmil.example/%D8%B5%D9%84%D8%AD"
    source = publish_source(slug="in-arabic", url=address)
    publish_case(slug="other", title_en="A", rows={"claim": [{"about": "finding", "source": source}]})

    found = Document(io.BytesIO(client.get("/en/brief.docx?case=other").content))
    [link] = [one for one in found.element.body.iter(qn("w:hyperlink")) if "صلح" in "".join(one.itertext())]

    assert found.part.rels[link.get(qn("r:id"))].target_ref == address
    for page in ("/en/brief/?case=other", "/en/sources/in-arabic/"):
        shown = f'href="{address}"[^>]*><bdi dir="ltr">https://unsmil.example/صلح</bdi>'
        assert re.search(shown, client.get(page).content.decode())


def test_it_is_titled_and_dated_by_its_newest_revision(client: Client) -> None:
    found = document(client)

    about = found.core_properties
    assert (about.title, about.author, about.language) == ("Brief from the casebook Sulh", "Sulh", "en-GB")
    assert about.created == about.modified


def test_hostile_text_stays_text(client: Client) -> None:
    publish_case(slug="hostile", title_en="<w:p>&amp; ]]> abc</w:p>")

    answer = client.get("/en/brief.docx?case=hostile")

    found = Document(io.BytesIO(answer.content))
    assert found.paragraphs[1].text.startswith("<w:p>&amp; ]]>")


@pytest.mark.parametrize("query", ["", "case=nothing", "case=a-truce&provision=x", "case=a-truce&x=1"])
def test_without_a_case_or_with_what_it_does_not_know_there_is_none(client: Client, query: str) -> None:
    a_case()

    assert client.get(f"/en/brief.docx?{query}").status_code == 400
