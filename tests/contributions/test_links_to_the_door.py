"""The links that lead to the form: at each fact, row and list of a page, and nowhere without the door."""

from typing import Any

import pytest
from django.test import Client

from cases.models import Case
from tests.factories import publish_change

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_page_offers_the_door_at_each_fact_row_and_list(case: Case, client: Client) -> None:
    page = client.get(case.get_absolute_url()).content.decode()

    row = case.participations.get()
    for at in ("declared_on", "finding", f"participation/{row.pk}", "participation/new", "claim/new"):
        assert f'href="/en/propose/case/libya-2020/{at}/"' in page, at


def test_every_link_of_a_page_leads_to_a_form(case: Case, client: Client) -> None:
    page = client.get(case.get_absolute_url()).content.decode()
    links = {part.partition('"')[0] for part in page.split('href="') if part.startswith("/en/propose/")}

    assert len(links) > 15
    assert {link for link in links if client.get(link).status_code != 200} == set()


def test_without_the_door_the_site_works_and_shows_no_link(case: Case, client: Client, settings: Any) -> None:
    settings.PUBLIC_DOOR = ""

    for address in (case.get_absolute_url(), "/en/cases/", "/en/pillars/"):
        page = client.get(address)

        assert page.status_code == 200
        assert "/propose/" not in page.content.decode()


def test_a_page_of_another_time_offers_no_door(case: Case, client: Client) -> None:
    assert "/propose/" not in client.get(f"{case.get_absolute_url()}?as_of=1").content.decode()


def test_an_old_address_leads_to_the_form_at_the_new_one(case: Case, client: Client) -> None:
    publish_change(case, slug="libya-geneva-2020")

    answer = client.get("/en/propose/case/libya-2020/declared_on/")

    assert (answer.status_code, answer.url) == (302, "/en/propose/case/libya-geneva-2020/declared_on/")
