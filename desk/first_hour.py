"""The first hour of a new editor: what to try, and what of it is done."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from desk.addresses import draft_address
from desk.hooks import practice_entries
from publishing.actions.practising import practice_of
from publishing.languages import active_language
from publishing.models import FieldComment, Proposal
from publishing.snapshots import Snapshot
from publishing.workflow import states

# Whoever has had so many proposals decided needs no guide any more.
DECIDED_ENOUGH = 3


@dataclass(frozen=True)
class FirstStep:
    """One thing to try: what, where, and whether it is done."""

    text: str
    address: str
    link: str
    is_done: bool


@dataclass(frozen=True)
class FirstHour:
    """What a new editor is led through; practice: the address of the entry for practice, or ""."""

    steps: list[FirstStep]
    practice: str

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.is_done for step in self.steps)


def practice_snapshot(by: Any) -> Snapshot | None:
    """A new entry for practice, of the first kind that the person may add."""
    found = (make(by) for make in practice_entries)
    return next((snapshot for snapshot in found if snapshot is not None), None)


def first_hour(by: Any) -> FirstHour | None:
    """The guide for the person; None for those who are not new, or decide themselves, or may add nothing."""
    if by.has_perm("publishing.decide_proposal") or practice_snapshot(by) is None:
        return None
    own = Proposal.objects.filter(author=by.pk, is_practice=False, meant_for=None)
    decided = own.filter(state__in=states.DECIDED)[:DECIDED_ENOUGH].count()
    if decided >= DECIDED_ENOUGH:
        return None
    practice = practice_of(by)
    return FirstHour(
        [*_practising(by, practice), *_real_work(own, decided)], draft_address(practice) if practice else ""
    )


def _practising(by: Any, practice: Proposal | None) -> list[FirstStep]:
    address = draft_address(practice) if practice else ""
    has_said = FieldComment.objects.filter(by=by.pk).exists()
    return [
        FirstStep(
            _("Make an entry to practise with. Only you see it, and it is never published."),
            address, _("Open it"), practice is not None,
        ),
        FirstStep(
            _("Spoil it: change texts and dates, look at the preview beside the form, and save the draft."),
            address, _("Open it"), practice is not None and practice.version > 1,
        ),
        FirstStep(
            _("Comment on a field, as you would to ask a colleague."),
            f"{address}#desk-threads" if address else "", _("To the comments"), has_said,
        ),
    ]  # fmt: skip


def _real_work(own: Any, decided: int) -> list[FirstStep]:
    queue = reverse("publishing:next_translation", args=[active_language()])
    proposals = reverse("admin:publishing_proposal_changelist")
    return [
        FirstStep(
            _("Translate or correct one text of the casebook, and submit it for review."),
            queue, _("The next text to translate"), own.exclude(submitted_at=None).exists(),
        ),
        FirstStep(_("Read what a moderator decided about it."), proposals, _("Your proposals"), decided > 0),
    ]  # fmt: skip
