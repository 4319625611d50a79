"""Undoing a merge: both entries are there again, and each row names the one that it named before."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from publishing.duplicates.parting import Parted, merge_of, part
from publishing.models import Entry, Revision
from publishing.refusals import Refusal
from tests.factories import (
    an_account,
    edited,
    key,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_change,
    publish_source,
)
from tests.kept import kept
from tests.publishing.merges import merge, rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PARTY = key()


@kept
def merged() -> tuple[Entry, Entry, list[Entry], Revision]:
    """The actor that was kept, the one that went, the two cases that named it, and the retraction."""
    keep, drop = (
        publish_actor(title_en="Kept"),
        publish_actor(title_en="Gone", rows={"alias": [{"name": "G"}]}),
    )
    source = publish_source()
    first = publish_case(
        rows={
            "participation": [{"id": PARTY, "actor": drop}],
            "claim": [{"source": source, "about": f"participation/{PARTY}"}],
        }
    )
    second = publish_case(rows={"participation": [{"actor": drop}]})
    # Right before the merge, by the same person with the same note, and no part of it.
    before = publish_change(publish_case(), finding_en="Other.")
    return keep, drop, [first, second], merge(keep, drop, note=before.note)


def undo(retraction: Revision) -> Parted:
    found = merge_of(Revision.objects.get(pk=retraction.pk))
    assert found is not None
    return part(found, by=an_account(), note="They are two.", note_language="en")


def parties(case: Entry) -> list[str]:
    return [row["actor"] for row in rows(case, "participation")]


@pytest.mark.every_database
def test_everything_is_as_it_was_before_the_merge(merged: Any, client: Client) -> None:
    keep, drop, cases, retraction = merged

    parted = undo(retraction)

    assert ({one.entry_id for one in parted.undone}, parted.left) == ({keep.pk, *(c.pk for c in cases)}, [])
    assert [parties(case) for case in cases] == [[str(drop.pk)]] * 2
    assert [one["stance"] for one in rows(cases[0], "claim")] == ["supports"]
    assert rows(keep, "alias") == []
    assert client.get(f"/en/actors/{drop.slug}/").status_code == 200
    call_command("rebuild_use")
    call_command("verify")


def test_what_others_have_changed_since_stays_and_is_named(merged: Any) -> None:
    _keep, drop, (first, second), retraction = merged
    other = publish_actor()
    [party] = newest(second).snapshot["rows"]["participation"]
    publish_change(second, {"participation": [{"id": party, "actor": other}]})

    parted = undo(retraction)

    assert [entry.pk for entry in parted.left] == [second.pk]
    assert (parties(first), parties(second)) == ([str(drop.pk)], [str(other.pk)])


def test_a_proposal_that_was_moved_along_moves_back(merged: Any) -> None:
    _keep, drop, (first, _second), retraction = merged
    before = Revision.objects.get(entry_id=first.pk, number=1)
    # As the merge leaves a proposal that was begun before it.
    wanted = edited(first, finding_en="Proposed.")
    proposal = proposal_of(wanted, by=an_account(), base=before)

    undo(retraction)

    proposal.refresh_from_db()
    assert proposal.wanted["rows"]["participation"][PARTY]["actor"] == str(drop.pk)
    assert proposal.wanted["fields"]["finding_en"] == "Proposed."


def test_a_merge_is_undone_once_and_a_retraction_is_none(merged: Any) -> None:
    keep, _drop, _cases, retraction = merged
    found: Any = merge_of(retraction)
    undo(retraction)

    assert merge_of(Revision.objects.get(pk=retraction.pk)) is None
    assert merge_of(newest(keep)) is None
    with pytest.raises(Refusal) as refused:
        part(found, by=an_account(), note="Again.", note_language="en")
    assert refused.value.code == "parted"


def test_what_was_changed_right_before_the_merge_stays() -> None:
    keep, drop = publish_actor(), publish_actor()
    publish_change(keep, title_en="Better named")

    parted = undo(merge(keep, drop))

    assert [one.entry_id for one in parted.undone] == [keep.pk]
    assert newest(keep).snapshot["fields"]["title_en"] == "Better named"
