"""The context of an entry's form: buttons, other people, other proposals, errors."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.addresses import draft_address
from desk.autosaves import autosaves_of
from desk.edit_session import EditSession
from desk.form_errors import mistakes_in, notice_of
from desk.opened_rows import OpenedRowsMixin
from desk.proposed_fields import ONLY, PROPOSED, ProposedFields, fold
from desk.threads import Discussion, Subject, discussion_of, open_since
from publishing import comparison, rules
from publishing.actions import drafting
from publishing.languages import join_list
from publishing.models import Presence, Proposal
from publishing.models.entry import kinds
from publishing.people import display_name
from publishing.proposals import changes_of, start_of
from publishing.workflow import states

# So many facts of another proposal are named.
MAX_FACTS = 4


def form_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the template of the form needs besides the context of Django's admin.

    context: that context, with the edit session as `session`.
    """
    session, is_sent = context["session"], request.method == "POST"
    return {
        "proposed": _proposed(request, context),
        "may_write": session.draft is None or session.is_open,
        "buttons": _buttons(session, request.user),
        "popup_button": _popup_button(session, request.user) if context["is_popup"] else None,
        "are_rows_closed": any(
            inline.formset.closed_rows
            for inline in context["inline_admin_formsets"]
            if isinstance(inline.formset, OpenedRowsMixin)
        ),
        "others": [open_since(one) for one in _others(session, request.user)],
        "discussion": None if context["is_popup"] else _discussion(session, request.user),
        "autosaves": [] if is_sent else autosaves_of(session.form_key, request.user),
        "is_unsaved": is_sent,
        "open_proposals": _open_proposals(session, request.user),
        # Instead of the note of Django's admin, which only says that there are errors.
        "mistakes": mistakes_in(context),
        "notice": notice_of(context),
        "errors": None,
    }


def _proposed(request: HttpRequest, context: dict[str, Any]) -> ProposedFields | None:
    """The form folded to what is proposed, if the request asks for that; else None."""
    draft = context["session"].draft
    return fold(draft, context) if draft is not None and request.GET.get(ONLY) == PROPOSED else None


def _buttons(session: EditSession, by: Any) -> list[dict[str, Any]]:
    """The buttons of the form, each with the refusal if the person may not press it."""
    draft = session.draft or Proposal(kind=session.kind, base=session.base, author=by)
    now = timezone.now()
    save = {"name": "_draft", "label": _("Save draft"), "why_not": rules.why_not_edit_draft(draft, by)}
    if draft.is_practice:
        return [save]
    return [
        save,
        {
            "name": "_submit",
            "label": _("Submit for review"),
            "why_not": rules.why_not("submit", draft, by, now),
        },
        {"name": "_save", "label": _("Publish"), "why_not": rules.why_not("accept", draft, by, now)},
    ]


def _popup_button(session: EditSession, by: Any) -> dict[str, Any]:
    """The one button of a popup: it publishes the entry and chooses it in the form that opened the popup."""
    proposal = Proposal(kind=session.kind, base=session.base, author=by)
    is_new, is_reference = session.base is None, kinds()[session.kind].IS_REFERENCE
    explanation = (
        _("You may publish it alone: it stays out of sight until something published uses it.")
        if is_new and is_reference
        else _("Readers see it at once.")
    )
    return {
        "label": _("Add and choose") if is_new else _("Publish"),
        "explanation": explanation,
        "why_not": rules.why_not("accept", proposal, by, timezone.now()),
    }


def _discussion(session: EditSession, by: Any) -> Discussion | None:
    """What is said about the entry; nothing of a new one before its first draft is saved."""
    if session.draft is None and session.base is None:
        return None
    entry = session.base.entry if session.base is not None else None
    return discussion_of(Subject.of(entry, session.draft), by)


def _others(session: EditSession, by: Any) -> list[Presence]:
    """The other people who have the form open."""
    since = timezone.now() - drafting.PRESENCE_TIMEOUT
    others = Presence.objects.filter(form_key=session.form_key, seen_at__gt=since).exclude(by=by)
    return list(others.select_related("by"))


def _open_proposals(session: EditSession, by: Any) -> list[dict[str, Any]]:
    """Other open proposals for the same entry that the person may see, their own drafts first."""
    if session.base is None:
        return []
    found = Proposal.objects.undecided().filter(entry_id=session.base.entry_id, meant_for=None)
    others = found.exclude(pk=session.draft.pk) if session.draft else found
    visible = [
        proposal
        for proposal in others.select_related("author", "base")
        if rules.why_not_read(proposal, by) is None
    ]
    return sorted((_link_to(proposal, by) for proposal in visible), key=lambda link: not link["is_mine"])


def _link_to(proposal: Proposal, by: Any) -> dict[str, Any]:
    is_draft = proposal.state in states.WITH_AUTHOR
    is_mine = is_draft and proposal.author_id == by.pk
    review = reverse("admin:publishing_proposal_change", args=[proposal.pk])
    address = draft_address(proposal) if is_mine else review
    return {
        "proposal": proposal,
        "is_mine": is_mine,
        "is_draft": is_draft,
        "address": address,
        "name": display_name(proposal.author) or proposal.credit or _("the public"),
        "facts": _facts(proposal),
    }


def _facts(proposal: Proposal) -> str:
    """The names of the facts that it changes, each once."""
    changes = changes_of(proposal)
    names = comparison.Describer(proposal.kind, start_of(proposal), proposal.wanted)
    labels = list(dict.fromkeys(names.label(change.path) for change in changes))
    if not labels:
        return ""
    more = [f"+{len(labels) - MAX_FACTS}"] if len(labels) > MAX_FACTS else []
    return _("It changes: %(facts)s.") % {"facts": join_list([*labels[:MAX_FACTS], *more])}
