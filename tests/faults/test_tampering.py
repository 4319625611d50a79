"""`manage.py verify` passes on what was published, and names what was changed behind the door's back."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.actions import retracting
from publishing.fields.columns import canonical
from publishing.models import Revision
from tests.factories import (
    an_account,
    newest,
    publish_case,
    publish_change,
    publish_one_of_each,
    publish_theme,
)
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def verified() -> tuple[str, str]:
    """What the command says and complains of; it fails when it complains."""
    said, complained = StringIO(), StringIO()
    try:
        call_command("verify", stdout=said, stderr=complained)
    except CommandError as error:
        assert complained.getvalue()
        return said.getvalue(), f"{complained.getvalue()}{error}"
    return said.getvalue(), complained.getvalue()


def sql(statement: str, *values: Any) -> None:
    """Behind the door's back: no model, no action."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def stored_key(entry: Any) -> Any:
    return entry.pk if connection.vendor == "postgresql" else entry.pk.hex


@kept
def entries() -> dict[str, Any]:
    found = publish_one_of_each()
    publish_change(found["case"], finding_en="Changed once")
    publish_change(found["page"], body_en="Changed too")
    return found


def test_every_kind_of_entry_and_row_is_verified(entries: dict[str, Any]) -> None:
    assert verified()[1] == ""


CHANGED_ROWS = {
    "an entry's title": ("UPDATE publishing_entry SET title_ar = 'x' WHERE id = %s", "title_ar"),
    "a column of its kind": ("UPDATE cases_case SET finding_en = 'x' WHERE entry_ptr_id = %s", "finding_en"),
    "a row of it": ("UPDATE cases_breach SET killed = 4 WHERE case_id = %s", "/killed"),
    "a link to a country": ("DELETE FROM cases_case_countries WHERE case_id = %s", "countries/"),
    "a row that goes": ("DELETE FROM cases_event WHERE case_id = %s", "event/"),
    "the number of its revision": (
        "UPDATE publishing_entry SET revision = 1 WHERE id = %s",
        "says that revision 1",
    ),
    "its state": (
        "UPDATE publishing_entry SET state = 'retracted', retraction_reason = 'x' WHERE id = %s",
        "is retracted, but its newest revision is a correction",
    ),
}


@pytest.mark.parametrize("statement, named", CHANGED_ROWS.values(), ids=CHANGED_ROWS)
def test_a_row_changed_by_hand_is_named(entries: dict[str, Any], statement: str, named: str) -> None:
    case = entries["case"]

    sql(statement, stored_key(case))

    complained = verified()[1]
    assert f"({case.pk})" in complained
    assert named in complained
    # What is retracted uses its source no more, and no search finds it, which is noticed too.
    assert f"{1 + 2 * ('retracted' in statement)} faults" in complained


def test_a_row_added_by_hand_is_named(entries: dict[str, Any]) -> None:
    case, place = entries["case"], entries["place"]
    sql("DELETE FROM cases_case_countries WHERE case_id = %s", stored_key(case))
    theme = entries["theme"]

    sql(
        "UPDATE cases_case_themes SET theme_id = theme_id WHERE case_id = %s AND theme_id = %s",
        stored_key(case), stored_key(theme),
    )  # fmt: skip

    assert f"countries/{place.pk}" in verified()[1]


def test_an_entry_that_has_lost_its_content_is_named_and_the_others_are_verified(
    entries: dict[str, Any],
) -> None:
    page, case = entries["page"], entries["case"]
    sql("UPDATE cases_breach SET killed = 4 WHERE case_id = %s", stored_key(case))

    sql("DELETE FROM portal_page WHERE entry_ptr_id = %s", stored_key(page))

    complained = verified()[1]
    assert f"({page.pk}) has lost its content" in complained
    assert f"({case.pk}) differs from its newest revision" in complained
    assert "2 faults" in complained


def test_content_that_was_retracted_and_stands_there_again_is_named(entries: dict[str, Any]) -> None:
    page = entries["page"]
    retracting.retract(page, by=an_account(), reason="It was wrong.", language="en")

    sql(
        "INSERT INTO portal_page (entry_ptr_id, position, summary_en, summary_ar, summary_fr, body_en, body_ar, body_fr)"
        " VALUES (%s, 0, '', '', '', '', '', '')",
        stored_key(page),
    )

    assert f"({page.pk}) is retracted, but its content is still in the tables" in verified()[1]


def test_an_age_and_a_count_of_translations_that_were_changed_by_hand_are_named(
    entries: dict[str, Any],
) -> None:
    page, case = entries["page"], entries["case"]

    sql("DELETE FROM publishing_textages WHERE entry_id = %s", stored_key(page))
    sql(
        "UPDATE publishing_translation SET missing = missing + 1 WHERE entry_id = %s AND language = 'fr'",
        stored_key(case),
    )

    complained = verified()[1]
    assert f"({page.pk}) has texts of another age" in complained
    assert f"({case.pk}) counts its translations wrongly" in complained


def test_many_entries_take_as_many_queries_as_few(entries: dict[str, Any]) -> None:
    with CaptureQueriesContext(connection) as few:
        assert verified()[1] == ""
    for number in range(4):
        theme = publish_theme()
        publish_change(theme, title_en=f"Changed {number} times")
        publish_case(themes=[theme], rows={"event": [{}], "provision": [{}]})

    with CaptureQueriesContext(connection) as many:
        assert verified()[1] == ""

    assert len(many) == len(few)


def test_a_deleted_revision_is_named_by_the_one_after_it(entries: dict[str, Any]) -> None:
    first, *_, last = Revision.objects.order_by("pk")
    middle = Revision.objects.get(entry_id=entries["case"].pk, number=1)
    after = Revision.objects.filter(pk__gt=middle.pk).order_by("pk")[0]
    sql("UPDATE publishing_proposal SET base_id = NULL WHERE base_id = %s", middle.pk)
    sql("UPDATE publishing_proposal SET revision_id = %s WHERE revision_id = %s", last.pk, middle.pk)
    sql("UPDATE publishing_revision SET whole_id = NULL WHERE whole_id = %s", middle.pk)

    sql("DELETE FROM publishing_revision WHERE id = %s", middle.pk)

    assert (
        f"revision {after.number} of entry {after.entry_id} does not follow the revision before it"
        in verified()[1]
    )
    assert first.pk != middle.pk


def test_a_changed_snapshot_is_named(entries: dict[str, Any]) -> None:
    revision = Revision.objects.get(entry_id=entries["case"].pk, number=1)
    revision.snapshot["fields"]["finding_en"] = "Never said"
    packed = Revision._meta.get_field("snapshot").get_db_prep_value(revision.snapshot, connection)

    sql("UPDATE publishing_revision SET snapshot = %s WHERE id = %s", packed, revision.pk)

    assert f"revision 1 of entry {revision.entry_id} was changed after it was published" in verified()[1]
    assert canonical(Revision.objects.get(pk=revision.pk).snapshot) == canonical(revision.snapshot)


@pytest.mark.parametrize(
    "column, value",
    [
        ("note", "x"),
        ("author_id", None),
        ("created_at", "2020-01-01 00:00:00+00"),
        ("number", 77),
        ("change_class", "typo"),
    ],
)
def test_a_changed_word_about_a_revision_is_named(entries: dict[str, Any], column: str, value: Any) -> None:
    revision = newest(entries["case"])

    sql(
        f"UPDATE publishing_revision SET {column} = %s WHERE id = %s",
        value or an_account("somebody").pk,
        revision.pk,
    )

    assert "was changed after it was published" in verified()[1]


def test_a_digest_that_was_linked_anew_is_named(entries: dict[str, Any]) -> None:
    revision = Revision.objects.get(entry_id=entries["case"].pk, number=1)

    sql("UPDATE publishing_revision SET previous_digest = %s WHERE id = %s", "0" * 64, revision.pk)

    complained = verified()[1]
    assert f"revision 1 of entry {revision.entry_id} does not follow the revision before it" in complained
    assert f"revision 1 of entry {revision.entry_id} was changed after it was published" in complained


def test_the_newest_revision_cannot_be_taken_from_the_end(entries: dict[str, Any]) -> None:
    last = Revision.objects.latest("pk")
    sql("DELETE FROM publishing_proposal WHERE revision_id = %s", last.pk)

    sql("DELETE FROM publishing_revision WHERE id = %s", last.pk)

    complained = verified()[1]
    assert "the end of the chain is not the newest revision" in complained
    assert f"({entries['page'].pk}) says that revision 2 is its newest, but 1 is" in complained
