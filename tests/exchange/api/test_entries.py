"""One entry of the API, now and as it was."""

import json

import pytest
from django.test import Client

from publishing.actions import retracting
from publishing.fields.columns import canonical
from publishing.models import Revision
from tests.exchange.api.reading import ROOT, Reader
from tests.factories import (
    an_account,
    publish,
    publish_case,
    publish_change,
    publish_source,
    publish_theme,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def reader(client: Client) -> Reader:
    """Somebody who read the description."""
    return Reader(client)


def test_an_entry_is_found_by_its_address_and_by_its_key(reader: Reader) -> None:
    source = publish_source(slug="a-report", title_fr="Un rapport")
    case = publish_case(slug="libya-2020", rows={"claim": [{"source": source}]})

    by_address, by_key = (reader.ask("entry_of_cases", key=key) for key in ("libya-2020", str(case.pk)))
    of_any_kind = reader.ask("entry_by_id", key=str(case.pk))

    assert by_address == by_key == of_any_kind
    assert by_address["entries"][str(source.pk)]["title_fr"] == "Un rapport"
    assert by_address["licence"] == "AGPL-3.0-or-later"


def test_the_snapshot_is_sent_as_the_bytes_that_its_digest_was_made_of(client: Client) -> None:
    case = publish_case(slug="libya-2020", title_ar="هدنة", finding_fr="Elle a tenu « un temps »")

    body = client.get(f"{ROOT}/cases/libya-2020").content

    assert canonical(Revision.objects.newest_of(case.pk).snapshot) in body


def test_an_entry_is_sent_as_it_was(reader: Reader) -> None:
    case = publish_case(slug="libya-2020", title_en="Before")
    publish_change(case, title_en="After")

    def title(**asked: str) -> str:
        said = reader.ask("entry_of_cases", key="libya-2020", **asked)
        return str(said["snapshot"]["fields"]["title_en"])

    assert (title(), title(as_of="1"), title(as_of="2099-01-01")) == ("After", "Before", "After")
    assert reader.ask("entry_of_cases", 404, key="libya-2020", as_of="7")["status"] == 404
    assert reader.ask("entry_of_cases", 404, key="libya-2020", as_of="1999-01-01")["status"] == 404
    for wrong in ("x", "", "2026-02-31", "9" * 4000):
        problem = reader.ask("entry_of_cases", 400, key="libya-2020", as_of=wrong)
        assert problem["not_understood"][0]["name"] == "as_of"


def test_some_fields_of_an_entry_are_enough(reader: Reader) -> None:
    publish_case(slug="libya-2020", title_en="A truce")

    said = reader.ask("entry_of_cases", key="libya-2020", fields="title_en")["snapshot"]

    assert (said["fields"], said["rows"]) == ({"title_en": "A truce"}, {})


def test_an_old_address_leads_to_the_new_one(client: Client) -> None:
    case = publish_case(slug="before")
    publish_change(case, slug="after")

    for below in ("", "/revisions"):
        answer = client.get(f"{ROOT}/cases/before{below}")

        assert (answer.status_code, answer["Location"]) == (302, f"{ROOT}/cases/after{below}")
        assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"{ROOT}/cases/before?as_of=1")["Location"] == f"{ROOT}/cases/after?as_of=1"


def test_a_retracted_entry_is_gone_for_the_reason_that_is_given(reader: Reader) -> None:
    case = publish_case(slug="libya-2020", finding_en="A secret")
    retracting.retract(case, reason="It never happened.", language="en", by=an_account(is_superuser=True))

    for asked in ({}, {"as_of": "1"}):
        gone = reader.ask("entry_of_cases", 410, key="libya-2020", **asked)

        assert (gone["reason"], gone["reason_language"]) == ("It never happened.", "en")
        assert "A secret" not in json.dumps(gone)
    history = reader.ask("revisions_of_cases", key="libya-2020")["items"]
    assert [(one["change"], one["record"]) for one in history] == [("addition", None), ("retraction", None)]
    assert reader.ask("list_cases")["items"] == []


def test_the_revisions_of_an_entry_go_on_page_by_page(reader: Reader) -> None:
    case = publish_case(slug="libya-2020")
    for number in range(4):
        publish_change(case, title_en=f"Title {number}")

    found = [*reader.all("revisions_of_cases", key="libya-2020", limit=2)]

    assert [one["revision"] for one in found] == [1, 2, 3, 4, 5]
    assert found[1]["previous_digest"] == found[0]["digest"]
    assert found[0]["record"].endswith("/api/v1/cases/libya-2020?as_of=1")


def test_what_readers_do_not_find_is_not_there(reader: Reader) -> None:
    unused = publish(snapshot_of("actor", slug="unused"), is_unused=True)
    theme = publish_theme()

    for operation, key in (
        ("entry_of_actors", "unused"),
        ("entry_of_actors", str(unused.pk)),
        ("revisions_of_actors", "unused"),
        ("entry_by_id", str(unused.pk)),
        # It is of another kind.
        ("entry_of_cases", str(theme.pk)),
        ("entry_by_id", "no-key"),
        ("entry_of_cases", "no-such-case"),
    ):
        assert reader.ask(operation, 404, key=key)["status"] == 404
    assert reader.ask("list_actors")["items"] == []
