"""No cell of a file is calculated by a spreadsheet, whatever somebody wrote."""

from decimal import Decimal

import pytest
from django.test import Client

from exchange.columns import Column, plain
from exchange.formats import as_csv, csv_of, without_formula
from tests.exchange.reading import cells, loaded, rows_of_csv, sent
from tests.factories import publish_case
from tests.whole_site.reading import corpus

HOSTILE = {row["id"]: row["input"] for row in corpus("csv_formula")}
# These begin no formula: what separates cells in them is quoted.
INSIDE = {"a\n=1+1", "a,=1+1", "a;=1+1", "a|=1+1"}


@pytest.mark.parametrize("text", [text for text in HOSTILE.values() if text not in INSIDE], ids=ascii)
def test_what_begins_a_formula_has_an_apostrophe_before_it(text: str) -> None:
    assert without_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Doha", "1-2", "اتفاق", "a=b", "«Paix»"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert without_formula(text) == text


TEXTS = ["Doha", 'the "Accord"', "=1+1", "'+1", "", "two\r\nlines", "a;b", "هدنة", "\ud800", "nul\0"]
ANYTHING = [None, True, -1, Decimal("-13.1913"), -0.5, ["libya", "=syria"], ["'"], [], "-", 'said "no"']


def test_a_csv_is_what_the_usual_writer_would_write() -> None:
    several = [
        *(TEXTS, ANYTHING, [None] * 10, [False] * 10, TEXTS[-1:] + ANYTHING[:-1], ["Doha"] * 10),
        *([*TEXTS[:9], None], [True, None] * 5, [Decimal("-0.50"), None] * 5, [3, -4] * 5),
        *([["=a", '"'], [], ["b", "c"], None, ["'-"]] * 2, [[]] * 10),
    ]
    names = [f"column {number}" for number in range(len(several))]
    columns = [Column(name, name, name, "", "string", plain) for name in names]
    pages = [[values[:3] for values in several], [values[3:] for values in several], []]

    written = b"".join(as_csv(columns, pages))

    assert written == csv_of(names, [*zip(*several, strict=True)])


@pytest.mark.django_db
@pytest.mark.one_database
def test_hostile_texts_are_texts_in_every_file(client: Client) -> None:
    # No editor can publish a text with a mark that nobody sees.
    texts = [text.replace("\r", "\n") for text in HOSTILE.values() if "\ufeff" not in text]
    keys = {str(publish_case(narrative_en=text).pk): text for text in texts}

    raw = sent(client, "/en/cases.csv").decode("utf-8-sig")
    in_csv = rows_of_csv(client, "/en/cases.csv")
    in_json = loaded(client, "/en/cases.json")["rows"]
    in_book = cells(sent(client, "/en/cases.xlsx"), sheet=2)

    assert {row["id"]: row["narrative_en"] for row in in_json} == keys
    assert {row["id"]: row["narrative_en"] for row in in_csv} == {
        key: without_formula(text) for key, text in keys.items()
    }
    place = [*in_csv[0]].index("narrative_en")
    assert {row[0][1]: row[place][1].strip() for row in in_book[1:]} == {
        key: text.strip() for key, text in keys.items()
    }
    assert {row[place][0] for row in in_book[1:]} == {"inlineStr"}
    # Where a spreadsheet separates by semicolons, quotes hold a text together all the same.
    for row in in_csv:
        quoted = row["narrative_en"].replace('"', '""')
        assert f'"{quoted}"' in raw
