"""Two languages side by side: texts are translated, or confirmed as they are."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from publishing.integrity import differing_translations
from publishing.models import Entry, TranslationCheck
from publishing.vocabulary import ChangeClass
from tests.desk.translating.board import counts_of, desk_of, send
from tests.factories import newest, publish_change
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_desk_shows_what_is_behind_and_on_demand_everything(desk: Client, case: Entry) -> None:
    behind = desk.get(desk_of(case)).context["form"].wordings
    everything = desk.get(desk_of(case, query="?all=1")).context["form"].wordings

    assert [(one.path, one.translation_status) for one in behind] == [
        ("title", "stale"),
        ("finding", "missing"),
    ]
    assert len(everything) == 3
    assert everything[-1].group.startswith("Provision")


def test_the_source_shows_its_changed_words_and_each_side_its_language(desk: Client, case: Entry) -> None:
    page = desk.get(desk_of(case)).content.decode()

    document = Document.of(page)
    words = next(one for one in document.all("div", lang="en", dir="ltr") if "words" in one.classes)
    assert [one.text for one in document.all("del")] == ["Removed: Old"]
    assert [one.text for one in document.all("ins")] == ["Added: New"]
    assert words.text == "Removed: OldAdded: New"
    assert 'lang="ar" dir="rtl"' in page


def test_what_was_written_is_published_with_its_note(desk: Client, editor: Any, case: Entry) -> None:
    answer = send(desk, case, text__title="جديد", text__finding="صمد.")

    assert answer.status_code == 302
    revision = newest(case)
    assert (revision.number, revision.author, revision.note) == (3, editor, "Translated.")
    assert revision.change_class == ChangeClass.CORRECTION
    assert counts_of(case, "ar") == (0, 0, 3)
    assert LogEntry.objects.get().object_id == str(case.pk)


def test_filling_in_what_was_empty_is_an_addition(desk: Client, case: Entry) -> None:
    send(desk, case, text__title="قديم", text__finding="صمد.")

    assert newest(case).change_class == ChangeClass.ADDITION
    assert counts_of(case, "ar") == (0, 1, 2)


def test_a_tick_makes_a_translation_done_without_a_revision(desk: Client, editor: Any, case: Entry) -> None:
    answer = send(desk, case, text__title="قديم", text__finding="", still__title="on", note="")

    assert answer.status_code == 302
    assert newest(case).number == 2
    assert counts_of(case, "ar") == (1, 0, 2)
    check = TranslationCheck.objects.get()
    assert (check.path, check.language, check.revision, check.by) == ("title", "ar", 2, editor)
    assert [*differing_translations()] == []


def test_a_tick_beside_new_wording_is_passed_over(desk: Client, case: Entry) -> None:
    send(desk, case, text__title="جديد", still__title="on")

    assert newest(case).number == 3
    assert not TranslationCheck.objects.exists()


def test_a_tick_counts_for_the_revision_that_was_seen(desk: Client, case: Entry) -> None:
    publish_change(case, title_en="Newer still")

    send(desk, case, text__title="قديم", still__title="on", based_on=2)

    assert counts_of(case, "ar") == (1, 1, 1)


def test_readers_are_told_in_the_stale_language_alone(client: Client, case: Entry) -> None:
    pages = {
        language: client.get(f"/{language}/cases/{case.slug}/").content.decode()
        for language in ("en", "ar", "fr")
    }

    assert ['class="fallback stale"' in page for page in pages.values()] == [False, True, False]
    assert f'href="/en/cases/{case.slug}/" hreflang="en"' in pages["ar"]
