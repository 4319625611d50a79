"""What stands around an entry's form: buttons, who else is here, other proposals, what is wrong."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.addresses import draft_address
from desk.edit_session import EditSession, autosaved_form
from desk.form_errors import mistakes_in, notice_of
from publishing import rules
from publishing.actions import drafting
from publishing.models import Presence, Proposal
from publishing.workflow import states


def form_context(request: HttpRequest, stock: dict[str, Any]) -> dict[str, Any]:
    """What the template of the form needs besides the stock context, which holds the edit session."""
    session, is_sent = stock["session"], request.method == "POST"
    return {
        "may_write": session.draft is None or session.is_open,
        "buttons": _buttons(session, request.user),
        "others": _others(session, request.user),
        "kept": None if is_sent else autosaved_form(session, request.user),
        "is_unsaved": is_sent,
        "open_proposals": _open_proposals(session, request.user),
        # In the place of the stock note, which says only that there are some.
        "mistakes": mistakes_in(stock),
        "notice": notice_of(stock),
        "errors": None,
    }


def _buttons(session: EditSession, by: Any) -> list[dict[str, Any]]:
    """What the form can be sent to do, each with why not."""
    draft = session.draft or Proposal(kind=session.kind, base=session.base, author=by)
    now = timezone.now()
    return [
        {"name": "_draft", "label": _("Save draft"), "why_not": rules.why_not_write(draft, by)},
        {
            "name": "_submit",
            "label": _("Submit for review"),
            "why_not": rules.why_not("submit", draft, by, now),
        },
        {"name": "_save", "label": _("Publish"), "why_not": rules.why_not("accept", draft, by, now)},
    ]


def _others(session: EditSession, by: Any) -> list[Presence]:
    """Who else has the form open."""
    since = timezone.now() - drafting.PRESENCE_TIMEOUT
    found = Presence.objects.filter(form_key=session.form_key, seen_at__gt=since).exclude(by=by)
    return list(found.select_related("by"))


def _open_proposals(session: EditSession, by: Any) -> list[dict[str, Any]]:
    """Other proposals for the same entry that nobody decided yet, one's own drafts first."""
    if session.base is None:
        return []
    found = Proposal.objects.undecided().filter(entry_id=session.base.entry_id, meant_for=None)
    others = found.exclude(pk=session.draft.pk) if session.draft else found
    seen = [one for one in others.select_related("author", "base") if rules.why_not_see(one, by) is None]
    return sorted((_open(one, by) for one in seen), key=lambda one: not one["is_mine"])


def _open(proposal: Proposal, by: Any) -> dict[str, Any]:
    is_draft = proposal.state in states.WITH_AUTHOR
    is_mine = is_draft and proposal.author_id == by.pk
    review = reverse("admin:publishing_proposal_change", args=[proposal.pk])
    address = draft_address(proposal) if is_mine else review
    return {"proposal": proposal, "is_mine": is_mine, "is_draft": is_draft, "address": address}
