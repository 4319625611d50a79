"""An import by a mapping says by which, how dates that can be read either way become dates, and what is left to do."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from imports import jobs
from imports.models import ImportBatch, Mapping
from imports.schemes.toml import as_toml
from tests.factories import publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AT = "/en/admin/datasets/"
TABLE = "n;name;day\n1;First;03/04/2001\n2;Second;05/06/2001\n3;Third;13/06/2001\n"
RULES = {"number": "n", "title": "name", "dates": {"declared_on": "day"}}


@pytest.fixture
def desk(administrator: Any) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def mapping() -> Mapping:
    publish_source(slug="my-table", title_en="My table", source_type="dataset")
    return Mapping.objects.create(name="mine", rules=as_toml(RULES))


def imported(desk: Client) -> ImportBatch:
    """The newest import of the table, checked."""
    file = SimpleUploadedFile("a.csv", TABLE.encode())
    desk.post(AT, {"scheme": "csv", "mapping": "mine", "source": "my-table", "file": file})
    worker()
    return ImportBatch.objects.latest("created_at")


def worker() -> None:
    for _done in jobs.go_on_with_imports(timezone.now()):
        pass


def page(desk: Client, at: str) -> str:
    return " ".join(desk.get(at).content.decode().split())


def test_it_says_by_which_mapping_wherever_it_is_named(desk: Client, mapping: Mapping) -> None:
    batch = imported(desk)
    desk.post(batch.get_absolute_url(), {"step": "start"})
    worker()

    for at in (AT, "/en/admin/", batch.get_absolute_url()):
        assert "Mapping “\u2068mine\u2069” · \u2068a.csv\u2069" in page(desk, at)
    assert f'href="{mapping.get_absolute_url()}"' in page(desk, batch.get_absolute_url())
    assert "Mapping “\u2068mine\u2069” · 1</bdi>" in page(desk, f"{AT}records/?q=1")


def test_dates_that_can_be_read_either_way_lead_to_where_it_is_said(desk: Client, mapping: Mapping) -> None:
    batch = imported(desk)
    told = "2 dates can be read either way and are left out."

    shown = page(desk, batch.get_absolute_url())
    assert told in shown
    assert f'href="{mapping.get_absolute_url()}#id_first"' in shown
    assert "Either number may be the day" in shown

    desk.post(f"{AT}mappings/", {"name": "new", "file": SimpleUploadedFile("a.csv", TABLE.encode())})
    tried = desk.post(
        f"{AT}mappings/new/",
        {"step": "try", "number": "n", "title:en": "name", "declared_on": "day"},
    )
    text = " ".join(tried.content.decode().split())
    assert told in text
    assert 'href="#part-codes"' not in text
    assert 'href="#id_first"' in text
    assert 'id="id_first"' in text


def test_the_source_of_another_table_is_suggested_and_missed_at_its_box(
    desk: Client, mapping: Mapping
) -> None:
    sent = {"scheme": "csv", "mapping": "mine", "file": SimpleUploadedFile("a.csv", TABLE.encode())}

    answer = desk.post(AT, sent)

    assert "Name the source that the claims cite." in answer.context["form"].errors["source"][0]
    assert (
        '<datalist id="datasets-here"><option value="My table"></option></datalist>'
        in answer.content.decode()
    )
    assert not ImportBatch.objects.exists()


def test_codes_without_a_word_lead_to_where_they_get_one(desk: Client) -> None:
    table = "n;name;end\n1;First;b\n"
    desk.post(f"{AT}mappings/", {"name": "new", "file": SimpleUploadedFile("a.csv", table.encode())})
    said = {"step": "try", "number": "n", "title:en": "name", "outcome": "end"}

    tried = desk.post(f"{AT}mappings/new/", said).content.decode()
    told = desk.post(f"{AT}mappings/new/", {**said, "word:outcome:b": "collapsed"}).content.decode()

    assert ('href="#part-codes"' in tried, 'href="#part-codes"' in told) == (True, False)


def test_an_import_that_brings_nothing_new_is_finished_and_not_proposed(
    desk: Client, mapping: Mapping
) -> None:
    batch = imported(desk)
    assert "Propose all of this" in page(desk, batch.get_absolute_url())
    desk.post(batch.get_absolute_url(), {"step": "start"})
    worker()
    desk.post(batch.get_absolute_url(), {"step": "accept"})
    worker()

    shown = page(desk, imported(desk).get_absolute_url())

    assert "Propose all of this" not in shown
    assert "Finish: there is nothing to propose" in shown


@pytest.mark.parametrize(
    "places, by, is_told",
    [("RUR", "name", True), ("990", "name", True), ("Rur", "name", False), ("RUR", "iso", False)],
)
def test_codes_of_countries_that_are_looked_for_by_name_are_told_once(
    desk: Client, places: str, by: str, is_told: bool
) -> None:
    table = f"n;name;where\n1;First;{places}\n2;Second;{places}\n"
    desk.post(f"{AT}mappings/", {"name": "new", "file": SimpleUploadedFile("a.csv", table.encode())})

    said = {"step": "try", "number": "n", "title:en": "name", "country": "where", "by": by}
    shown = desk.post(f"{AT}mappings/new/", said).content.decode()

    assert shown.count("holds codes, and countries are looked for by name") == is_told
    assert ('href="#id_by"' in shown) == is_told
