"""Files that cite a page or a list, as the programs that take them read them."""

import json
import re
from dataclasses import replace
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from django.test import Client
from django.utils import timezone

from publishing.actions import retracting
from publishing.citing import FILES, work_of_entry
from publishing.models import Entry
from tests.factories import publish_case, publish_change, publish_one_of_each, publish_place

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# What the published schema of CSL data says of the variables that are used here; it allows no others.
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "number"}},
        }
    },
    "additionalProperties": False,
}
TEXTS = ("title", "container-title", "publisher", "URL", "language", "version")
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["webpage"]},
            "author": {
                "type": "array",
                "items": {"properties": {"literal": {"type": "string"}}, "additionalProperties": False},
            },
            "issued": DATE,
            "accessed": DATE,
            **{name: {"type": "string"} for name in TEXTS},
        },
    },
}
TITLES = [
    "A truce",
    r"50 % of $3 & {more} #1_a ~ ^ \ }unbalanced{",
    "هدنة غزة (2021)",
    'A "quoted" <b>title</b>',
    "Trêve d’été : l’accord",
]


def answer(client: Client, of: Entry, ending: str, number: int = 1, language: str = "en") -> Any:
    return client.get(f"/{language}{of.get_history_url()[3:]}{number}/cite.{ending}")


def plain(text: str) -> str:
    """On one line, as all three formats have it."""
    return " ".join(text.split())


def without_latex(text: str) -> str:
    """What LaTeX prints."""
    named = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}"}
    named |= {"textasciitilde": "~", "textasciicircum": "^"}
    for name, character in named.items():
        text = text.replace(f"\\{name}{{}}", f"\0{ord(character)}\0")
    for character in "$&#%_":
        text = text.replace(f"\\{character}", character)
    text = text.removeprefix("{").removesuffix("}")
    for character in named.values():
        text = text.replace(f"\0{ord(character)}\0", character)
    return text


@pytest.mark.parametrize("title", TITLES)
def test_bibtex_says_title_day_and_address(client: Client, title: str) -> None:
    case = publish_case(slug="a-truce")
    publish_change(case, title_en=title)

    file = answer(client, case, "bib", 2)
    read = bibtexparser.parse_string(file.content.decode())

    assert read.failed_blocks == []
    [entry] = read.entries
    said = entry.fields_dict
    assert re.search(r"(?<!\\)[$&#%_]", said["title"].value) is None
    day = timezone.now().date()
    assert (entry.entry_type, entry.key) == ("misc", "sulh-case-a-truce-r2")
    assert without_latex(said["title"].value) == plain(title)
    assert said["url"].value == "http://localhost:8000/en/cases/a-truce/?as_of=2"
    assert (said["year"].value, said["month"].value) == (str(day.year), str(day.month))
    assert (said["date"].value, said["version"].value) == (day.isoformat(), "2")
    assert said["langid"].value == "english"


@pytest.mark.parametrize("title", TITLES)
def test_ris_says_the_same_on_lines_of_its_own(client: Client, title: str) -> None:
    case = publish_case(slug="a-truce")
    publish_change(case, title_en=title)

    text = answer(client, case, "ris", 2).content.decode()

    assert text.endswith("ER  - \r\n")
    assert {line[2:6] for line in text.removesuffix("\r\n").split("\r\n")} == {"  - "}
    [entry] = rispy.loads(text)
    assert entry["type_of_reference"] == "ELEC"
    assert entry["title"] == plain(title)
    assert entry["urls"] == ["http://localhost:8000/en/cases/a-truce/?as_of=2"]
    assert entry["date"] == f"{timezone.now():%Y/%m/%d}"
    assert (entry["edition"], entry["language"]) == ("Revision 2", "en")


@pytest.mark.parametrize("title", TITLES)
def test_csl_json_follows_its_schema(client: Client, title: str) -> None:
    case = publish_case(slug="a-truce")
    publish_change(case, title_en=title)

    read = json.loads(answer(client, case, "json", 2).content)

    jsonschema.validate(read, CSL)
    [item] = read
    day = timezone.now().date()
    assert item["title"] == plain(title)
    assert item["issued"] == {"date-parts": [[day.year, day.month, day.day]]}
    assert (item["version"], item["URL"].rpartition("=")[2]) == ("2", "2")
    assert str(CiteProcJSON(read)["sulh-case-a-truce-r2"]["URL"]) == item["URL"]


def test_a_title_stays_that_of_its_revision_and_of_its_language(client: Client) -> None:
    case = publish_case(title_en="Before", title_ar="قبل")
    publish_change(case, title_en="After")

    assert json.loads(answer(client, case, "json", 1).content)[0]["title"] == "Before"
    assert json.loads(answer(client, case, "json", 2).content)[0]["title"] == "After"
    arabic = json.loads(answer(client, case, "json", 2, "ar").content)[0]
    assert (arabic["title"], arabic["language"]) == ("قبل", "ar")
    assert "/ar/" in arabic["URL"]


def test_what_would_end_a_line_ends_none() -> None:
    entry = publish_case(slug="a-truce")
    work = replace(work_of_entry(entry), title="Two\nlines \u2028 and\ttabs\r\nTY  - JOUR\x00\x85}")

    files = {file.ending: file.write(work, None) for file in FILES}

    title = "Two lines and tabs TY - JOUR }"
    [of_ris] = rispy.loads(files["ris"])
    assert plain(of_ris["title"]) == title
    [of_bibtex] = bibtexparser.parse_string(files["bib"]).entries
    assert without_latex(of_bibtex.fields_dict["title"].value) == title
    assert plain(json.loads(files["json"])[0]["title"]) == title


TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}


@pytest.mark.parametrize("ending", TYPES)
def test_a_file_says_its_type_its_name_and_what_it_describes(client: Client, ending: str) -> None:
    file = answer(client, publish_case(slug="a-truce"), ending)

    assert file["Content-Type"] == TYPES[ending]
    assert file["Content-Disposition"] == f'attachment; filename="sulh-case-a-truce-r1.{ending}"'
    assert file["Link"] == '<http://localhost:8000/en/cases/a-truce/?as_of=1>; rel="describes"'


def test_every_kind_of_entry_can_be_cited(client: Client) -> None:
    for entry in publish_one_of_each().values():
        assert answer(client, entry, "bib").content.startswith(b"@misc{sulh-"), entry


def test_what_is_not_public_is_not_cited(client: Client, editor: Any) -> None:
    case = publish_case()
    assert answer(client, case, "bib", 2).status_code == 404
    assert answer(client, case, "bib", 999_999_999_999_999_999_999).status_code == 404
    retracting.retract(case, by=editor, reason="It never happened.", language="en")

    assert {answer(client, case, ending, 1).status_code for ending in TYPES} == {410}


def test_a_retraction_that_was_taken_back_is_no_record_to_cite(client: Client, editor: Any) -> None:
    case = publish_case()
    first = case.revisions.get()
    retracting.retract(case, by=editor, reason="It never happened.", language="en")
    retracting.restore(first, by=editor, note="It did.", language="en")

    found = {number: answer(client, case, "ris", number).status_code for number in (1, 2, 3)}
    assert found == {1: 200, 2: 404, 3: 200}


def test_a_list_is_cited_with_its_questions_at_the_address_that_keeps_the_answer(client: Client) -> None:
    case = publish_case(countries=[publish_place(slug="libya", title_en="Libya")])
    number = case.revisions.get().pk

    query = "page=1&country=libya&zzz=1&outcome=&role=signatory&role=witness&since=20x0"
    file = client.get(f"/en/cases/cite.json?{query}")

    [item] = json.loads(file.content)
    jsonschema.validate([item], CSL)
    today = timezone.now().date()
    kept = f"http://localhost:8000/en/cases/answers/{number}/"
    assert item["URL"] == f"{kept}?country=libya&role=signatory&role=witness"
    assert item["title"] == "Ceasefire cases (Country: Libya; Role: Signatory; Role: Witness): 0 of 1"
    assert item["issued"] == {"date-parts": [[today.year, today.month, today.day]]}
    assert (item["version"], "accessed" in item) == (str(number), False)
    assert file["Cache-Control"] == "no-cache"
    asked = "country=libya&role=signatory&role=witness"
    again = client.get(f"/en/cases/answers/{number}/cite.json?{asked}&zzz=1")
    assert json.loads(again.content) == [item]


def test_what_has_no_answer_that_stays_is_cited_with_the_day_on_which_it_is_read(client: Client) -> None:
    assert "urldate" in client.get("/fr/initiatives/cite.bib").content.decode()


@pytest.mark.parametrize(
    "query", ["country=%ED%A0%80", f"since={'9' * 400}", "country=" + "x" * 3000, "order=title&order=x"]
)
def test_a_strange_question_is_left_out_of_a_citation(client: Client, query: str) -> None:
    file = client.get(f"/en/cases/cite.ris?{query}")

    assert file.status_code == 200
    [entry] = rispy.loads(file.content.decode())
    assert entry["urls"][0].partition("?")[2] == ""
