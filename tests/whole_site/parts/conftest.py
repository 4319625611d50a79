"""The pages whose parts are read."""

import pytest
from django.test import Client

from publishing.models import Entry
from tests.whole_site.parts.pages import Page
from tests.whole_site.reading import Document, address_of


@pytest.fixture
def page(client: Client) -> Page:
    """An entry's page in a language, by default in English; without an entry the front page."""

    def read(entry: Entry | None = None, language: str = "en") -> Document:
        address = address_of(entry, language) if entry else f"/{language}/"
        response = client.get(address)
        assert response.status_code == 200
        return Document.of(response.content.decode())

    return read
