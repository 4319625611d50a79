"""The whole starter content, published once into a database of its own, and every page of it, read once."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from cases.models import Case
from portal.actions import publish_starter
from publishing.languages import PAGE_LANGUAGES
from tests.databases import a_database, connected_to, insert_rows_of_migrations, tidy_up
from tests.factories import an_account, publish_case, publish_change
from tests.kept import kept
from tests.rendering import without_contexts
from tests.starter import starter_content
from tests.whole_site.read_in_part import read_of
from tests.whole_site.reading import Answer, addresses_of_sitemap

# Static files as they lie in their folders: what is tested here needs no collected copy of them.
AS_THEY_LIE = {
    "STATIC_ROOT": None,
    "WHITENOISE_USE_FINDERS": True,
    "WHITENOISE_AUTOREFRESH": True,
}

ONCE = "Onceuponatime"


@pytest.fixture(autouse=True, scope="module")
def _static_files_found_where_they_are_written() -> Iterator[None]:
    with override_settings(**AS_THEY_LIE):
        yield


@pytest.fixture(scope="session")
def database_of_the_casebook(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database with the starter content published in it."""
    with django_db_blocker.unblock(), a_database("casebook", tmp_path_factory.mktemp("casebook")) as made:
        name = made.settings_dict["NAME"]
        with connected_to(name):
            insert_rows_of_migrations()
            logging.getLogger("publishing").setLevel(logging.WARNING)
            for _revision in publish_starter(starter_content(), by=an_account("starter")):
                pass
            tidy_up()
        yield name


@pytest.fixture(scope="module")
def casebook(database_of_the_casebook: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The module's tests find the whole starter content in the database."""
    with django_db_blocker.unblock(), connected_to(database_of_the_casebook):
        yield


@pytest.fixture(scope="session")
def pages(site: dict[str, Answer]) -> list[str]:
    """Every address that is read, in three languages."""
    return list(site)


@pytest.fixture(scope="session")
def site(database_of_the_casebook: str, django_db_blocker: DjangoDbBlocker) -> dict[str, Answer]:
    """What a reader without an account gets at the addresses of the sitemap, but for most of those of one make."""
    with (
        django_db_blocker.unblock(),
        connected_to(database_of_the_casebook),
        override_settings(**AS_THEY_LIE),
        without_contexts(),
    ):
        client = Client()
        found = addresses_of_sitemap(client)
        return {address: Answer.of(address, client.get(address)) for address in read_of(found)}


@pytest.fixture(params=PAGE_LANGUAGES)
def language(request: pytest.FixtureRequest) -> Any:
    """Each language of the pages."""
    return request.param


@kept
def truce() -> Case:
    """A case of three revisions, of which the first alone says ONCE."""
    case = publish_case(slug="a-truce", finding_en=f"{ONCE} it held")
    publish_change(case, finding_en="For years it held")
    publish_change(case, {"provision": [{"text_en": "Fire ceases"}]}, narrative_en="A story")
    return case


@pytest.fixture
def queries(client: Client) -> Callable[[str], int]:
    """How many queries an address takes, once whatever is kept between requests is there."""

    def count(address: str) -> int:
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            # A list as data is read while it is sent.
            b"".join(client.get(address))
        return len(captured)

    return count
