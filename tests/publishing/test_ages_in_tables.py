"""The ages of texts are updated with every revision, and `verify` reports when they are wrong."""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from publishing import snapshots
from publishing.actions import publishing, retracting
from publishing.integrity import differing_translations
from publishing.models import Entry, Revision, TextAges, Translation, TranslationCheck
from publishing.translations import bookkeeping
from publishing.vocabulary import ChangeClass
from tests.factories import (
    an_account,
    edited,
    key,
    newest,
    proposal_of,
    publish_case,
    publish_change,
    publish_one_of_each,
    publish_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

migration = importlib.import_module("publishing.migrations.0005_age_the_texts_of_earlier_revisions")


def count(entry: Entry, language: str) -> tuple[int, int, int]:
    one = Translation.objects.get(entry_id=entry.pk, language=language)
    return one.missing, one.stale, one.done


def stored_ages_and_counts() -> Any:
    return (
        [(one.entry_id, one.ages) for one in TextAges.objects.order_by("entry_id")],
        [*Translation.objects.order_by("entry_id", "language").values_list(
            "entry_id", "language", "missing", "stale", "done", "stale_since")],
    )  # fmt: skip


def change(entry: Entry, change_class: str, **fields: Any) -> Revision:
    proposal = proposal_of(edited(entry, **fields), base=newest(entry), change_class=change_class)
    return publishing.publish(proposal, by=an_account())


def test_a_new_entry_is_counted_in_each_language() -> None:
    theme = publish_theme(title_en="Monitoring", title_ar="الرصد")

    assert [count(theme, language) for language in ("en", "ar", "fr")] == [(0, 0, 1), (0, 0, 1), (1, 0, 0)]


def test_a_change_of_the_source_makes_its_translations_stale_since_then() -> None:
    theme = publish_theme(title_en="Monitoring", title_ar="الرصد")

    revision = publish_change(theme, title_en="Watching")

    arabic = Translation.objects.get(entry_id=theme.pk, language="ar")
    assert (arabic.stale, arabic.stale_since) == (1, revision.created_at)
    assert count(theme, "en") == (0, 0, 1)


def test_a_typing_error_makes_nothing_stale() -> None:
    theme = publish_theme(title_en="Monitroing", title_ar="الرصد")

    change(theme, ChangeClass.TYPO, title_en="Monitoring")

    assert count(theme, "ar") == (0, 0, 1)


def test_rows_count_too_and_leave_with_their_row() -> None:
    row = key()
    case = publish_case(
        title_ar="وقف", rows={"provision": [{"id": row, "text_en": "Stop.", "text_ar": "كفّ."}]}
    )
    rest = edited(case)
    rest["rows"]["provision"][row]["text_en"] = "Stop firing."
    publishing.publish(proposal_of(rest, base=newest(case)), by=an_account())
    assert count(case, "ar") == (0, 1, 1)

    rest["rows"]["provision"] = {}
    publishing.publish(proposal_of(rest, base=newest(case)), by=an_account())

    assert count(case, "ar") == (0, 0, 1)


def test_a_restoration_makes_right_again_what_was_right() -> None:
    theme = publish_theme(title_en="Monitoring", title_ar="الرصد")
    first = newest(theme)
    publish_change(theme, title_en="Watching")

    retracting.restore(first, by=an_account(), note="It was right.", language="en")

    assert count(theme, "ar") == (0, 0, 1)


def test_a_retraction_changes_no_age_and_neither_does_the_return() -> None:
    theme = publish_theme(title_en="Monitoring", title_ar="الرصد")
    publish_change(theme, title_en="Watching")
    before = stored_ages_and_counts()

    retracting.retract(theme, by=an_account(), reason="Gone.", language="en")
    retracted = stored_ages_and_counts()
    retracting.restore(newest(theme), by=an_account(), note="Back.", language="en")

    assert retracted == before
    assert stored_ages_and_counts() == before


def test_a_rehearsal_leaves_no_age_behind() -> None:
    theme = publish_theme(title_en="Monitoring", title_ar="الرصد")
    before = stored_ages_and_counts()

    with snapshots.rehearsal():
        publish_change(theme, title_en="Watching")

    assert stored_ages_and_counts() == before


class AnyHistory(TestCase):
    """Any history, published step by step."""

    @settings(max_examples=30)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["addition", "correction", "typo", "restore", "retract"]),
                st.sampled_from(["", "One", "Two"]),
                st.sampled_from(["", "واحد", "اثنان"]),
                st.integers(0, 9),
            ),
            max_size=6,
        )
    )
    def test_what_is_kept_is_what_the_revisions_say(self, steps: list) -> None:
        me = an_account()
        theme = publish_theme(title_en="Zero", title_ar="صفر", summary_en="x")
        for verb, english, arabic, which in steps:
            base = Entry.objects.get(pk=theme.pk)
            revisions = [*Revision.objects.filter(entry_id=theme.pk).order_by("number")]
            if verb == "restore" or base.is_retracted:
                chosen = revisions[which % len(revisions)]
                if base.is_retracted or chosen.snapshot != revisions[-1].snapshot:
                    retracting.restore(chosen, by=me, note="Back.", language="en")
            elif verb == "retract":
                retracting.retract(base, by=me, reason="Gone.", language="en")
            elif {"title_en": english or "T", "title_ar": arabic}.items() - snapshots.freeze(base)[
                "fields"
            ].items():
                change(theme, verb, title_en=english or "T", title_ar=arabic)

        assert [*differing_translations()] == []
        before = stored_ages_and_counts()
        bookkeeping.rebuild_all()
        assert stored_ages_and_counts() == before


def test_the_migration_counts_what_was_there() -> None:
    entries = publish_one_of_each()
    publish_change(entries["theme"], title_en="Another", title_ar="آخر")
    publish_change(entries["theme"], title_en="Yet another")
    before = stored_ages_and_counts()

    with connection.schema_editor() if connection.vendor != "sqlite" else _Editor() as editor:
        migration.forget(apps, editor)
        assert stored_ages_and_counts() == ([], [])
        migration.age(apps, editor)

    assert stored_ages_and_counts() == before


class _Editor:
    """The part of a schema editor that a data migration needs, for SQLite inside a transaction."""

    connection = connection

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        pass


# --- verify --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tamper",
    [
        lambda entry: TextAges.objects.filter(entry=entry).update(ages={"title": {"en": 1, "ar": 2}}),
        lambda entry: TextAges.objects.filter(entry=entry).delete(),
        lambda entry: Translation.objects.filter(entry=entry, language="fr").update(missing=7),
        lambda entry: Translation.objects.filter(entry=entry, language="fr").delete(),
        lambda entry: TranslationCheck.objects.create(
            entry=entry, path="title", language="ar", revision=2, by=an_account()
        ),
    ],
    ids=["another age", "no age", "another count", "no count", "a check by nobody's action"],
)
def test_verify_reports_wrong_ages_and_a_rebuild_repairs_them(tamper: Any, capsys: Any) -> None:
    theme = publish_theme(title_en="Monitoring", title_ar="الرصد")
    publish_change(theme, title_en="Watching")
    call_command("rebuild_use")
    call_command("verify")

    tamper(Entry.objects.get(pk=theme.pk))

    with pytest.raises(CommandError, match="rebuild_translations"):
        call_command("verify")
    call_command("rebuild_translations")
    call_command("verify")
    assert "1 entries" in capsys.readouterr().out
