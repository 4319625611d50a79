"""Resolving the conflict of a proposal with what was published meanwhile."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from publishing import rules
from publishing.actions import publishing, reviewing
from publishing.models import Entry, Proposal, Revision
from publishing.refusals import NotPermitted
from publishing.rules import Conflicted, Refusal
from publishing.snapshots import Path
from publishing.workflow.transitions import TRANSITIONS
from tests.factories import (
    an_account,
    edited,
    key,
    newest,
    proposal_of,
    publish_case,
    publish_change,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def in_conflict(editor: Any) -> tuple[Entry, Proposal, Revision]:
    """A case, a proposal in conflict with the newest revision in two columns, and that revision."""
    case = publish_case(finding_en="Before", narrative_en="Before")
    mine = proposal_of(
        edited(case, {"event": [{}]}, finding_en="Mine", narrative_en="Mine"), by=editor, base=newest(case)
    )
    theirs = publish_change(case, {"provision": [{}]}, finding_en="Theirs", narrative_en="Theirs")
    return case, mine, theirs


def test_a_resolved_conflict_holds_each_choice_and_the_changes_of_both(editor: Any) -> None:
    case, mine, theirs = in_conflict(editor)
    choices = {Path(column="finding_en"): "mine", Path(column="narrative_en"): "theirs"}

    resolved = publishing.resolve(mine, by=editor, choices=choices, against=theirs.number)
    publishing.publish(resolved, by=editor)

    case.refresh_from_db()
    assert (case.finding_en, case.narrative_en) == ("Mine", "Theirs")
    assert (case.events.count(), case.provisions.count()) == (1, 1)
    mine.refresh_from_db()
    assert (mine.state, resolved.base, resolved.note) == ("superseded", theirs, mine.note)


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_row_that_one_deleted_and_the_other_changed_is_decided_whole(choice: str, editor: Any) -> None:
    row = key()
    case = publish_case(rows={"event": [{"id": row, "title_en": "Before"}]})
    without = edited(case)
    del without["rows"]["event"][row]
    mine = proposal_of(without, by=editor, base=newest(case))
    theirs = publish_change(case, {"event": [{"id": row, "title_en": "Changed"}]})

    resolved = publishing.resolve(
        mine, by=editor, choices={Path(row_kind="event", key=row): choice}, against=theirs.number
    )

    assert (row in resolved.wanted["rows"]["event"]) is (choice == "theirs")


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_new_row_of_a_row_that_was_deleted_meanwhile_is_a_choice_and_no_refusal(
    choice: str, editor: Any
) -> None:
    provision, assessment = key(), key()
    case = publish_case(rows={"provision": [{"id": provision}]})
    mine = proposal_of(
        edited(case, {"assessment": [{"id": assessment, "provision": provision}]}, finding_en="Mine"),
        by=editor,
        base=newest(case),
    )
    without = edited(case)
    del without["rows"]["provision"][provision]
    theirs = publishing.publish(proposal_of(without, by=editor, base=newest(case)), by=editor)

    with pytest.raises(Conflicted) as refused:
        publishing.publish(mine, by=editor)
    (conflict,) = refused.value.conflicts
    publishing.resolve_and_publish(mine, by=editor, choices={conflict.path: choice}, against=theirs.number)

    rows = newest(case).snapshot["rows"]
    wanted = ([provision], [assessment]) if choice == "mine" else ([], [])
    assert ([*rows["provision"]], [*rows["assessment"]]) == wanted


def test_an_unanswered_conflict_is_asked_again_and_nothing_is_written(
    editor: Any, all_rows: Callable
) -> None:
    _case, mine, theirs = in_conflict(editor)
    before = all_rows()

    with pytest.raises(Conflicted) as refused:
        publishing.resolve(
            mine, by=editor, choices={Path(column="finding_en"): "mine"}, against=theirs.number
        )

    assert Path(column="narrative_en") in {conflict.path for conflict in refused.value.conflicts}
    assert all_rows() == before


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_who_neither_wrote_a_proposal_nor_decides_others_decides_no_conflict_of_it(
    state: str, editor: Any, all_rows: Callable
) -> None:
    _case, mine, theirs = in_conflict(editor)
    Proposal.objects.filter(pk=mine.pk).update(state=state)
    stranger, before = an_account("stranger", is_staff=True), all_rows()

    with pytest.raises(NotPermitted):
        publishing.resolve(mine, by=stranger, choices={}, against=theirs.number)

    assert all_rows() == before


@pytest.mark.parametrize("state, is_allowed", [("draft", False), ("submitted", True), ("scheduled", True)])
def test_a_moderator_decides_conflicts_of_what_is_no_draft_any_more(
    state: str, is_allowed: bool, editor: Any
) -> None:
    _case, mine, _theirs = in_conflict(editor)
    mine.state, moderator = state, an_account("moderator", is_staff=True)
    moderator.user_permissions.add(Permission.objects.get(codename="decide_proposal"))

    assert (rules.why_not_resolve(mine, moderator) is None) is is_allowed
    assert rules.why_not_resolve(mine, editor) is None


def test_what_is_scheduled_is_replaced_by_whoever_decides_its_conflicts(editor: Any) -> None:
    _case, mine, theirs = in_conflict(editor)
    reviewing.schedule(mine, by=editor, at=timezone.now() + datetime.timedelta(days=1))
    choices = {Path(column="finding_en"): "mine", Path(column="narrative_en"): "theirs"}

    publishing.resolve(mine, by=editor, choices=choices, against=theirs.number)

    mine.refresh_from_db()
    assert mine.state == TRANSITIONS["resolve"].target


def test_choices_made_against_an_older_revision_are_asked_again(editor: Any) -> None:
    case, mine, theirs = in_conflict(editor)
    publish_change(case, finding_en="Theirs, later")
    choices = {Path(column="finding_en"): "mine", Path(column="narrative_en"): "mine"}

    with pytest.raises(Conflicted):
        publishing.resolve(mine, by=editor, choices=choices, against=theirs.number)


def test_a_decided_proposal_is_not_resolved_again(editor: Any, all_rows: Callable) -> None:
    case = publish_case(finding_en="Before")
    mine = proposal_of(edited(case, finding_en="Mine"), by=editor, base=newest(case))
    revision = publishing.publish(mine, by=editor)
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        publishing.resolve(mine, by=editor, choices={}, against=revision.number)

    assert refused.value.code == "decided"
    assert all_rows() == before


@pytest.mark.every_database
def test_a_resolution_that_is_refused_leaves_the_proposal_as_it_was(editor: Any, all_rows: Callable) -> None:
    _case, mine, theirs = in_conflict(editor)
    Proposal.objects.filter(pk=mine.pk).update(note="")
    mine.refresh_from_db()
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        publishing.resolve_and_publish(
            mine,
            by=editor,
            choices={Path(column="finding_en"): "mine", Path(column="narrative_en"): "mine"},
            against=theirs.number,
        )

    assert refused.value.code == "no_note"
    assert all_rows() == before
