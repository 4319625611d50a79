"""A format stands in one line: addresses, links and answers follow from it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import resolve

from cases.models import Case
from exchange.file_formats import FORMATS, formats_of
from exchange.lists import LISTS
from exchange.urls import _data_of as data_of
from tests.factories import publish_case
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("name", LISTS)
def test_the_page_of_a_list_links_to_each_format_that_it_has(client: Client, name: str) -> None:
    publish_case()
    page = Document.of(client.get(f"/en/{name}/").content.decode())
    links = {
        one["href"]: one["type"] for one in page.all("a") if "alternate" in one.attributes.get("rel", "")
    }

    found = {f"/en/{name}.{one.ending}": one.media_type for one in formats_of(name)}
    assert found.items() <= links.items()
    for address, media_type in found.items():
        response = client.get(address)
        assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, media_type)
        assert response.getvalue()
    for one in {*FORMATS.values()} - {*formats_of(name)}:
        assert client.get(f"/en/{name}.{one.ending}").status_code == 404


def test_every_format_of_a_comparison_is_linked(client: Client) -> None:
    both = [publish_case().slug, publish_case().slug]
    page = client.get("/en/cases/compare/", {"case": both}).content.decode()

    for one in formats_of("comparison"):
        address = f"/en/cases/compare.{one.ending}"
        assert f'href="{address}?' in page
        assert resolve(address).kwargs == {"ending": one.ending}


def test_a_kind_whose_page_has_no_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Case, "PAGE", "cases:nowhere")

    with pytest.raises(ImproperlyConfigured, match=r"cases\.urls names no cases:nowhere, the page of Case"):
        data_of(Case)
