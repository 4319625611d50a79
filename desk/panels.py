"""What somebody should do now: the panels of the desk's first page."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from desk.hooks import Item, Panel, desk_panels
from publishing import rules
from publishing.fields.partial_dates import PartialDate
from publishing.languages import join_list
from publishing.models import Entry, Proposal, Revision, Translation
from publishing.people import display_name
from publishing.vocabulary import Origin, PageLanguage, ProposalState
from publishing.workflow import states

MAX_SHOWN = 5
RECENT = datetime.timedelta(days=14)


def panels_for(by: Any) -> list[Panel]:
    """Every panel that has something for the person."""
    found = (panel for panels in desk_panels for panel in panels(by))
    return [panel for panel in found if panel.count]


def proposals(by: Any) -> Iterator[Panel]:
    """My drafts, what was sent back to me, what waits for me, what is scheduled or was held back."""
    mine = Proposal.objects.filter(author=by.pk, meant_for=None)
    at = reverse("admin:publishing_proposal_changelist")
    returned = mine.filter(state=ProposalState.NEEDS_INFORMATION)
    yield _of(_("Returned to me"), returned, f"{at}?waiting=mine")
    late = Proposal.objects.undecided().filter(author=by.pk, meant_for__isnull=False)
    yield _of(_("Conflicting saves: choose"), late, "")
    yield _of(_("My drafts"), mine.filter(state=ProposalState.DRAFT), f"{at}?waiting=mine")
    if by.has_perm("publishing.decide_proposal"):
        # What the public sent has a panel of its own, with its own page to decide it.
        others = Proposal.objects.waiting().exclude(origin=Origin.PUBLIC)
        others = others.exclude(author=by.pk) if settings.FOUR_EYES else others
        yield _of(_("Waiting for review"), others, f"{at}?waiting=review")
        held_back = Proposal.objects.undecided().exclude(held_back="")
        yield _of(_("Held back on their date"), held_back, f"{at}?waiting=held_back")
    elif rules.why_not_see(Proposal(), by) is None or mine.exists():
        yield _of(_("Mine, under review"), mine.waiting(), at)
    scheduled = Proposal.objects.filter(state=ProposalState.SCHEDULED).order_by("publish_at")
    if rules.why_not_see(Proposal(), by) is not None:
        scheduled = scheduled.filter(author=by.pk)
    yield _of(_("Scheduled"), scheduled, f"{at}?state__exact=scheduled")
    decided = mine.filter(state__in=states.DECIDED, decided_at__gte=timezone.now() - RECENT).exclude(
        decided_by=by.pk
    )
    yield _of(_("Decisions on my proposals"), decided.order_by("-decided_at"), at)


def _of(title: str, found: models.QuerySet, more: str) -> Panel:
    items = [
        Item(one.title, reverse("admin:publishing_proposal_change", args=[one.pk]), _detail(one))
        for one in found.select_related("entry", "author", "base", "revision")[: MAX_SHOWN if more else None]
    ]
    return Panel(title, items, found.count(), more)


def _detail(one: Proposal) -> str:
    if one.state == ProposalState.SCHEDULED:
        return f"{one.publish_at:%Y-%m-%d %H:%M} UTC"
    if one.state in states.DECIDED and one.decided_at:
        return join_list([ProposalState(one.state).label, _day(one.decided_at.date())])
    return _who_and_when(display_name(one.author) or one.credit, one.submitted_at or one.changed_at)


def _who_and_when(name: str, moment: datetime.datetime) -> str:
    # Kept apart, so that a name in Latin letters does not turn round what stands beside it in Arabic.
    name = f"\u2068{name or '—'}\u2069"
    if timezone.now() - moment < datetime.timedelta(minutes=1):
        return _("%(name)s, just now") % {"name": name}
    return _("%(name)s, %(time)s ago") % {"name": name, "time": timesince(moment, depth=1)}


def verification(by: Any) -> Iterator[Panel]:
    """Entries of which the facts are due to be checked again."""
    if rules.why_not_read_history(by):
        return
    due = Entry.objects.published().filter(verify_by__lte=timezone.localdate()).order_by("verify_by")
    items = [_entry(one, _day(one.verify_by)) for one in due[:MAX_SHOWN] if one.verify_by]
    more = f"{reverse('admin:publishing_entry_changelist')}?due=now"
    yield Panel(_("Due for verification"), items, due.count(), more)


def translations(by: Any) -> Iterator[Panel]:
    """Entries of which a translation fell behind, the longest stale first."""
    if rules.why_not_read_history(by):
        return
    stale = Translation.objects.filter(stale__gt=0, entry__in=Entry.objects.published())
    items = [
        Item(
            str(one.entry),
            reverse("publishing:translation", args=[one.entry_id, one.language]),
            join_list([PageLanguage(one.language).label, _day(one.stale_since.date())]),
        )
        for one in stale.select_related("entry").order_by("stale_since", "pk")[:MAX_SHOWN]
        if one.stale_since
    ]
    more = f"{reverse('publishing:translations')}?state=stale"
    yield Panel(_("Stale translations"), items, stale.count(), more)


def latest_changes(by: Any) -> Iterator[Panel]:
    """What was published last."""
    if rules.why_not_read_history(by):
        return
    newest = Revision.objects.select_related("entry", "author").order_by("-pk")
    items = [
        Item(
            str(one.entry),
            one.get_admin_url(),
            _who_and_when(one.credit or display_name(one.author), one.created_at),
        )
        for one in newest[:MAX_SHOWN]
    ]
    more = reverse("admin:publishing_revision_changelist")
    yield Panel(_("Latest changes"), items, len(items), more, is_counted=False)


def _day(day: datetime.date) -> str:
    """In words: numbers alone would be turned round beside Arabic."""
    return PartialDate.of(day).in_words()


def _entry(entry: Entry, detail: str) -> Item:
    return Item(str(entry), reverse("admin:publishing_entry_change", args=[entry.pk]), detail)
