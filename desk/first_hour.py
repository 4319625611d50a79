"""The first hour of a new editor: what to try, and what of it is done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desk.addresses import draft_address
from desk.hooks import practice_entries
from desk.next_text import language_to_translate, queue_address
from publishing.actions.practising import practice_of, practised_by
from publishing.models import FieldComment, Proposal
from publishing.models.entry import kinds
from publishing.snapshots import Snapshot
from publishing.vocabulary import PageLanguage
from publishing.workflow import states

# Whoever has had so many proposals decided needs no guide any more.
DECIDED_ENOUGH = 3


@dataclass(frozen=True)
class FirstStep:
    """One thing to try: what, whether it is done, and the names and addresses of where to try it."""

    text: str
    is_done: bool
    links: list[tuple[str, str]]


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
    if by.has_perm("publishing.decide_proposal") or (snapshot := practice_snapshot(by)) is None:
        return None
    own = Proposal.objects.filter(author=by.pk, is_practice=False, meant_for=None)
    decided = own.filter(state__in=states.DECIDED).order_by("-decided_at")
    if decided[:DECIDED_ENOUGH].count() >= DECIDED_ENOUGH:
        return None
    practice = practice_of(by)
    address = draft_address(practice) if practice else ""
    steps = [
        *_practising(by, practice, address),
        _translating(by, own.exclude(submitted_at=None).exists(), snapshot["kind"]),
        _reading(decided),
    ]
    return FirstHour(steps, address)


def _practising(by: Any, practice: Proposal | None, address: str) -> list[FirstStep]:
    """The steps with the entry for practice; what was done with one that is thrown away stays done."""
    before = practised_by(by)
    has_saved = practice is not None and practice.version > 1
    has_commented = FieldComment.objects.filter(by=by.pk).exists()
    return [
        FirstStep(
            _("Make an entry to practise with. Only you see it, and it is never published."),
            practice is not None or before is not None,
            _to(_("Open it"), address),
        ),
        FirstStep(
            _("Try anything: change texts and dates, see the preview beside the form, and save the draft."),
            has_saved or (before is not None and before.has_saved),
            _to(_("Open it"), address),
        ),
        FirstStep(
            _("Comment on a field, as you would to ask a colleague."),
            has_commented or (before is not None and before.has_commented),
            _to(_("To the comments"), f"{address}#desk-threads" if address else ""),
        ),
    ]


def _translating(by: Any, is_done: bool, kind: str) -> FirstStep:
    """The first real work: a text where one waits, in whichever language, or an entry to correct."""
    links = []
    if not is_done and (language := language_to_translate(by)):
        name = _("The next text to translate (%(language)s)") % {"language": PageLanguage(language).label}
        links = _to(name, queue_address(language))
    options = kinds()[kind]._meta
    entries = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return FirstStep(
        _("Translate or correct one text of the casebook, and submit it for review."),
        is_done,
        [*links, *_to(capfirst(str(options.verbose_name_plural)), entries)],
    )


def _reading(decided: QuerySet[Proposal]) -> FirstStep:
    newest = decided.first()
    own = f"{reverse('admin:publishing_proposal_changelist')}?waiting=own"
    link = (
        _to(_("Your proposals"), own)
        if newest is None
        else _to(_("See the decision"), reverse("admin:publishing_proposal_change", args=[newest.pk]))
    )
    return FirstStep(_("Read what a moderator decided about it."), newest is not None, link)


def _to(name: str, address: str) -> list[tuple[str, str]]:
    return [(name, address)] if address else []
