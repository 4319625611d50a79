"""A comparison and a brief that were cited stay what they were, and say what has changed since."""

import io
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.actions import retracting
from publishing.models import Revision
from tests.factories import key, publish_actor, publish_case, publish_change, publish_source
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BOTH = "case=first&case=second"


def number_now() -> int:
    """The number of the newest publication."""
    return Revision.objects.latest("pk").pk


def page_of(client: Client, address: str) -> Any:
    page = client.get(address)
    assert page.status_code == 200, (page.status_code, page.get("Location"))
    return page


def text_of(page: Any) -> str:
    return " ".join(Document.of(page.content.decode()).text.split())


@pytest.fixture
def first() -> Any:
    actor = publish_actor(slug="monitors", title_en="The monitors", actor_type="intergovernmental")
    rows = {
        "participation": [{"actor": actor, "role": "monitor"}],
        "provision": [{"id": key(), "text_en": "To stop."}],
    }
    return publish_case(
        slug="first", title_en="The first truce", finding_en="It held then.", declared_on="2001", rows=rows
    )


@pytest.fixture
def second() -> Any:
    return publish_case(slug="second", title_en="The second truce", declared_on="2002")


@pytest.mark.every_database
@pytest.mark.parametrize("path", ["cases/compare", "brief"])
def test_the_page_leads_to_an_address_that_keeps_it(
    client: Client, first: Any, second: Any, path: str
) -> None:
    work = page_of(client, f"/en/{path}/?{BOTH}").context["view"].work()
    publish_source()
    again = page_of(client, f"/en/{path}/?{BOTH}").context["view"].work()
    publish_change(first, title_en="Another name", declared_on="2010", finding_en="It fell.", slug="renamed")
    kept = page_of(client, work.path)

    assert again == work
    assert work.address == f"http://localhost:8000/en/{path}/answers/{work.publication}/?{BOTH}"
    said = text_of(kept)
    assert "The first truce" in said
    assert "These cases are shown as they were on" in said
    assert "Published again 1" in said
    if path == "brief":
        assert "It held then." in said
        assert "Change the brief" not in said
    table = said.split("Published again")[0]
    assert "2001" in table
    assert "2010" not in table
    assert kept.context["current"] == f"http://localhost:8000/en/{path}/?case=renamed&case=second"
    assert kept["Link"].endswith('rel="original"')
    assert kept["Memento-Datetime"].endswith("GMT")
    assert client.get(work.file("bib")).status_code == 200
    assert work.day.isoformat()[:4] in client.get(work.file("bib")).content.decode()


@pytest.mark.parametrize("path", ["cases/compare", "brief"])
def test_of_a_retracted_case_nothing_is_shown_but_that_it_is(
    client: Client, editor: Any, first: Any, second: Any, path: str
) -> None:
    third = publish_case(slug="third", title_en="The third truce")
    number = number_now()
    address = f"/en/{path}/answers/{number}/?{BOTH}&case=third&case=fourth"
    publish_case(slug="fourth")
    retracting.retract(first, by=editor, reason="It never happened.", language="en")

    page = page_of(client, address)

    said = text_of(page)
    assert "It held then." not in said
    assert "One of the cases is retracted now, and shown no more: The first truce" in said
    assert page.context["not_understood"] == [("case", "fourth")]
    assert "None of these cases was published again." in said
    retracting.retract(second, by=editor, reason="It never happened.", language="en")
    retracting.retract(third, by=editor, reason="It never happened.", language="en")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("path", ["cases/compare", "brief"])
def test_numbers_between_and_beyond(client: Client, first: Any, second: Any, path: str) -> None:
    number = number_now()
    publish_source()

    between = client.get(f"/en/{path}/answers/{number_now()}/?{BOTH}")

    assert (between.status_code, between["Location"]) == (302, f"/en/{path}/answers/{number}/?{BOTH}")
    for address in (
        f"0/?{BOTH}",
        f"999/?{BOTH}",
        f"{10**30}/?{BOTH}",
        f"{number}/",
        f"{number}/?case=nobody",
    ):
        assert client.get(f"/en/{path}/answers/{address}").status_code == 404, address
    assert client.get(f"/en/{path}/answers/999/cite.bib?{BOTH}").status_code == 404
    page = page_of(client, f"/en/{path}/answers/{number}/?{BOTH}&zzz=1")
    assert page.context["not_understood"] == [("zzz", "1")]


@pytest.mark.parametrize("path", ["cases/compare", "brief"])
def test_many_changed_cases_ask_the_database_no_more_often(
    client: Client, first: Any, second: Any, path: str
) -> None:
    number = number_now()
    publish_change(first, declared_on="2003")

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client, f"/en/{path}/answers/{number}/?{BOTH}")
        return len(captured)

    of_one = questions()
    publish_change(second, declared_on="2004")
    assert questions() == of_one


def test_the_word_document_of_a_brief_is_kept_too(client: Client, first: Any, second: Any) -> None:
    number = number_now()
    publish_change(first, title_en="Another name", finding_en="It fell.")
    page = Document.of(page_of(client, f"/en/brief/answers/{number}/?{BOTH}").content.decode())

    [address] = [one["href"] for one in page.all("a") if ".docx" in one["href"]]
    answer = client.get(address)

    assert address == f"/en/brief/answers/{number}.docx?{BOTH}"
    said = "\n".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "The first truce" in said
    assert "It held then." in said
    assert "Another name" not in said
    assert answer["Memento-Datetime"].endswith("GMT")
    publish_case(slug="later")
    assert client.get(f"{address}&case=later").status_code == 400
