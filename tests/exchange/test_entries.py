"""Every entry as data: what was published, and what it rests on."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.actions import retracting
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from publishing.models.entry import kinds
from tests.exchange.reading import loaded
from tests.factories import (
    an_account,
    newest,
    publish_actor,
    publish_case,
    publish_change,
    publish_one_of_each,
    publish_source,
    publish_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def address(entry: Entry, language: str = "en") -> str:
    found = reverse(f"exchange:{entry.kind}", args=[entry.slug])
    return found.replace("/en/", f"/{language}/", 1)


def test_every_kind_of_entry_is_there_as_it_was_published(client: Client) -> None:
    entries = publish_one_of_each()

    assert {*kinds()} <= {*entries}
    for entry in entries.values():
        revision, record = newest(entry), loaded(client, address(entry))

        assert record["snapshot"] == revision.snapshot
        assert record["about"]["digest"] == revision.digest
        assert record["about"]["permanent_address"].endswith(f"?as_of={revision.number}")


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_page_leads_to_the_data_and_the_data_to_the_page(client: Client, language: str) -> None:
    case = publish_case()
    page = f"/{language}/cases/{case.slug}/"

    assert f'href="{address(case, language)}"' in client.get(page).content.decode()
    assert loaded(client, address(case, language))["about"]["page"].endswith(page)


def test_codes_have_words_in_the_language_of_the_address(client: Client) -> None:
    provision: Any = {"topic": "withdrawal", "strength": 3}
    case = publish_case(rows={"provision": [provision]})

    labels = loaded(client, address(case, "fr"))["labels"]

    assert labels["case.ceasefire_class"] == {"cessation_of_hostilities": "Cessation des hostilités"}
    assert set(labels["provision.strength"]) == {"3"}
    assert set(labels["provision.topic"]) == {"withdrawal"}


def test_claims_come_with_their_sources_and_pointers_with_their_titles(client: Client) -> None:
    source = publish_source(title_en="The text itself", url="https://example.org/text")
    actor = publish_actor(title_ar="قطر", slug="qatar")
    rows: Any = {"claim": [{"source": source, "about": "outcome"}], "participation": [{"actor": actor}]}
    record = loaded(client, address(publish_case(rows=rows), "ar"))

    assert record["sources"][str(source.pk)]["url"] == "https://example.org/text"
    named = record["entries"][str(actor.pk)]
    assert (named["title"], named["kind"]) == ("قطر", "actor")
    assert named["page"].endswith("/ar/actors/qatar/")


def test_an_old_record_is_data_too(client: Client) -> None:
    theme = publish_theme(title_fr="Avant")
    publish_change(theme, title_fr="Après")

    then = loaded(client, f"{address(theme, 'fr')}?as_of=1")

    assert then["about"]["title"] == then["snapshot"]["fields"]["title_fr"] == "Avant"
    assert then["about"]["revision"] == 1
    assert loaded(client, address(theme, "fr"))["about"]["title"] == "Après"
    page = client.get(f"/fr/themes/{theme.slug}/?as_of=1").content.decode()
    assert f'href="{address(theme, "fr")}?as_of=1"' in page


@pytest.mark.parametrize(
    "query", ["as_of=never", "as_of=1&as_of=2", "colour=red", "as_of=", "as_of=" + "9" * 40]
)
def test_what_is_not_understood_is_said(client: Client, query: str) -> None:
    answer = client.get(f"{address(publish_theme())}?{query}")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert query[:5] in answer.json()["detail"]


def test_where_nothing_was_public_there_is_nothing(client: Client) -> None:
    assert client.get(f"{address(publish_theme())}?as_of=1999-12-31").status_code == 404
    assert client.get("/en/themes/nothing.json").status_code == 404


def test_of_a_retracted_entry_the_reason_remains(client: Client) -> None:
    theme = publish_theme(title_en="Secret title")
    retracting.retract(theme, reason="It was wrong.", language="en", by=an_account())

    answer = client.get(address(theme))
    before = client.get(f"{address(theme)}?as_of=1")

    assert (answer.status_code, before.status_code) == (410, 410)
    assert "It was wrong." in answer.json()["detail"]
    assert "Secret title" not in (answer.content + before.content).decode()


def test_a_retracted_entry_that_others_point_to_has_no_title(client: Client) -> None:
    theme = publish_theme(title_en="Secret title")
    case = publish_case(themes=[theme])
    publish_change(case, themes=[])
    retracting.retract(theme, reason="It was wrong.", language="en", by=an_account())

    record = loaded(client, f"{address(case)}?as_of=1")

    assert record["entries"][str(theme.pk)]["is_retracted"]
    assert "Secret title" not in str(record)


def test_an_entry_that_nothing_public_uses_is_not_there(client: Client) -> None:
    actor = publish_actor()
    Entry.objects.filter(pk=actor.pk).update(is_in_use=False)

    assert client.get(address(actor)).status_code == 404


def test_an_old_address_leads_to_the_new_one(client: Client) -> None:
    theme = publish_theme(slug="before")
    publish_change(theme, slug="after")

    assert client.get("/en/themes/before.json")["Location"] == "/en/themes/after.json"
