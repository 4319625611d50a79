"""What a proposal asked for otherwise than its revision says is kept instead of a second snapshot."""

import importlib
import random
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from publishing.actions import publishing
from publishing.actions.undoing import undo
from publishing.fields.columns import canonical
from publishing.fields.difference import changed, difference
from publishing.models import Proposal
from sources.actions import _files_in_use as files_in_use
from tests.factories import (
    an_account,
    edited,
    newest,
    proposal_of,
    publish_case,
    publish_image,
    publish_source,
    snapshot_of,
)

migration = importlib.import_module(
    "publishing.migrations.0027_keep_what_differs_instead_of_a_second_snapshot"
)
VALUES = (None, "", "a", 0, 1, 1.0, True, False, [], ["a"], [1], [True])


def an_object(chosen: random.Random, depth: int) -> dict[str, Any]:
    return {
        key: an_object(chosen, depth - 1) if depth and chosen.random() < 0.4 else chosen.choice(VALUES)
        for key in "abcd"
        if chosen.random() < 0.8
    }


@pytest.mark.parametrize("seed", range(40))
def test_the_difference_makes_the_new_object_of_the_old_one(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311 (the same in each run)
    old, new = an_object(chosen, 3), an_object(chosen, 3)
    before = canonical(old)

    made = changed(old, difference(old, new))

    # As bytes, since 1 and true are the same to Python.
    assert canonical(made) == canonical(new)
    assert canonical(old) == before
    assert difference(new, made) == {}


@pytest.mark.django_db
@pytest.mark.every_database
def test_a_proposal_whose_content_was_completed_keeps_what_differs(editor: Any) -> None:
    asked, proposal = published_and_completed(editor)

    assert proposal.snapshot is None
    assert proposal.wanted == asked != proposal.revision.snapshot
    assert [*proposal.difference] == ["rows"]
    assert len(canonical(proposal.difference)) < len(canonical(asked)) / 4


@pytest.mark.django_db
@pytest.mark.every_database
def test_a_decision_taken_back_gives_the_whole_again(editor: Any) -> None:
    asked, proposal = published_and_completed(editor)
    decided_by = an_account()
    Proposal.objects.filter(pk=proposal.pk).update(decided_by=decided_by, origin="public", author=None)

    undo(Proposal.objects.get(pk=proposal.pk), by=decided_by)

    again = Proposal.objects.get(pk=proposal.pk)
    assert (again.snapshot, again.difference, again.revision) == (asked, None, None)


@pytest.mark.django_db
@pytest.mark.every_database
def test_earlier_proposals_keep_what_differs_and_get_the_whole_back(editor: Any) -> None:
    asked, proposal = published_and_completed(editor)
    waiting = proposal_of(snapshot_of("theme"), by=editor)
    kept = [*Proposal.objects.order_by("pk").values_list("pk", "snapshot", "difference")]

    migration.keep_whole(apps, Editor)

    whole = Proposal.objects.get(pk=proposal.pk)
    assert (whole.snapshot, whole.difference) == (asked, None)
    assert Proposal.objects.get(pk=waiting.pk).snapshot == waiting.snapshot

    migration.keep_difference(apps, Editor)

    assert [*Proposal.objects.order_by("pk").values_list("pk", "snapshot", "difference")] == kept


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_picture_that_only_a_proposal_asked_for_is_in_use() -> None:
    image = publish_image()
    other = {"fields": {"file": ["another-picture.png"]}}
    Proposal.objects.filter(revision__entry_id=image.pk).update(difference=other)

    assert "another" in {*files_in_use()}


class Editor:
    """The part of a schema editor that a data migration needs."""

    connection = connection


def published_and_completed(editor: Any) -> tuple[Any, Proposal]:
    """What a proposal asked for, and the proposal: of its claims one was said of an earlier value."""
    claim = {"source": publish_source(), "about": "finding"}
    case = publish_case(finding_en="One.", rows={"claim": [claim], "provision": [{}, {}]})
    asked = edited(case, finding_en="Two.")
    publishing.publish(proposal_of(asked, by=editor, base=newest(case)), by=editor)
    return asked, Proposal.objects.get(revision=newest(case))
