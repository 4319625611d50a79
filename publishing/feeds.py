"""Published changes as Atom feeds, each with what was there before, what is there now, and who says so."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from publishing import comparison, snapshots
from publishing.marks import all_marks
from publishing.models import Entry, Revision
from publishing.revisions import attach_sources

MAX_SHOWN = 50
# So many changes of a revision are described; its page has them all.
MAX_LINES = 25
# When nothing has changed yet, nothing has: a feed must say when, and must not say another time each time.
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
# Characters that XML 1.0 does not allow.
INVALID_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class ChangesAtomFeed(Atom1Feed):
    """An Atom feed whose summaries are text, in which nobody reads markup, and whose content is HTML."""

    def add_item_elements(self, handler: Any, item: Any) -> None:
        """As in Django, which declares the summary as HTML, but with the summary as text."""
        super().add_item_elements(handler, {**item, "description": None})
        if item["description"] is not None:
            handler.addQuickElement("summary", item["description"], {"type": "text"})
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})


class RevisionsFeed(Feed):
    """The newest of some revisions; which they are, a subclass says."""

    feed_type = ChangesAtomFeed

    def revisions(self, asked: Any) -> Any:
        """The revisions, with their entries, newest first."""
        raise NotImplementedError

    def page(self, asked: Any) -> str:
        """The path of the page that shows the same changes."""
        raise NotImplementedError

    def link(self, asked: Any) -> str:
        """The page that shows the same changes."""
        return f"{settings.SITE_URL}{self.page(asked)}"

    def items(self, asked: Any) -> list[Revision]:
        """The newest changes, each with what it changed."""
        found = list(self.revisions(asked)[:MAX_SHOWN])
        attach_sources(found)
        lines, marks = lines_of(found), all_marks() if found else {}
        for revision in found:
            described = lines.get(revision.pk, [])
            shown: Any = revision
            shown.mark = marks.get(revision.entry_id, "")
            shown.lines = described[:MAX_LINES]
            shown.further = max(0, len(described) - MAX_LINES)
        return found

    def get_feed(self, obj: Any, request: HttpRequest) -> Any:
        """As in Django; where there is no change, the feed has not changed."""
        feed = super().get_feed(obj, request)
        feed.latest_post_date = lambda: max(  # type: ignore[method-assign]
            (item["updateddate"] for item in feed.items), default=NEVER
        )
        return feed

    def item_title(self, item: Any) -> str:
        """The entry, what readers must know of it, and the kind of change."""
        marked = f"{item.entry} ({item.mark})" if item.mark else item.entry
        return valid_xml(f"{marked}: {item.get_change_class_display()}")

    def item_description(self, item: Revision) -> str:
        """The note."""
        return valid_xml(item.shown_note)

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        """What changed, as HTML; nothing where that is not public, or not known."""
        if not (item.lines or item.source):
            return {"content": ""}
        return {"content": valid_xml(render_to_string("publishing/feed/change.html", {"revision": item}))}

    def item_link(self, item: Revision) -> str:
        """The page of the change; of a retracted entry, the page with the reason."""
        address = item.entry.get_absolute_url() if item.entry.is_retracted else item.get_absolute_url()
        return f"{settings.SITE_URL}{address}"

    def item_guid(self, item: Revision) -> str:
        """A permanent identifier, the same in every language."""
        return f"urn:sha256:{item.digest}"

    def item_author_name(self, item: Revision) -> str:
        """Who is credited."""
        return valid_xml(item.shown_credit) or _("The editors")

    def item_pubdate(self, item: Revision) -> Any:
        """When it became public."""
        return item.created_at

    def item_updateddate(self, item: Revision) -> Any:
        """The same as item_pubdate: a revision never changes."""
        return item.created_at


class EntryFeed(RevisionsFeed):
    """All changes of one entry, also of a retracted one: notes are shown, not the content."""

    def __init__(self, kind: type[Entry]) -> None:
        self.kind = kind

    def get_object(self, request: HttpRequest, slug: str) -> Entry:
        """The entry, if readers find it."""
        entry = get_object_or_404(Entry, kind=self.kind._meta.model_name, slug=slug)
        if entry.is_out_of_sight:
            raise Http404
        return entry

    def revisions(self, entry: Entry) -> Any:
        """Those of the entry."""
        return entry.revisions.select_related("entry").order_by("-number")

    def title(self, entry: Entry) -> str:
        """The name of the entry."""
        return valid_xml(_("Sulh: changes of “%(entry)s”") % {"entry": entry})

    def subtitle(self, entry: Entry) -> str:
        """What the feed holds."""
        return _("Every published change of the entry, with the note that its editors wrote.")

    def page(self, entry: Entry) -> str:
        """Its history."""
        return entry.get_history_url()

    def feed_url(self, entry: Entry) -> str:
        """The address of the feed."""
        return f"{settings.SITE_URL}{entry.get_history_url()}feed.xml"


def lines_of(revisions: list[Revision]) -> Mapping[Any, list[comparison.Line]]:
    """What each revision changed, in words; by its key. What is retracted, or came first, has no lines."""
    comparable = [one for one in revisions if one.number > 1 and not one.entry.is_retracted]
    before = _before(comparable)
    compared = {
        one.pk: tuple(map(snapshots.conformed, (before[one.entry_id, one.number - 1], one.snapshot)))
        for one in comparable
        if (one.entry_id, one.number - 1) in before
    }
    wanted = {key for pair in compared.values() for one in pair for key in snapshots.references(one)}
    entries = {str(entry.pk): entry for entry in Entry.objects.filter(pk__in=wanted)}
    found = {}
    for pk, (old, new) in compared.items():
        describer = comparison.Describer(new["kind"], old, new, entries=entries)
        found[pk] = describer.lines(snapshots.diff(old, new))
    return found


def _before(revisions: list[Revision]) -> dict[tuple[Any, int], snapshots.Snapshot]:
    """The snapshots of those before, by entry and number."""
    found = {(one.entry_id, one.number): one.snapshot for one in revisions}
    wanted = [(one.entry_id, one.number - 1) for one in revisions]
    condition = Q(pk__in=[])
    for entry, number in wanted:
        if (entry, number) not in found:
            condition |= Q(entry=entry, number=number)
    for older in Revision.objects.filter(condition).only("entry_id", "number", "snapshot"):
        found[older.entry_id, older.number] = older.snapshot
    return found


def valid_xml(text: str) -> str:
    """The text without what XML cannot say."""
    return INVALID_IN_XML.sub("", text)
