"""Names are written only where they change; so they always say what the newest revision says."""

from typing import Any

import pytest

from publishing.actions import publishing, retracting
from publishing.integrity import differing_names, differing_search
from publishing.models import SearchWord
from tests.factories import edited, newest, publish_actor, publish_change, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

SAID = {"note": "A test wants it.", "note_language": "en", "override_reason": "A test wants it."}


def faults() -> list[Any]:
    return [*differing_names(), *differing_search()]


@pytest.mark.parametrize(
    "change",
    [
        {"title_en": "Renamed Front"},
        {"title_ar": "جبهة أخرى"},
        {"slug": "elsewhere"},
        {"title_en": "", "title_fr": "Front of Unity"},
        {"title_ar": "", "title_fr": "جبهة"},
        {"rows": {"alias": [{"name": "Zephyr Brigade", "language": "en"}]}},
    ],
)
def test_names_follow_each_change_of_what_they_are_made_of(change: dict[str, Any]) -> None:
    actor = publish_actor(title_en="Front of Unity", title_ar="جبهة")

    publish_change(actor, **change)

    assert faults() == []
    assert SearchWord.objects.filter(word="zephyr").exists() == ("rows" in change)


def test_what_is_restored_is_found_by_its_other_names_again(editor: Any) -> None:
    actor = publish_actor(rows={"alias": [{"name": "Zephyr Brigade", "language": "en"}]})
    retraction = retracting.retract(actor, by=editor, reason="It was wrong.", language="en")

    retracting.restore(retraction, by=editor, note="It was right.", language="en")

    assert faults() == []


def test_what_is_published_at_once_is_stored_as_what_is_published_later(editor: Any) -> None:
    snapshot = snapshot_of("actor", title_en="Front of Unity")
    first = publishing.publish_at_once(snapshot, by=editor, base=None, change_class="addition", **SAID)
    wanted = edited(first.entry, title_en="Renamed Front")

    publishing.publish_at_once(wanted, by=editor, base=newest(first.entry), change_class="correction", **SAID)

    stored = [one.proposals.get() for one in first.entry.revisions.order_by("number")]
    assert [(one.state, one.snapshot, one.entry_id) for one in stored] == [
        ("accepted", None, first.entry_id)
    ] * 2
    assert [one.decided_by for one in stored] == [editor] * 2
    assert ["front of unity" in one.folded for one in stored] == [True, False]
    assert faults() == []
