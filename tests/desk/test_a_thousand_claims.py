"""The form of a case with a thousand claims: it is light, finds every claim, and saves what was opened."""

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import Entry
from sources.claim_forms import MOST_CLOSED
from tests.benchmarks.desk import elements
from tests.desk.sheets import NOTE, Fields, change_page
from tests.factories import newest, publish_case, publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CLAIMS = 1_000
# The goals of docs/benchmarks.md for the form of the richest case.
MOST_BYTES, MOST_ELEMENTS, MOST_QUERIES = 300_000, 2_500, 30


@pytest.fixture
def case(db: None) -> Entry:
    """Its claims are about each fact, in turn; the last one has a source of its own."""
    source, other = publish_source(title_en="The agreement"), publish_source(title_en="A late report")
    facts = ["outcome", "scope", "declared_on", "written", "in_force_on"]
    claims = [
        {
            "about": facts[number % len(facts)],
            "source": source if number + 1 < CLAIMS else other,
            "locator": f"para. {number}",
            "position": number,
        }
        for number in range(CLAIMS)
    ]
    return publish_case(declared_on="2020", rows={"claim": claims})


def lines(html: str) -> list[str]:
    """The keys of the claims that have a line in the list of all claims."""
    found = re.findall(r'<li id="row-([0-9a-f-]{36})" data-at="[^"]*"(?: data-beyond)?><button', html)
    return [*found]


def by_position(case: Entry) -> list[str]:
    rows = newest(case).snapshot["rows"]["claim"]
    return sorted(rows, key=lambda key: (rows[key]["position"], key))


def test_a_form_of_a_thousand_claims_is_light_and_every_claim_is_found_and_moved(
    desk: Client, case: Entry
) -> None:
    address, keys = change_page(case), by_position(case)

    with CaptureQueriesContext(connection) as queries:
        answer = desk.get(address)
    html = answer.content.decode()
    assert len(answer.content) < MOST_BYTES
    assert len(queries) <= MOST_QUERIES
    assert elements(answer.content) <= MOST_ELEMENTS
    assert lines(html) == keys[:MOST_CLOSED]
    assert f"Show {CLAIMS - MOST_CLOSED} more lines" in html

    # What the script asks: the lines beyond the first, and those of them that answer.
    assert lines(desk.get(address, {"lines": "claims"}).content.decode()) == keys[MOST_CLOSED:]
    found = desk.get(address, {"lines": "claims", "_claims_words": "late report"}).content.decode()
    assert lines(found) == keys[-1:]

    # The same without a script, with what is typed.
    sent = Fields(html).values | {name: [text] for name, text in NOTE.items()}
    filtered = desk.post(address, sent | {"_open": ["filter"], "_claims_words": ["late report"]})
    assert lines(filtered.content.decode()) == keys[-1:]
    whole = desk.post(address, sent | {"_open": ["lines:claims"]}).content.decode()
    assert lines(whole) == keys
    opened = desk.post(address, sent | {"_open": [keys[-1]]}).content.decode()

    # The opened one is changed and saved, and those that the form began with change places.
    typed = Fields(opened).values | {"claims-0-locator": ["para. 7,000"], "_save": [""]}
    typed |= {name: [text] for name, text in NOTE.items()}
    typed["claims-order"] = [" ".join([keys[1], keys[0], *keys[2:MOST_CLOSED]])]
    assert desk.post(address, typed).status_code == 302
    after = by_position(case)
    assert after == [keys[1], keys[0], *keys[2:]]
    assert newest(case).snapshot["rows"]["claim"][keys[-1]]["locator"] == "para. 7,000"


def test_a_claim_that_is_taken_back_leaves_the_order_of_the_others(desk: Client) -> None:
    source = str(publish_source().pk)
    case = publish_case(rows={"claim": [{"about": "scope", "source": source, "locator": "stored"}]})
    [stored] = by_position(case)
    sent = Fields(desk.get(change_page(case)).content.decode()).values
    sent |= {name: [text] for name, text in NOTE.items()}
    for number, name in enumerate(("gone", "second", "first")):
        claim = {"about": "scope", "source": source, "locator": name, "stance": "supports"}
        claim |= {"confidence": "medium", **({"DELETE": "on"} if name == "gone" else {})}
        sent |= {f"claims-{number}-{box}": [text] for box, text in claim.items()}
    sent |= {"claims-TOTAL_FORMS": ["3"], "claims-order": [f"#2 {stored} #0 #1"], "_save": [""]}

    assert desk.post(change_page(case), sent).status_code == 302

    rows = newest(case).snapshot["rows"]["claim"]
    assert [rows[key]["locator"] for key in by_position(case)] == ["first", "stored", "second"]
    assert all(rows[one]["position"] < rows[two]["position"] for one, two in pairwise(by_position(case)))
