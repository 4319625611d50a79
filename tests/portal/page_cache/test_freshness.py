"""A kept page is rendered again when something that it shows has changed, and goes on without the database."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection, transaction

from portal.models import ContentChange
from portal.page_cache import front as front_module
from portal.page_cache.changes import content_tables, newest_changes
from portal.page_cache.questions import Question
from publishing.models import Entry
from tests.factories import (
    publish_case,
    publish_change,
    publish_page,
    publish_term,
)
from tests.portal.fronts import a_front, ask, commit, rendered

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def write_and_fail() -> None:
    """Change the page in a transaction, or in a part of one, that is undone."""
    with transaction.atomic():
        Entry.objects.filter(slug="a-truce").update(title_en="Undone")
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.every_database
def test_a_change_of_the_page_is_shown_at_once_and_no_other_page_is_rendered(page: str) -> None:
    other = publish_case(slug="another").get_absolute_url()
    front = a_front()
    ask(front, page)
    ask(front, other)

    publish_change(Entry.objects.get(slug="a-truce").case, title_en="A lasting truce")

    assert b"A lasting truce" in ask(front, page).body
    ask(front, other)
    assert rendered(front) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.every_database
def test_a_term_names_at_once_what_uses_it_and_is_kept_till_then() -> None:
    front, page = a_front(), publish_term(title_en="truce").get_absolute_url()
    for _again in range(2):
        ask(front, page)
    assert rendered(front) == 1

    publish_case(slug="uses-it", narrative_en="A truce.")

    assert b"/uses-it/" in ask(front, page).body
    assert rendered(front) == 2


def test_a_change_that_nobody_noted_is_shown_within_a_minute(page: str) -> None:
    front = a_front()
    ask(front, page)
    with connection.cursor() as cursor, patch("portal.page_cache.changes._note_change"):
        cursor.execute("UPDATE publishing_entry SET title_en = 'By hand' WHERE slug = 'a-truce'")

    assert b"By hand" not in ask(front, page).body
    with patch.object(front_module, "MAX_UNASKED", -1):
        assert b"By hand" in ask(front, page).body


@pytest.mark.django_db(transaction=True)
def test_what_is_written_while_a_page_is_rendered_is_not_kept(page: str) -> None:
    front = a_front()
    digest = front_module.digest_of_answers

    def and_before(questions: list[Question]) -> bytes:
        publish_change(Entry.objects.get(slug="a-truce").case, title_en="Meanwhile")
        return digest(questions)

    with patch.object(front_module, "digest_of_answers", and_before):
        assert b"Meanwhile" not in ask(front, page).body

    assert b"Meanwhile" in ask(front, page).body


@pytest.mark.django_db(transaction=True)
@pytest.mark.every_database
def test_a_transaction_has_one_number_and_one_that_is_undone_has_none(page: str) -> None:
    before = newest_changes()
    with transaction.atomic():
        Entry.objects.filter(slug="a-truce").update(title_en="One")
        Entry.objects.filter(slug="a-truce").update(title_en="Two")
        with transaction.atomic():
            Entry.objects.filter(slug="a-truce").update(title_en="Three")
        assert len({*newest_changes()} - {*before}) == 1

    after = newest_changes()
    write_and_fail()

    assert newest_changes() == after


@pytest.mark.django_db(transaction=True)
@pytest.mark.every_database
def test_a_part_that_is_undone_does_not_take_the_number_of_the_rest(page: str) -> None:
    with transaction.atomic():
        write_and_fail()
        before = newest_changes()
        Entry.objects.filter(slug="a-truce").update(title_en="Done")

        assert newest_changes() != before


def test_only_the_newest_numbers_remain() -> None:
    with patch("portal.page_cache.changes.REMAINING", 10):
        for number in range(45):
            publish_page() if number == 0 else Entry.objects.update(title_en=f"{number}")

    assert ContentChange.objects.count() <= 20


def test_before_there_is_a_table_for_numbers_content_is_written_all_the_same() -> None:
    entry = publish_page()
    with (
        patch("portal.page_cache.changes._with_table", set()),
        patch.object(ContentChange._meta, "db_table", "portal_missing"),
    ):
        Entry.objects.filter(pk=entry.pk).update(title_en="Written")

    assert Entry.objects.get(pk=entry.pk).title_en == "Written"


def test_the_tables_of_people_are_no_content() -> None:
    private = {"auth_user", "django_session", "contributions_contribution", "accounts_mail"}

    assert not private & content_tables()
    assert {
        "cases_case",
        "cases_case_countries",
        "publishing_revision",
        "sources_linkcheck",
    } <= content_tables()


@pytest.fixture
def no_database() -> Iterator[None]:
    """Every statement fails."""

    def fail(*_args: Any) -> None:
        raise OperationalError("away")

    with connection.execute_wrapper(fail):
        yield


def test_kept_pages_go_on_without_the_database(page: str, no_database: None) -> None:
    front = a_front()
    with patch.object(connection, "execute_wrappers", []):
        whole = ask(front, page).body
        etag = ask(front, page).headers["ETag"]

    with patch.object(connection, "close"):
        assert ask(front, page).body == whole
        assert ask(front, page, HTTP_IF_NONE_MATCH=etag).status == 304
        assert ask(front, "/en/cases/").status == 503
    assert front.counts["without the database"] == 2


def test_a_page_whose_questions_fail_is_rendered_anew_and_keeps_no_other_from_being_fresh(page: str) -> None:
    case, front = publish_case(title_en="Before"), a_front()
    ask(front, page)
    ask(front, address := case.get_absolute_url())
    front._plain._pages[next(iter(front._plain._pages))].questions.append(("SELECT nothing", ()))
    commit()
    publish_change(case, title_en="After")

    with patch.object(connection, "close"):
        assert ask(front, page).status == 200

    assert b"After" in ask(front, address).body
    assert front.counts == {"rendered": 4}
