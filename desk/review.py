"""What the review page shows, and what its buttons do."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.addresses import desk_address, draft_address
from desk.forms import CommentForm, ShareForm, StepForm
from desk.forms.review import PUBLISHING
from desk.hooks import review_notes
from publishing import comparison, rules, snapshots
from publishing.actions import reviewing, undoing
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Proposal
from publishing.vocabulary import DECIDED, Reason
from publishing.workflow.transitions import TRANSITIONS

# The steps that are more than a change of state, each with what is done.
TAKEN = {
    "accept": lambda proposal, by, form: reviewing.accept(proposal, by=by, note=form.cleaned_data["note"]),
    "accept_some": lambda proposal, by, form: reviewing.accept_some(
        proposal, by=by, words=form.words, note=form.cleaned_data["note"]
    ),
    "decline": lambda proposal, by, form: reviewing.decline(
        proposal,
        by=by,
        reason=form.cleaned_data["reason"],
        note=form.cleaned_data["note"],
        internal_note=form.cleaned_data["internal_note"],
    ),
    "reopen": lambda proposal, by, form: undoing.undo(proposal, by=by),
    "schedule": lambda proposal, by, form: reviewing.schedule(proposal, by=by, at=form.cleaned_data["at"]),
}

# The buttons as they stand: what is most often wanted first, what takes something away last and light.
ORDER = (
    *("accept", "accept_some", "submit", "schedule", "send_back", "claim", "release"),
    *("reopen", "unschedule", "decline", "take_back", "withdraw"),
)
LIGHT = frozenset({"claim", "release", "reopen", "unschedule", "decline", "take_back", "withdraw"})


def review_context(
    proposal: Proposal,
    request: HttpRequest,
    form: StepForm | None = None,
    comment_form: CommentForm | None = None,
    share_form: ShareForm | None = None,
    shared: str = "",
) -> dict[str, Any]:
    """All that the page needs."""
    changes = reviewing.changes_of(proposal)
    form = form or StepForm(changes=changes, proposal=proposal)
    entry = proposal.base.entry if proposal.base else proposal.entry
    start = snapshots.conformed(proposal.base.snapshot) if proposal.base else snapshots.bare(proposal.wanted)
    wanted = snapshots.conformed(proposal.wanted)
    read = comparison.Reader(proposal.kind, start, proposal.wanted)
    steps = _steps(proposal, request.user)
    beside = _beside(proposal, changes, form, read, _notes(start, wanted))
    comment_form = comment_form or CommentForm()
    return {
        "title": _("Proposal for “%(title)s”") % {"title": proposal.title},
        "proposal": proposal,
        "desk": desk_address(entry) if entry else "",
        "draft": draft_address(proposal) if rules.why_not_write(proposal, request.user) is None else "",
        "lines": read.lines(changes),
        "beside": {
            "of": beside,
            "may_choose": steps["accept_some"]["why_not"] is None,
            "reasons": Reason.choices,
        },
        "may_override": request.user.has_perm("publishing.override_rule"),
        "may_publish": any(steps[name]["why_not"] is None for name in PUBLISHING),
        "may_decline": steps["decline"]["why_not"] is None,
        "may_send_back": steps["send_back"]["why_not"] is None,
        "may_schedule": steps["schedule"]["why_not"] is None,
        "steps": steps,
        "not_now": _not_possible(steps, is_from_here=True),
        "not_from_here": _not_possible(steps, is_from_here=False),
        "is_decided": proposal.state in DECIDED,
        "form": form,
        "comment_form": comment_form,
        "comment_about": beside.get(comment_form.data.get("path", "")),
        "share_form": share_form or ShareForm(),
        "shared": shared,
        "links": [
            {"link": link, "may_revoke": rules.why_not_revoke(link, request.user) is None}
            for link in proposal.preview_links.select_related("made_by")
        ],
        "comments": _comments_of_the_whole(proposal, changes, read),
        "languages": PAGE_LANGUAGES,
        "now": timezone.now(),
        "shortcomings": rules.shortcomings(wanted, proposal.base.snapshot if proposal.base else None),
    }


def _notes(start: snapshots.Snapshot, wanted: snapshots.Snapshot) -> dict[str, list[str]]:
    """What the reviewer is pointed to beside each change, by its path."""
    notes: dict[str, list[str]] = {}
    for find_notes in review_notes:
        for path, message in find_notes(start, wanted):
            notes.setdefault("/".join(path), []).append(message)
    return notes


def _beside(
    proposal: Proposal,
    changes: list[snapshots.Change],
    form: StepForm,
    read: comparison.Reader,
    notes: dict[str, list[str]],
) -> dict[str, dict[str, Any]]:
    """For each change, by its path: its box, what to look at, what was said and what was decided."""
    said: dict[str, list[Any]] = {}
    for one in proposal.comments.exclude(path="").select_related("by"):
        said.setdefault(one.path, []).append(one)
    decided = {one.path: one for one in proposal.decisions.select_related("by")}
    return {
        path: {
            "path": path,
            "label": read.label(change.path),
            "tick": form.tick_of(change.path),
            "is_ticked": form.is_ticked(change.path),
            "reason": form.reason_of(change.path),
            "own_reason": form.own_reason(change.path),
            "notes": notes.get(path, []),
            "comments": said.get(path, []),
            "decision": decided.get(path),
        }
        for change in changes
        for path in ["/".join(change.path)]
    }


def _comments_of_the_whole(
    proposal: Proposal, changes: list[snapshots.Change], read: comparison.Reader
) -> list[dict[str, Any]]:
    """What was said of the proposal, or of a change that was taken out of it since, with its name."""
    beside = {"/".join(change.path) for change in changes}
    said = proposal.comments.exclude(path__in=beside).select_related("by")
    return [{"said": one, "of": _name_of(one.path, read)} for one in said]


def _name_of(path: str, read: comparison.Reader) -> str:
    """The change in words; as it was noted where there is no such column any more."""
    try:
        return read.label(tuple(path.split("/"))) if path else ""
    except FieldDoesNotExist:
        return path


def _steps(proposal: Proposal, by: Any) -> dict[str, Any]:
    """Every step that a person may take, with why not: first what this one may do, heavy before light.

    Last what nobody does from the proposal's state.
    """
    now = timezone.now()
    steps: dict[str, Any] = {
        name: {
            "name": name,
            "label": TRANSITIONS[name].label,
            "why_not": rules.why_not(name, proposal, by, now),
            "is_from_here": proposal.state in TRANSITIONS[name].sources,
            "is_light": name in LIGHT,
        }
        for name in ORDER
    }
    possible = [step for step in steps.values() if step["why_not"] is None]
    if light := [step for step in possible if step["is_light"]]:
        light[0]["begins_light"] = light[0] is not possible[0]
    return dict(
        sorted(steps.items(), key=lambda item: (item[1]["why_not"] is not None, not item[1]["is_from_here"]))
    )


def _not_possible(steps: dict[str, Any], *, is_from_here: bool) -> dict[str, list[Any]]:
    """The steps that are not possible, by the reason that they have in common."""
    found: dict[str, list[Any]] = {}
    for step in steps.values():
        if step["why_not"] is not None and step["is_from_here"] == is_from_here:
            found.setdefault(step["why_not"].message, []).append(step)
    return found
