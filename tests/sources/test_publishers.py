"""The publisher of a source, by the name that readers of each language know."""

import tomllib
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from portal.starter.reading import CONTENT
from publishing.languages import PAGE_LANGUAGES
from publishing.markdown_as_written import ARABIC_LETTER
from tests.factories import publish_case, publish_change, publish_source
from tests.starter import starter_content
from tests.whole_site.reading import Document, address_of

BY_LANGUAGE = {
    "publisher_name_en": "Al-Araby Al-Jadeed",
    "publisher_name_ar": "العربي الجديد",
    "publisher_name_fr": "Al-Araby Al-Jadid",
}


PRINTED = "dpa-AFX, on FinanzNachrichten"


def text_of(client: Client, entry: Any, language: str) -> str:
    return Document.of(client.get(address_of(entry, language)).content.decode()).text


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_readers_see_the_name_that_they_know(client: Client, language: str) -> None:
    source = publish_source(publisher="Al-Araby Al-Jadeed", **BY_LANGUAGE)
    case = publish_case(rows={"claim": [{"source": source, "stance": "context"}]})

    for entry in (source, case):
        text = text_of(client, entry, language)
        assert BY_LANGUAGE[f"publisher_name_{language}"] in text
        assert len([name for name in BY_LANGUAGE.values() if name in text]) == 1


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_publisher_that_was_corrected_is_not_called_by_the_names_of_the_one_before(
    client: Client, language: str
) -> None:
    source = publish_source(publisher="Al-Araby Al-Jadeed", **BY_LANGUAGE)
    publish_change(source, publisher="Al-Quds")

    text = text_of(client, source, language)

    assert "Al-Quds" in text
    assert [name for name in BY_LANGUAGE.values() if name in text] == []


@pytest.mark.one_database
@pytest.mark.django_db
def test_an_arabic_name_runs_from_the_right_though_it_begins_with_latin_letters(client: Client) -> None:
    names = {
        name: "dpa-AFX، على موقع FinanzNachrichten" if name.endswith("ar") else PRINTED
        for name in BY_LANGUAGE
    }
    source = publish_source(publisher=PRINTED, **names)

    page = Document.of(client.get(address_of(source, "ar")).content.decode())

    (name,) = (one for one in page.all("bdi") if one.text == names["publisher_name_ar"])
    assert name["dir"] == "rtl"


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_publisher_without_such_a_name_is_named_as_printed(client: Client, language: str) -> None:
    assert "The Nile Post" in text_of(client, publish_source(publisher="The Nile Post"), language)


@pytest.mark.every_database
@pytest.mark.django_db
def test_the_desk_finds_a_source_by_any_of_the_names(client: Client, administrator: Any) -> None:
    source = publish_source(publisher="Al-Araby Al-Jadeed", **BY_LANGUAGE)
    client.force_login(administrator)

    with override("en"):
        found = client.get("/en/admin/sources/source/", {"q": "العربي الجديد"}).content.decode()

    assert str(source.pk) in found


def test_the_names_of_the_starter_content_are_of_its_publishers_and_differ() -> None:
    names = tomllib.loads((CONTENT / "publishers.toml").read_text(encoding="utf-8"))
    publishers = Counter(one["fields"]["publisher"] for one in starter_content() if one["kind"] == "source")

    assert [name for name in names if name not in publishers] == []
    assert [name for name, known in names.items() if not known or name in known.values()] == []
    assert [name for name, known in names.items() if {*known} - {"ar", "fr"}] == []
    assert [known["ar"] for known in names.values() if not ARABIC_LETTER.search(known.get("ar", "ا"))] == []
    assert [known["fr"] for known in names.values() if ARABIC_LETTER.search(known.get("fr", ""))] == []
