"""The heads of the tables of a case say in each language what stands below them."""

import pytest
from django.test import Client
from django.utils import translation

from tests.factories import publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    "language, heads",
    [("en", ["When", "What"]), ("ar", ["متى", "ماذا جرى"]), ("fr", ["Quand", "Ce qui s’est passé"])],
)
def test_of_what_happened(client: Client, language: str, heads: list[str]) -> None:
    case = publish_case(rows={"event": [{"happened_on": "2020-10-23", "title_en": "Signed"}]})
    with translation.override(language):
        page = client.get(case.get_absolute_url()).content.decode()

    for head in heads:
        assert f">{head}</th>" in page
