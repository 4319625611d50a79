"""A question that names an entry by an address that it had before is understood: such questions are cited."""

import pytest
from django.test import Client

from publishing.actions import retracting
from tests.factories import an_account, publish_actor, publish_case, publish_change

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOT_UNDERSTOOD = "Not understood"


@pytest.fixture
def moved() -> None:
    """A case and its mediator, both at new addresses, and another case."""
    mediator = publish_actor(slug="oman-of-old", title_en="Oman")
    rows = {"participation": [{"actor": mediator, "role": "mediator"}]}
    case = publish_case(slug="doha-of-old", title_en="Doha, 2008", declared_on="2008", rows=rows)
    publish_case(slug="mecca", title_en="Mecca, 2007", declared_on="2007")
    publish_change(mediator, slug="oman")
    publish_change(case, slug="doha")


def test_pages_answer(moved: None, client: Client) -> None:
    for question in (
        "/en/cases/compare/?case=doha-of-old&case=mecca",
        "/en/cases/compare/?case=doha-of-old&case=mecca&case=doha",
        "/en/brief/?case=doha-of-old",
        "/en/cases/?mediator=oman-of-old",
        "/en/cases/?mediator=oman-of-old&mediator=oman",
        "/en/changes/?entry=case/doha-of-old&change=all",
        "/en/changes/?entry=doha-of-old&change=all",
    ):
        page = client.get(question).content.decode()

        assert NOT_UNDERSTOOD not in page, question
        assert "Doha, 2008" in page.partition("<main")[2], question


def test_data_answer(moved: None, client: Client) -> None:
    for question in (
        "/en/cases.json?mediator=oman-of-old",
        "/api/v1/cases?mediator=oman-of-old&fields=title",
        "/en/cases/compare.json?case=doha-of-old&case=mecca",
    ):
        answer = client.get(question)
        body = b"".join(answer) if answer.streaming else answer.content

        assert answer.status_code == 200, body
        assert b"Doha, 2008" in body


def test_a_brief_names_a_case_once_and_in_the_order_of_the_address(moved: None, client: Client) -> None:
    page = client.get("/en/brief/?case=doha-of-old&case=mecca&case=doha").content.decode()
    body = page.partition("<main")[2]

    assert NOT_UNDERSTOOD not in page
    assert 0 < body.index("Doha, 2008") < body.index("Mecca, 2007")
    assert body.count("<h2>Doha, 2008") <= 1


def test_what_is_retracted_is_found_by_no_address(moved: None, client: Client) -> None:
    from_doha = publish_case(slug="gone-of-old")
    publish_change(from_doha, slug="gone")
    from_doha.refresh_from_db()
    retracting.retract(from_doha, reason="It was wrong.", language="en", by=an_account())

    for question in ("/en/cases/compare/?case=mecca&case=", "/en/brief/?case="):
        assert NOT_UNDERSTOOD in client.get(f"{question}gone-of-old").content.decode()
