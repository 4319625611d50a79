"""Published changes as an Atom feed."""

import re
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.views import requested_changes
from publishing.models import Revision

MAX_SHOWN = 50
# Characters that XML 1.0 does not allow.
INVALID_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class TextFeed(Atom1Feed):
    """An Atom feed whose summaries are plain text, in which nobody reads markup."""

    def add_item_elements(self, handler: Any, item: Any) -> None:
        """As in Django, which declares the summary as HTML, but with the summary as text."""
        super().add_item_elements(handler, {**item, "description": None})
        if item["description"] is not None:
            handler.addQuickElement("summary", item["description"], {"type": "text"})


class ChangesFeed(Feed):
    """The newest changes, with the filters of the page of changes."""

    feed_type = TextFeed

    def get_object(self, request: HttpRequest) -> Any:
        """The filtered changes."""
        return requested_changes(request)

    def title(self) -> str:
        """The title of the feed."""
        return _("Sulh: corrections and other changes")

    def subtitle(self) -> str:
        """The description of the feed."""
        return _("Every published change of the casebook, with the note that its editors wrote.")

    def link(self, asked: Any) -> str:
        """The page that shows the same changes."""
        return f"{settings.SITE_URL}{asked.request.path.removesuffix('feed.xml')}"

    def feed_url(self, asked: Any) -> str:
        """The address of the feed."""
        return f"{settings.SITE_URL}{asked.request.get_full_path()}"

    def items(self, asked: Any) -> list[Revision]:
        """The newest changes."""
        return list(asked.qs[:MAX_SHOWN])

    def item_title(self, item: Revision) -> str:
        """The entry and the kind of change."""
        return _valid_xml(f"{item.entry}: {item.get_change_class_display()}")

    def item_description(self, item: Revision) -> str:
        """The note."""
        return _valid_xml(item.shown_note)

    def item_link(self, item: Revision) -> str:
        """The page of the change; of a retracted entry, the page with the reason."""
        address = item.entry.get_absolute_url() if item.entry.is_retracted else item.get_absolute_url()
        return f"{settings.SITE_URL}{address}"

    def item_guid(self, item: Revision) -> str:
        """A permanent identifier, the same in every language."""
        return f"urn:sha256:{item.digest}"

    def item_author_name(self, item: Revision) -> str:
        """Who is credited."""
        return _valid_xml(item.shown_credit) or _("The editors")

    def item_pubdate(self, item: Revision) -> Any:
        """When it became public."""
        return item.created_at

    def item_updateddate(self, item: Revision) -> Any:
        """The same as item_pubdate: a revision never changes."""
        return item.created_at


def _valid_xml(text: str) -> str:
    return INVALID_IN_XML.sub("", text)
