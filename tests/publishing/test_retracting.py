"""Retracting, restoring, and resolving conflicts."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from publishing import rules, snapshots
from publishing.actions import publishing, retracting, reviewing
from publishing.models import Entry, Proposal, Revision
from publishing.refusals import NotPermitted
from publishing.rules import Conflicted, Refusal
from publishing.snapshots import Path
from publishing.vocabulary import ChangeClass, EntryState
from publishing.workflow.transitions import TRANSITIONS
from tests.factories import (
    an_account,
    edited,
    key,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_change,
    publish_initiative,
    publish_pillar,
    publish_place,
    publish_source,
    publish_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def retract(entry: Entry, by: Any, reason: str = "It was wrong.") -> Revision:
    return retracting.retract(entry, by=by, reason=reason, language="en")


# --- retracting ------------------------------------------------------------------------------


@pytest.mark.every_database
def test_what_is_retracted_leaves_the_content_tables_and_keeps_its_base_row(
    editor: Any, all_rows: Callable
) -> None:
    theme, place = publish_theme(), publish_place()
    before = all_rows()
    rows = {"provision": [{}], "claim": [{}], "externalid": [{}]}
    case = publish_case(themes=[theme], countries=[place], rows=rows)

    retract(case, editor, " It was wrong. ")

    after = all_rows()
    content = [name for name in before if name.startswith(("cases_", "sources_", "pillars_", "portal_"))]
    assert [after[name] for name in content] == [before[name] for name in content]
    entry = Entry.objects.get(pk=case.pk)
    assert (entry.state, entry.retraction_reason) == ("retracted", "It was wrong.")
    assert not Entry.objects.published().filter(pk=case.pk).exists()


def test_a_retraction_is_a_revision_that_keeps_what_was_said(editor: Any) -> None:
    case = publish_case(finding_en="Once said", rows={"provision": [{}]})
    content = snapshots.freeze(case)

    revision = retract(case, editor)

    assert (revision.number, revision.change_class, revision.note) == (
        2,
        ChangeClass.RETRACTION,
        "It was wrong.",
    )
    assert revision.snapshot == content
    assert Entry.objects.get(pk=case.pk).revision == 2
    assert Proposal.objects.get(revision=revision).state == "accepted"


def users_of_everything() -> dict[str, tuple[Entry, Entry]]:
    """Entries, each with another entry that points to it in a different way."""
    theme, other_theme, third_theme = publish_theme(), publish_theme(), publish_theme()
    place, home, actor, source = publish_place(), publish_place(), publish_actor(), publish_source()
    case, followed, section = publish_case(), publish_case(), key()
    return {
        "member of a set": (theme, publish_case(themes=[theme])),
        "place in a set": (place, publish_case(countries=[place])),
        "column": (home, publish_actor(home=home)),
        "column of a theme": (other_theme, publish_initiative(main_theme=other_theme)),
        "column of a case": (followed, publish_initiative(follows=followed)),
        "row": (actor, publish_case(rows={"participation": [{"actor": actor}]})),
        "claim": (source, publish_case(rows={"claim": [{"source": source}]})),
        "section": (third_theme, publish_pillar(rows={"section": [{"theme": third_theme}]})),
        "evidence of any kind": (
            case,
            publish_pillar(
                rows={"section": [{"id": section}], "evidence": [{"section": section, "entry": case}]}
            ),
        ),
    }


@pytest.mark.every_database
@pytest.mark.parametrize(
    "way",
    [
        "member of a set", "place in a set", "column", "column of a theme", "column of a case", "row",
        "claim", "section", "evidence of any kind",
    ],
)  # fmt: skip
def test_what_another_entry_uses_cannot_be_retracted_and_the_user_is_named(
    way: str, editor: Any, all_rows: Callable
) -> None:
    used, user = users_of_everything()[way]
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        retract(used, editor)

    assert refused.value.code == "in_use"
    assert user.title_en in refused.value.message
    assert all_rows() == before


def test_an_entry_that_only_uses_itself_can_be_retracted(editor: Any) -> None:
    source = publish_source()
    publish_change(source, {"claim": [{"source": source}]})

    retract(source, editor)

    assert Entry.objects.get(pk=source.pk).is_retracted


def test_an_entry_whose_user_was_retracted_can_be_retracted_too(editor: Any) -> None:
    actor = publish_actor()
    case = publish_case(rows={"participation": [{"actor": actor}]})
    retract(case, editor)

    retract(actor, editor)

    assert Entry.objects.get(pk=actor.pk).is_retracted


# --- restoring -------------------------------------------------------------------------------


@pytest.mark.every_database
def test_what_was_retracted_can_be_restored_whole(editor: Any) -> None:
    case = publish_case(slug="libya-2020", rows={"provision": [{}], "event": [{}]})
    content, first_published = snapshots.freeze(case), case.published_at
    retraction = retract(case, editor)

    revision = retracting.restore(retraction, by=editor, note="It was right after all.", language="en")

    entry = Entry.objects.get(pk=case.pk)
    assert snapshots.freeze(entry) == content == revision.snapshot
    assert (entry.state, entry.retraction_reason, entry.retraction_language) == (EntryState.PUBLISHED, "", "")
    assert (entry.revision, revision.change_class, entry.published_at) == (
        3,
        ChangeClass.RESTORATION,
        first_published,
    )


def test_an_older_revision_can_be_restored_and_the_history_goes_on(editor: Any) -> None:
    case = publish_case(finding_en="First", slug="one")
    first = newest(case)
    publish_change(case, {"event": [{}]}, finding_en="Second", slug="two")

    revision = retracting.restore(first, by=editor, note="Back.", language="fr")

    case.refresh_from_db()
    assert (case.finding_en, case.slug, case.events.count()) == ("First", "one", 0)
    assert (revision.number, revision.note_language) == (3, "fr")
    assert [one.snapshot["fields"]["finding_en"] for one in case.revisions.order_by("number")] == [
        "First", "Second", "First",
    ]  # fmt: skip


def test_restoring_what_is_public_now_is_refused(editor: Any) -> None:
    case = publish_case()

    with pytest.raises(Refusal) as refused:
        retracting.restore(newest(case), by=editor, note="Back.", language="en")

    assert refused.value.code == "nothing_changed"


def test_what_points_to_a_retracted_entry_cannot_be_restored(editor: Any, all_rows: Callable) -> None:
    actor = publish_actor()
    case = publish_case(rows={"participation": [{"actor": actor}]})
    retraction = retract(case, editor)
    retract(actor, editor)
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        retracting.restore(retraction, by=editor, note="Back.", language="en")

    assert refused.value.code == "dangling_reference"
    assert all_rows() == before


def test_a_change_begun_before_a_retraction_does_not_bring_the_entry_back(
    editor: Any, all_rows: Callable
) -> None:
    case = publish_case()
    proposal = proposal_of(edited(case, finding_en="Typo mended"), by=editor, base=newest(case))
    retract(case, editor)
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        publishing.publish(proposal, by=editor)

    assert refused.value.code == "retracted"
    assert all_rows() == before


# --- resolving conflicts ---------------------------------------------------------------------


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
