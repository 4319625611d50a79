"""The panels of the desk's first page: what a person should do now."""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.autosaves import name_and_address
from desk.hooks import Item, Panel, desk_panels
from publishing import rules
from publishing.fields.partial_dates import PartialDate
from publishing.languages import join_list
from publishing.models import Entry, FormAutosave, Proposal, Revision, SignedHead, Translation, WorkerTurn
from publishing.people import display_name
from publishing.vocabulary import Origin, PageLanguage, ProposalState
from publishing.waiting_times import time_since
from publishing.workflow import states

MAX_SHOWN = 5
# The worker runs each quarter of a minute; by cron, each few minutes.
OVERDUE = datetime.timedelta(minutes=15)
# The head of the chain is signed once a day (UTC).
UNSIGNED = datetime.timedelta(days=1)
RECENT = datetime.timedelta(days=14)


def panels_for(by: Any) -> list[Panel]:
    """Every panel with something in it for the person."""
    registered = (panel for panels in desk_panels for panel in panels(by))
    return [panel for panel in registered if panel.count]


def unsaved(by: Any) -> Iterator[Panel]:
    """What the person typed into forms and did not save."""
    found = FormAutosave.objects.filter(by=by.pk).order_by("-typed_at", "-pk")
    items = []
    for autosave in found:
        if (target := name_and_address(autosave)) is not None:
            name, address = target
            items.append(Item(name, address, f"{autosave.typed_at:%Y-%m-%d %H:%M} UTC"))
    yield Panel(_("Unsaved: what you typed and did not save"), items, len(items))


def proposals(by: Any) -> Iterator[Panel]:
    """My drafts, those returned to me, what waits for my review, what is scheduled or was held back."""
    mine = Proposal.objects.filter(author=by.pk, meant_for=None, is_practice=False)
    changelist = reverse("admin:publishing_proposal_changelist")
    returned = mine.filter(state=ProposalState.NEEDS_INFORMATION)
    yield _panel(_("Returned to me"), returned, f"{changelist}?waiting=mine")
    late = Proposal.objects.undecided().filter(author=by.pk, meant_for__isnull=False)
    yield _panel(_("Conflicting saves: choose"), late, "")
    yield _panel(_("My drafts"), mine.filter(state=ProposalState.DRAFT), f"{changelist}?waiting=mine")
    if by.has_perm("publishing.decide_proposal"):
        # Proposals of the public have a panel and a review page of their own.
        others = Proposal.objects.waiting().exclude(origin=Origin.PUBLIC)
        others = others.exclude(author=by.pk) if rules.needs_four_eyes() else others
        yield _panel(_("Waiting for review"), others, f"{changelist}?waiting=review")
        held_back = Proposal.objects.undecided().exclude(held_back="")
        yield _panel(_("Held back on their date"), held_back, f"{changelist}?waiting=held_back")
    elif rules.why_not_read(Proposal(), by) is None or mine.exists():
        yield _panel(_("Mine, under review"), mine.waiting(), f"{changelist}?waiting=own")
    scheduled = Proposal.objects.filter(state=ProposalState.SCHEDULED).order_by("publish_at")
    if rules.why_not_read(Proposal(), by) is not None:
        scheduled = scheduled.filter(author=by.pk)
    yield _panel(_("Scheduled"), scheduled, f"{changelist}?state__exact=scheduled")
    decided = mine.filter(state__in=states.DECIDED, decided_at__gte=timezone.now() - RECENT).exclude(
        decided_by=by.pk
    )
    yield _panel(_("Decisions on my proposals"), decided.order_by("-decided_at"), f"{changelist}?waiting=own")


def _panel(title: str, queryset: models.QuerySet, more: str) -> Panel:
    items = [
        Item(
            proposal.title,
            reverse("admin:publishing_proposal_change", args=[proposal.pk]),
            _detail(proposal),
        )
        for proposal in queryset.select_related("entry", "author", "base", "revision")[
            : MAX_SHOWN if more else None
        ]
    ]
    return Panel(title, items, queryset.count(), more)


def _detail(proposal: Proposal) -> str:
    if proposal.state == ProposalState.SCHEDULED:
        return f"{proposal.publish_at:%Y-%m-%d %H:%M} UTC"
    if proposal.state in states.DECIDED and proposal.decided_at:
        return join_list([ProposalState(proposal.state).label, _day(proposal.decided_at.date())])
    name = display_name(proposal.author) or proposal.credit
    return _who_and_when(name, proposal.submitted_at or proposal.changed_at)


def _who_and_when(name: str, at: datetime.datetime) -> str:
    # Isolated, so that a name in Latin letters does not change the direction of the Arabic text around it.
    name = f"\u2068{name or '—'}\u2069"
    if timezone.now() - at < datetime.timedelta(minutes=1):
        return _("%(name)s, just now") % {"name": name}
    return _("%(name)s, %(time)s ago") % {"name": name, "time": time_since(at)}


def verification(by: Any) -> Iterator[Panel]:
    """Entries whose facts are due for verification."""
    if rules.why_not_read_history(by):
        return
    due = Entry.objects.published().filter(verify_by__lte=timezone.localdate()).order_by("verify_by")
    items = [_entry(entry, _day(entry.verify_by)) for entry in due[:MAX_SHOWN] if entry.verify_by]
    more = f"{reverse('admin:publishing_entry_changelist')}?due=now"
    yield Panel(_("Due for verification"), items, due.count(), more)


def unused(by: Any) -> Iterator[Panel]:
    """For moderators: what was published without a review, and is out of sight as nothing public uses it."""
    if rules.why_not_read_history(by) or not by.has_perm("publishing.decide_proposal"):
        return
    found = Entry.objects.published().filter(is_in_use=False).order_by("-changed_at", "pk")
    items = [_entry(entry, _day(entry.changed_at.date())) for entry in found[:MAX_SHOWN] if entry.changed_at]
    more = f"{reverse('admin:publishing_entry_changelist')}?use=none"
    yield Panel(_("Not used yet"), items, found.count(), more)


def translations(by: Any) -> Iterator[Panel]:
    """Entries with a stale translation, the oldest first."""
    if rules.why_not_read_history(by):
        return
    # Asked of each, and not joined: stale ones have an index, and are few among all entries.
    is_published = Exists(Entry.objects.published().filter(pk=OuterRef("entry")))
    stale = Translation.objects.filter(is_published, stale_since__isnull=False)
    items = [
        Item(
            str(translation.entry),
            reverse("publishing:translation", args=[translation.entry_id, translation.language]),
            join_list([PageLanguage(translation.language).label, _day(translation.stale_since.date())]),
        )
        for translation in stale.prefetch_related("entry").order_by("stale_since", "pk")[:MAX_SHOWN]
        if translation.stale_since
    ]
    more = f"{reverse('publishing:translations')}?state=stale"
    yield Panel(_("Stale translations"), items, stale.count(), more)


def latest_changes(by: Any) -> Iterator[Panel]:
    """The latest revisions."""
    if rules.why_not_read_history(by):
        return
    newest = Revision.objects.select_related("entry", "author").order_by("-pk")
    items = [
        Item(
            str(revision.entry),
            revision.get_admin_url(),
            _who_and_when(revision.credit or display_name(revision.author), revision.created_at),
        )
        for revision in newest[:MAX_SHOWN]
    ]
    more = reverse("admin:publishing_revision_changelist")
    yield Panel(_("Latest changes"), items, len(items), more, is_counted=False, is_news=True)


class WorkerState(NamedTuple):
    """What the worker did last, or does not do, in words, and whether somebody has to see to it."""

    text: str
    is_overdue: bool


def worker_state(by: Any) -> WorkerState | None:
    """For administrators, whether the worker runs; None for all others."""
    if not by.has_perm("auth.change_user"):
        return None
    turn = WorkerTurn.objects.first()
    if turn is None:
        return WorkerState(
            _("The worker has not run yet: nothing is published on its date, and no mail is sent."), True
        )
    since = timezone.now() - turn.ended_at
    if since < datetime.timedelta(minutes=1):
        return WorkerState(_("The worker ran less than a minute ago."), False)
    words = {"time": time_since(turn.ended_at)}
    if since < OVERDUE:
        return WorkerState(_("The worker last ran %(time)s ago.") % words, False)
    return WorkerState(
        _(
            "The worker last ran %(time)s ago. Until it runs again, nothing is published on its date, and "
            "no mail is sent."
        )
        % words,
        True,
    )


def heads_state(by: Any) -> WorkerState | None:
    """For administrators, that the head of the chain is not signed; None where it is, and for all others."""
    if not by.has_perm("auth.change_user"):
        return None
    if settings.HEAD_KEY is None:
        return WorkerState(
            _(
                "The head of the chain of revisions is not signed (HEAD_KEY): readers cannot check its "
                "history."
            ),
            False,
        )
    newest = SignedHead.objects.first()
    if not Revision.objects.exists() or (newest and newest.day >= timezone.now().date() - UNSIGNED):
        return None
    return WorkerState(
        _("The head of the chain of revisions was not signed for two days. The log of the worker says why."),
        True,
    )


def _day(day: datetime.date) -> str:
    """The day in words: a date in digits would be reordered beside Arabic text."""
    return PartialDate.of(day).in_words()


def _entry(entry: Entry, detail: str) -> Item:
    return Item(str(entry), reverse("admin:publishing_entry_change", args=[entry.pk]), detail)
