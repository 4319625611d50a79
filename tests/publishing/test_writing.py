"""What a statement that was compiled once writes is what the ORM would write, on each database."""

import datetime
import uuid
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Provision
from publishing import writing
from publishing.models import OldSlug, SearchWord, TextAges, Translation, WorkerTurn
from tests.factories import publish_case, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def a_provision(case: Any, number: int) -> Provision:
    return Provision(
        case=case, position=number, topic="cessation", strength=2, text_en=f"%s {number}", text_ar="نصٌّ"
    )


def by_key(rows: Any) -> list[dict[str, Any]]:
    """All columns of the rows."""
    return sorted(
        ({one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields} for row in rows),
        key=str,
    )


def test_rows_are_inserted_with_all_their_columns_however_many_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing, "MOST_VALUES", 4 * len(Provision._meta.local_concrete_fields))
    case = publish_case(rows={})
    rows = [a_provision(case, number) for number in range(9)]

    writing.insert_rows(rows)

    assert by_key(Provision.objects.all()) == by_key(rows)


def test_a_row_gets_the_key_that_the_database_makes() -> None:
    theme = publish_theme()
    one, other = (OldSlug(kind="theme", slug=slug, entry_id=theme.pk) for slug in ("one", "other"))

    for row in (one, other):
        writing.insert_row(row)

    assert by_key(OldSlug.objects.all()) == by_key([one, other])
    assert one.pk != other.pk
    assert not one._state.adding


def test_a_row_that_is_there_is_changed_in_the_columns_that_are_named() -> None:
    theme = publish_theme()
    now = timezone.now().replace(microsecond=5)
    before = Translation.objects.get(entry=theme, language="ar")
    count = Translation(entry_id=theme.pk, language="ar", missing=7, stale=2, done=9, stale_since=now)

    writing.put_rows([count], unique=("entry_id", "language"), change=("missing", "stale", "stale_since"))
    writing.put_rows(
        [TextAges(entry_id=theme.pk, ages={"title": {"en": 4}})], unique=("entry_id",), change=("ages",)
    )

    after = Translation.objects.get(entry=theme, language="ar")
    assert (after.pk, after.missing, after.stale, after.stale_since) == (before.pk, 7, 2, now)
    assert after.done == before.done
    assert TextAges.objects.get(entry=theme).ages == {"title": {"en": 4}}


def test_only_rows_that_are_missing_are_inserted() -> None:
    words = [SearchWord(word=word, shown=word, letters=3, skeleton="k") for word in ("one", "two")]

    writing.insert_missing(words[:1])
    writing.insert_missing([SearchWord(word="one", shown="ONE", letters=3, skeleton="k"), words[1]])

    assert by_key(SearchWord.objects.filter(skeleton="k")) == by_key(words)


def test_one_row_is_changed_and_no_other() -> None:
    case = publish_case(rows={})
    rows = [a_provision(case, number) for number in range(3)]
    writing.insert_rows(rows)
    rows[1].text_en, rows[1].text_fr, rows[1].topic = "What it says", "autre", "withdrawal"

    writing.change_row(rows[1], "text_en", "text_fr")

    rows[1].topic = "cessation"
    assert by_key(Provision.objects.all()) == by_key(rows)


def test_only_the_rows_of_those_keys_are_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_VALUES", 2)
    case = publish_case(rows={})
    rows = [a_provision(case, number) for number in range(6)]
    writing.insert_rows(rows)

    writing.delete_rows(Provision, [str(one.pk) for one in rows[:5]] + [str(uuid.uuid4())])

    assert by_key(Provision.objects.all()) == by_key(rows[5:])


def test_nothing_is_written_for_no_rows() -> None:
    for write in (writing.insert_rows, writing.insert_missing):
        write([])
    writing.put_rows([], unique=("entry_id",), change=("ages",))
    writing.delete_rows(Provision, [])


def test_times_are_stored_as_the_orm_stores_them() -> None:
    at = datetime.datetime(2026, 3, 1, 12, 30, 0, 17, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))

    writing.insert_row(WorkerTurn(pk=1, ended_at=at))

    assert WorkerTurn.objects.filter(ended_at=at).get().ended_at == at
