"""A publication is prepared before the lock; what others change until it has the lock counts all the same."""

import contextvars
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Place
from publishing import snapshots
from publishing.actions import publishing
from publishing.models import Entry, Proposal, Revision, SearchDocument, TextAges
from publishing.models.search import document_of
from publishing.refusals import Conflicted
from publishing.translations.bookkeeping import from_history
from tests.factories import (
    edited,
    newest,
    publish_actor,
    publish_case,
    publish_change,
    publish_place,
    publish_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

SAID = {"note": "A test wants it.", "note_language": "en", "change_class": "correction"}


def publish_at_once(entry: Entry, by: Any, *, sources_confirmed: bool = False, **fields: Any) -> Revision:
    said = {**SAID, "override_reason": "A test wants it.", "sources_confirmed": sources_confirmed}
    return publishing.publish_at_once(edited(entry, **fields), by=by, base=newest(entry), **said)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Let something happen once between the preparation of the next publication and its lock."""
    lock = publishing.lock_publishing

    def wait_for(happens: Callable[[], Any]) -> None:
        def locked() -> Any:
            monkeypatch.setattr(publishing, "lock_publishing", lock)
            # Others know nothing of what this publication has worked out.
            contextvars.Context().run(happens)
            return lock()

        monkeypatch.setattr(publishing, "lock_publishing", locked)

    return wait_for


def assert_all_follow(revision: Revision) -> None:
    """The tables, the search and the ages say what the revision says."""
    entry = Entry.objects.get(pk=revision.entry_id)
    document, wanted = SearchDocument.objects.get(entry=entry), document_of(revision.snapshot)
    assert snapshots.freeze(entry) == revision.snapshot
    assert (document.body, document.called, document.texts) == (wanted.body, wanted.called, wanted.texts)
    assert TextAges.objects.get(entry=entry).ages == from_history(entry.pk).ages


def test_what_was_published_meanwhile_is_merged(editor: Any, meanwhile: Any) -> None:
    case = publish_case(finding_en="One.", rows={"provision": [{"text_en": "Two."}]})
    meanwhile(lambda: publish_change(case, {"provision": [{"text_en": "Three."}]}, finding_fr="Un."))

    revision = publish_at_once(case, editor, finding_en="Four.")

    assert revision.number == 3
    assert (revision.snapshot["fields"]["finding_en"], revision.snapshot["fields"]["finding_fr"]) == (
        "Four.",
        "Un.",
    )
    assert {one["text_en"] for one in revision.snapshot["rows"]["provision"].values()} == {"Two.", "Three."}
    assert_all_follow(revision)


def test_what_both_changed_is_a_conflict(editor: Any, meanwhile: Any) -> None:
    case = publish_case(finding_en="One.")
    meanwhile(lambda: publish_change(case, finding_en="Two."))

    with pytest.raises(Conflicted):
        publish_at_once(case, editor, finding_en="Three.")


def test_that_an_entry_is_used_no_more_is_read_under_the_lock(editor: Any, meanwhile: Any) -> None:
    actor, place = publish_actor(), publish_place()
    Entry.objects.filter(pk=place.pk).update(is_in_use=False)
    meanwhile(lambda: Entry.objects.filter(pk=actor.pk).update(is_in_use=False))

    publish_at_once(actor, editor, home=place)

    assert not Place.objects.get(pk=place.pk).is_in_use


@pytest.mark.parametrize("published_on", ["2023", "2001"], ids=["as it was", "older"])
def test_whether_a_source_is_old_enough_is_asked_under_the_lock(
    editor: Any, meanwhile: Any, published_on: str
) -> None:
    source = publish_source(published_on="2023")
    claim = {"source": source, "about": "outcome"}
    case = publish_case(outcome="expired", outcome_as_of="2000", rows={"claim": [claim]})
    meanwhile(lambda: publish_change(source, published_on=published_on, title_en=f"As of {published_on}"))

    revision = publish_at_once(case, editor, sources_confirmed=True, outcome_as_of="2022")

    # The reason stays where something is lacking.
    assert bool(revision.override_reason) == (published_on == "2001")


def test_a_revision_says_what_the_tables_hold(editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    thaw_and_freeze = snapshots.thaw_and_freeze

    def stored_otherwise(*of: Any, **named: Any) -> Any:
        entry, written = thaw_and_freeze(*of, **named)
        return entry, {**written, "fields": {**written["fields"], "finding_en": "As stored."}}

    case = publish_case(finding_en="One.")
    monkeypatch.setattr(snapshots, "thaw_and_freeze", stored_otherwise)

    revision = publish_at_once(case, editor, finding_en="Two.")

    assert revision.snapshot["fields"]["finding_en"] == "As stored."
    assert Proposal.objects.get(revision=revision).wanted["fields"]["finding_en"] == "Two."


def test_under_the_lock_no_row_is_read_that_was_not_written(editor: Any) -> None:
    case = publish_case(rows={"provision": [{"text_en": "Two."}]})

    with CaptureQueriesContext(connection) as asked:
        revision = publish_at_once(case, editor, finding_en="One.")

    statements = [one["sql"] for one in asked]
    [lock, *_later] = [at for at, sql in enumerate(statements) if "chainhead" in sql]
    assert [sql for sql in statements[:lock] if "cases_provision" in sql]
    assert [sql for sql in statements[lock:] if "cases_provision" in sql] == []
    assert len(statements) - lock <= 24
    assert_all_follow(revision)
    assert Proposal.objects.get(revision=revision).folded
