"""Proposing and publishing: what is written, what is refused, and that refusing writes nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from publishing import snapshots
from publishing.actions import publishing, steps
from publishing.models import Entry, OldSlug, Proposal, Revision
from publishing.rules import Conflicted, Refusal
from publishing.snapshots import Path
from publishing.vocabulary import ChangeClass, Origin, ProposalState
from tests.factories import (
    edited,
    newest,
    proposal_of,
    publish_case,
    publish_change,
    publish_theme,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


# --- proposing and publishing something new --------------------------------------------------


def test_a_proposal_makes_nothing_public(editor: Any) -> None:
    proposal = proposal_of(snapshot_of("theme"), by=editor, note=" Why. ")

    assert not Entry.objects.exists()
    assert (proposal.state, proposal.origin, proposal.note) == (ProposalState.DRAFT, Origin.EDITOR, "Why.")


def test_publishing_something_new_writes_entry_and_first_revision(editor: Any) -> None:
    snapshot = snapshot_of("case", {"provision": [{}]}, title_ar="هدنة")
    proposal = proposal_of(snapshot, by=editor, note="A new case.", credit="The desk")

    revision = publishing.publish(proposal, by=editor)

    entry = Entry.objects.published().get(pk=snapshot["id"])
    assert snapshots.freeze(entry) == snapshot == revision.snapshot
    assert (entry.kind, entry.revision, entry.published_at) == ("case", 1, revision.created_at)
    assert (revision.number, revision.note, revision.author, revision.credit) == (
        1,
        "A new case.",
        editor,
        "The desk",
    )
    assert revision.change_class == ChangeClass.ADDITION


def test_a_published_proposal_points_to_its_revision_and_keeps_no_second_copy(editor: Any) -> None:
    snapshot = snapshot_of("theme")
    proposal = proposal_of(snapshot, by=editor)

    revision = publishing.publish(proposal, by=editor)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.revision, proposal.entry_id) == ("accepted", revision, revision.entry_id)
    assert proposal.snapshot is None
    assert proposal.wanted == snapshot


def test_what_the_public_proposed_is_published_in_the_name_of_who_accepts_it(editor: Any) -> None:
    proposal = proposal_of(snapshot_of("theme"), by=editor, origin=Origin.PUBLIC, credit="A reader")
    Proposal.objects.update(author=None)

    revision = publishing.publish(proposal, by=editor)

    assert (revision.author, revision.credit) == (editor, "A reader")


# --- publishing a change ---------------------------------------------------------------------


def test_publishing_a_change_writes_the_next_revision(editor: Any) -> None:
    case = publish_case(finding_en="Before")
    first_published = case.published_at

    revision = publish_change(case, {"event": [{}]}, by=editor, finding_en="After")

    case.refresh_from_db()
    assert (case.finding_en, case.events.count()) == ("After", 1)
    assert (case.revision, revision.number, revision.change_class) == (2, 2, ChangeClass.CORRECTION)
    assert (case.published_at, case.changed_at) == (first_published, revision.created_at)


def test_a_change_is_merged_with_what_was_published_meanwhile(editor: Any) -> None:
    case = publish_case(finding_en="Before", narrative_en="Before")
    mine = proposal_of(edited(case, {"event": [{}]}, finding_en="Mine"), by=editor, base=newest(case))
    publish_change(case, {"provision": [{}]}, narrative_en="Theirs")

    revision = publishing.publish(mine, by=editor)

    case.refresh_from_db()
    assert (case.finding_en, case.narrative_en) == ("Mine", "Theirs")
    assert (case.events.count(), case.provisions.count(), revision.number) == (1, 1, 3)
    mine.refresh_from_db()
    assert mine.wanted["fields"]["narrative_en"] == "Before"


def test_a_conflict_is_told_with_all_three_values_and_nothing_is_written(
    editor: Any, all_rows: Callable
) -> None:
    case = publish_case(finding_en="Before")
    mine = proposal_of(edited(case, finding_en="Mine", narrative_en="Mine"), by=editor, base=newest(case))
    publish_change(case, finding_en="Theirs")
    before = all_rows()

    with pytest.raises(Conflicted) as refused:
        publishing.publish(mine, by=editor)

    assert refused.value.code == "conflict"
    assert refused.value.conflicts == [
        snapshots.Conflict(Path(column="finding_en"), "Before", "Theirs", "Mine")
    ]
    assert all_rows() == before


def test_publishing_at_once_keeps_no_proposal_that_was_refused(editor: Any, all_rows: Callable) -> None:
    case = publish_case()
    provenance = {"note": "Nothing.", "note_language": "en", "change_class": ChangeClass.TYPO}
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        publishing.publish_at_once(edited(case), by=editor, base=newest(case), **provenance)

    assert refused.value.code == "nothing_changed"
    assert all_rows() == before


def test_publishing_is_announced_once_it_is_committed(
    editor: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    announced: list[Revision] = []
    monkeypatch.setattr(steps, "_log", announced.append)
    proposal = proposal_of(snapshot_of("theme"), by=editor)

    with django_capture_on_commit_callbacks(execute=True):
        revision = publishing.publish(proposal, by=editor)
        assert announced == []

    assert announced == [revision]


# --- addresses -------------------------------------------------------------------------------


def old_slugs() -> set[tuple[str, str]]:
    return {*OldSlug.objects.values_list("kind", "slug")}


def test_a_changed_address_leaves_the_old_one_behind(editor: Any) -> None:
    case = publish_case(slug="first")

    publish_change(case, slug="second")
    publish_change(case, slug="third")

    assert old_slugs() == {("case", "first"), ("case", "second")}
    assert {*OldSlug.objects.values_list("entry", flat=True)} == {case.pk}


def test_an_entry_may_take_its_old_address_back(editor: Any) -> None:
    case = publish_case(slug="first")
    publish_change(case, slug="second")

    publish_change(case, slug="first")

    assert old_slugs() == {("case", "second")}


def test_an_old_address_belongs_to_its_entry_for_ever(editor: Any) -> None:
    publish_change(publish_case(slug="first"), slug="second")

    with pytest.raises(Refusal) as refused:
        publish_case(slug="first")

    assert refused.value.code == "address_taken"


def test_two_kinds_may_use_the_same_address(editor: Any) -> None:
    publish_change(publish_case(slug="peace"), slug="other")

    theme = publish_theme(slug="peace")

    assert theme.slug == "peace"
