"""A pillar folds its sources and most of its evidence, and never hides that some of it speaks against."""

from typing import Any

import pytest
from django.test import Client

from pillars.models import Pillar
from tests.factories import key, publish_case, publish_pillar

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def pillar(db: None) -> Pillar:
    section = key()
    evidence = [
        {"section": section, "entry": publish_case(), "role": role, "position": number}
        for number, role in enumerate(["illustrates", "illustrates", "limits", "contradicts"])
    ]
    rows: Any = {"section": [{"id": section, "anchor": "dialogue"}], "evidence": evidence}
    return publish_pillar(rows=rows)


def test_the_line_of_the_rest_names_what_each_piece_does_to_the_text(pillar: Pillar, client: Client) -> None:
    page = client.get(pillar.get_absolute_url()).content.decode()

    line = page.partition('<details class="more">')[2].partition("</summary>")[0]
    assert "2 more pieces of evidence" in line
    assert "Shows the limits" in line
    assert "Counts against" in line


def test_all_of_it_is_open_on_request(pillar: Pillar, client: Client) -> None:
    page = client.get(f"{pillar.get_absolute_url()}?sources=open").content.decode()

    assert '<details class="more" open>' in page
    assert page.count('<details class="more"') == 1


def test_what_is_asked_of_the_page_in_vain_is_said(pillar: Pillar, client: Client) -> None:
    page = client.get(f"{pillar.get_absolute_url()}?sources=shut").content.decode()

    assert "shut" in page.partition("<main")[2].partition("<h2")[0]
