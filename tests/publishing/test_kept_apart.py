"""Revisions keep what differs from an earlier one that is kept whole, and read as they were published."""

import importlib
import zlib
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from publishing.actions import publishing, retracting
from publishing.fields.columns import canonical, packed
from publishing.fields.snapshots import UnreadableSnapshot, snapshot_in, text_in
from publishing.integrity import broken_links
from publishing.models import AsKept, Entry, Proposal, Revision
from tests.factories import edited, newest, publish_case, publish_change

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

way_back = importlib.import_module("publishing.migrations.0034_keep_all_revisions_whole_on_the_way_back")
SAID = {
    "note": "A test wants it.",
    "note_language": "en",
    "change_class": "correction",
    "override_reason": "So.",
}


def a_case() -> Entry:
    """With rows, of which some are deleted, changed and added later."""
    texts = {f"finding_{language}": f"{language}: the truce holds. " * 20 for language in ("en", "ar", "fr")}
    return publish_case(
        **texts, rows={"provision": [{"text_en": f"Article {number}."} for number in range(6)]}
    )


def a_case_of_three() -> tuple[Entry, list[Any]]:
    """A case of three revisions, and what was published with each."""
    case = a_case()
    published = [newest(case).snapshot]
    changed = edited(case, finding_en="It broke.")
    changed["rows"]["provision"].pop(next(iter(changed["rows"]["provision"])))
    published.append(publishing.publish_at_once(changed, by=author(), base=newest(case), **SAID).snapshot)
    published.append(publish_change(case, rows={"event": [{}]}, latitude="1.50", longitude="2").snapshot)
    return case, published


def author() -> Any:
    return Revision.objects.latest("pk").author


def kept_of(revision: Revision) -> bytes:
    """The bytes of its own row alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT snapshot FROM publishing_revision WHERE id = %s", [revision.pk])
        return bytes(cursor.fetchone()[0])


def keep(revision: Revision, kept: bytes) -> None:
    """Behind the door's back."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_revision SET snapshot = %s WHERE id = %s", [kept, revision.pk])


def complaints() -> str:
    """What `verify` says is wrong."""
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", stdout=StringIO(), stderr=said)
    return said.getvalue()


def test_what_differs_is_kept_and_reads_as_it_was_published() -> None:
    case, published = a_case_of_three()
    first, *later = case.revisions.order_by("number")

    assert [first.whole, *(one.whole for one in later)] == [None, first, first]
    assert [one.snapshot for one in (first, *later)] == published
    assert [canonical(one.snapshot) for one in (first, *later)] == [*map(canonical, published)]
    assert all(len(kept_of(one)) < len(packed(one.snapshot)) / 3 for one in later)
    assert [*broken_links()] == []


def test_every_way_of_asking_gives_the_whole(client: Client, django_assert_num_queries: Any) -> None:
    case, published = a_case_of_three()
    last = newest(case)

    with django_assert_num_queries(5):
        assert [*case.revisions.order_by("number").values_list("snapshot", flat=True)] == published
        assert Revision.objects.only("snapshot").get(pk=last.pk).snapshot == published[2]
        assert Revision.objects.exclude(pk=0).select_related("entry").get(pk=last.pk).snapshot == published[2]
        assert Proposal.objects.select_related("revision").get(revision=last).wanted == published[2]
        kept = Revision.objects.defer("snapshot").annotate(kept=AsKept()).get(pk=last.pk).kept
    assert text_in(bytes(kept)) == canonical(published[2])
    last.refresh_from_db()
    assert last.snapshot == published[2]
    sent = client.get(reverse("api:entry", args=["cases", case.slug])).json()
    assert sent["snapshot"] == published[2]


def test_a_revision_that_changes_most_is_kept_whole_and_the_next_differs_from_it() -> None:
    case = a_case()
    texts = {f"finding_{language}": f"{language}: all is otherwise. " * 20 for language in ("en", "ar", "fr")}

    second = publish_change(case, **texts)
    third = publish_change(case, finding_en=f"{texts['finding_en']} But one word.")

    assert second.whole is None
    assert Revision.objects.get(pk=third.pk).whole == second
    assert Revision.objects.get(pk=third.pk).snapshot == third.snapshot


def test_what_is_made_of_the_base_in_memory_changes_no_revision() -> None:
    case = a_case()
    base = newest(case)
    base.snapshot["fields"]["finding_en"] = "Otherwise."
    wanted = {**base.snapshot, "fields": base.snapshot["fields"] | {"finding_fr": "Autrement."}}

    made = publishing.publish_at_once(wanted, by=base.author, base=base, **SAID)

    assert Revision.objects.get(pk=made.pk).snapshot == made.snapshot == wanted
    assert [*broken_links()] == []


def test_a_revision_that_is_saved_again_stays_what_it_was() -> None:
    case, published = a_case_of_three()

    newest(case).save()

    assert newest(case).snapshot == published[2]
    assert newest(case).whole_id is not None


def test_a_retraction_keeps_next_to_nothing_and_a_restoration_too() -> None:
    case, published = a_case_of_three()
    retracting.retract(case, by=author(), reason="Wrong.", language="en")
    retracted = newest(case)

    retracting.restore(newest(case), by=author(), note="Right.", language="en")

    assert retracted.snapshot == newest(case).snapshot == published[2]
    assert len(kept_of(retracted)) < len(packed(published[2])) / 3
    assert [*broken_links()] == []


def test_on_the_way_back_each_is_whole_again() -> None:
    case, published = a_case_of_three()

    way_back.keep_all_whole(apps, Editor)

    found = [*case.revisions.order_by("number")]
    assert [(one.whole, one.snapshot) for one in found] == [(None, one) for one in published]
    assert [kept_of(one) for one in found] == [*map(packed, published)]
    assert [*broken_links()] == []


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"no compressed bytes",
        packed({"difference": {"fields": {"gone": []}}}),
        packed({"difference": {"fields": {"title_en": {"x": [1]}}}}),
        packed({"difference": 7}),
        packed([]),
        packed({}),
        packed({"difference": {}})[:-3],
        zlib.compress(b"[" * 100_000),
    ],
)
def test_a_damaged_difference_is_named_and_nothing_breaks(kept: bytes) -> None:
    case, _published = a_case_of_three()
    last = newest(case)

    keep(last, kept)

    said = complaints()
    named = f"revision 3 of entry {case.pk} "
    assert f"{named}cannot be read" in said or f"{named}was changed after it was published" in said
    assert "revision 1 of" not in said
    assert "revision 2 of" not in said


def test_what_differs_from_a_damaged_one_is_named_too() -> None:
    case, _published = a_case_of_three()
    whole = case.revisions.get(number=1)

    keep(whole, kept_of(whole)[:-9])

    said = complaints()
    assert all(f"revision {number} of entry {case.pk} cannot be read" in said for number in (1, 2, 3))


def test_a_difference_without_what_it_differs_from_is_unreadable() -> None:
    kept = packed({"difference": {"fields": {}}})

    with pytest.raises(UnreadableSnapshot):
        snapshot_in(kept)
    with pytest.raises(UnreadableSnapshot):
        text_in(kept[:-1])


class Editor:
    """The part of a schema editor that a data migration needs."""

    connection = connection
