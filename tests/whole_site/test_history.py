"""The public history of an entry: its revisions, and what changed between two of them."""

from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from publishing.languages import PAGE_LANGUAGES, direction
from publishing.models import Revision
from publishing.models.entry import kinds
from publishing.vocabulary import FIRST_PUBLISHED, OWN_SIGNATURE
from tests.factories import (
    newest,
    publish_change,
    publish_one_of_each,
    publish_theme,
)
from tests.whole_site.filled import publish_filled, wherever_it_fits
from tests.whole_site.reading import corpus, read
from tests.whole_site.test_hostile_text import executable
from tests.whole_site.test_languages import english_of, misplaced_punctuation

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# --- the list ----------------------------------------------------------------------------


def test_the_history_lists_every_revision_newest_first_with_its_note_class_and_author(
    client: Client, truce: Any
) -> None:
    publish_change(truce, {"event": [{}]})

    page = read(client, truce.get_history_url())

    items = [one for one in page.all("li") if one["id"].startswith("revision-")]
    assert [one["id"] for one in items] == ["revision-4", "revision-3", "revision-2", "revision-1"]
    assert all("A test wants it." in one.text and "The editors" in one.text for one in items)
    assert ["Correction" in one.text for one in items] == [True, True, True, False]
    links = {link["href"] for link in page.all("a")}
    assert {f"/en/cases/a-truce/history/{number}/" for number in (1, 2, 3, 4)} <= links
    assert {f"/en/cases/a-truce/?as_of={number}" for number in (1, 2, 3, 4)} <= links


def test_a_credited_name_stands_instead_of_the_editors_and_no_account_is_named(
    client: Client, truce: Any
) -> None:
    Revision.objects.filter(entry=truce.pk, number=2).update(credit="A reader of Tripoli")

    second = next(one for one in read(client, truce.get_history_url()).all("li") if one["id"] == "revision-2")

    assert "A reader of Tripoli" in second.text
    assert "The editors" not in second.text
    assert "publisher" not in client.get(truce.get_history_url()).content.decode()


@pytest.mark.parametrize(
    "language, note, signature",
    [
        ("en", "First published, with the casebook's starter content.", "Sulh"),
        ("ar", "النشر الأول، مع المحتوى الأولي للمدوَّنة.", "صلح"),
        ("fr", "Première publication, avec le contenu initial du recueil.", "Sulh"),
    ],
)
def test_what_the_casebook_itself_wrote_is_in_the_language_of_the_page(
    client: Client, truce: Any, language: str, note: str, signature: str
) -> None:
    Revision.objects.filter(entry=truce.pk, number=1).update(note=FIRST_PUBLISHED, credit=OWN_SIGNATURE)

    with override(language):
        first = next(
            one for one in read(client, truce.get_history_url()).all("li") if one["id"] == "revision-1"
        )

    assert note in first.text
    assert signature in first.text


def test_every_kind_of_entry_has_a_history_that_its_page_leads_to(client: Client) -> None:
    entries = publish_one_of_each()

    assert {entry.kind for entry in entries.values()} == {*kinds()}
    for entry in entries.values():
        links = {link["href"] for link in read(client, entry.get_absolute_url()).all("a")}

        assert entry.get_history_url() in links, entry.kind
        read(client, entry.get_history_url())
        read(client, f"{entry.get_history_url()}1/")
        read(client, f"{entry.get_absolute_url()}?as_of=1")


def test_the_two_forms_of_the_history_lead_where_they_say(client: Client, truce: Any) -> None:
    compared = client.get(f"{truce.get_history_url()}?with=1&of=3")
    recorded = read(client, f"{truce.get_absolute_url()}?as_of={truce.published_at:%Y-%m-%d}")

    assert (compared.status_code, compared["Location"]) == (302, "/en/cases/a-truce/history/3/?with=1")
    assert "This is the record as it was" in recorded.text


def test_an_old_address_leads_to_the_history_under_the_new_one(client: Client, truce: Any) -> None:
    publish_change(truce, slug="a-better-address")

    for rest in ("history/", "history/2/"):
        answer = client.get(f"/en/cases/a-truce/{rest}")

        assert (answer.status_code, answer["Location"]) == (302, f"/en/cases/a-better-address/{rest}")
    answer = client.get("/en/cases/a-truce/?as_of=1")
    assert (answer.status_code, answer["Location"]) == (302, "/en/cases/a-better-address/?as_of=1")


# --- one revision, and what changed ------------------------------------------------------


# --- nobody indexes it ----------------------------------------------------------


def test_nothing_of_the_history_is_indexed(client: Client, truce: Any) -> None:
    for asked in ("history/", "history/2/", "history/3/?with=1"):
        metas = read(client, f"{truce.get_absolute_url()}{asked}").all("meta")
        robots = [one["content"] for one in metas if one["name"] == "robots"]

        assert robots == ["noindex"], asked
    assert client.get(f"{truce.get_absolute_url()}?as_of=1")["X-Robots-Tag"] == "noindex"
    assert "/history/" not in client.get("/sitemap-entries.xml").content.decode()


# --- languages ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_page_of_the_history_is_in_its_language_and_names_the_others(
    client: Client, truce: Any, language: str
) -> None:
    english = english_of(language) if language != "en" else None
    with override(language):
        pages = [
            truce.get_history_url(), f"{truce.get_history_url()}2/", f"{truce.get_history_url()}3/?with=1",
            f"{truce.get_absolute_url()}?as_of=1",
        ]  # fmt: skip
    for address in pages:
        page = read(client, address)

        assert page.one("html").attributes == {"lang": language, "dir": direction(language)}
        left = [
            run.text
            for run in page.visible
            if english
            and run.inside.language == language
            and run.inside.name != "bdi"
            and english.is_said_by(run.text)
        ]
        assert left == []
        assert misplaced_punctuation(page) == []


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_history_names_itself_in_the_three_languages(client: Client, truce: Any, language: str) -> None:
    with override(language):
        page = read(client, truce.get_history_url())

    pages = [link for link in page.all("link", rel="alternate") if link["hreflang"]]
    named = {link["hreflang"]: link["href"] for link in pages}
    assert named == {one: f"{settings.SITE_URL}/{one}/cases/a-truce/history/" for one in PAGE_LANGUAGES}


def test_a_text_that_changed_stands_in_its_own_language_and_direction(client: Client, truce: Any) -> None:
    publish_change(truce, finding_ar="صمدت الهدنة عاما")
    publish_change(truce, finding_ar="صمدت الهدنة عامين")

    page = read(client, f"{truce.get_history_url()}5/")

    (words,) = [one for one in page.all("div") if "words" in one.classes]
    assert (words["lang"], words["dir"]) == ("ar", "rtl")


# --- many revisions ----------------------------------------------------------------------


def test_the_pages_ask_as_often_for_twenty_revisions_as_for_two(client: Client) -> None:
    theme = publish_theme()
    publish_change(theme, title_fr="Un titre")

    def counts() -> list[int]:
        found = []
        for asked in ("history/", "history/2/", "history/2/?with=1", "?as_of=1"):
            address = f"{theme.get_absolute_url()}{asked}"
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                read(client, address)
            found.append(len(captured))
        return found

    few = counts()

    for number in range(18):
        publish_change(theme, summary_en=f"Summary {number}")

    assert counts() == few


def test_a_long_history_is_parted_into_pages(client: Client) -> None:
    theme = publish_theme()
    for number in range(54):
        publish_change(theme, summary_en=f"Summary {number}")

    first, second = (read(client, f"{theme.get_history_url()}?page={number}") for number in (1, 2))

    numbers = [
        [one["id"] for one in page.all("li") if one["id"].startswith("revision-")] for page in (first, second)
    ]
    assert (len(numbers[0]), numbers[1]) == (50, [f"revision-{number}" for number in (5, 4, 3, 2, 1)])


# --- hostile text ------------------------------------------------------------------------


def test_hostile_text_stays_text_in_the_history(client: Client) -> None:
    hostile = next(row["input"] for row in corpus("markdown_xss") if "<script>" in row["input"][:8])
    assert executable(hostile)

    def looked_at(text: str) -> dict[str, Counter]:
        found = {}
        for name, entry in publish_filled(wherever_it_fits(text)).items():
            first = newest(entry).snapshot["fields"]["title_fr"]
            publish_change(entry, title_fr="Un autre titre")
            publish_change(entry, title_fr=first)
            for asked in ("history/", "history/2/", "history/3/", "?as_of=1"):
                answer = client.get(f"{entry.get_absolute_url()}{asked}")
                assert answer.status_code == 200
                found[f"{name} {asked}"] = executable(answer.content.decode())
        return found

    harmless = looked_at("Other plain words")

    assert looked_at(hostile) == harmless
