"""Published changes as an Atom feed, for whoever follows them with a reader."""

import re
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.views import changes_asked
from publishing.models import Revision

MAX_SHOWN = 50
# What XML 1.0 has no place for.
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class ChangesFeed(Feed):
    """The newest changes of those that were asked for, as the log of changes asks."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> Any:
        """What was asked."""
        return changes_asked(request)

    def title(self) -> str:
        """Of the whole feed."""
        return _("Sulh: corrections and other changes")

    def subtitle(self) -> str:
        """What is in it."""
        return _("Every published change of the casebook, with the note that its editors wrote.")

    def link(self, asked: Any) -> str:
        """The page that shows the same."""
        return f"{settings.SITE_URL}{asked.request.path.removesuffix('feed.xml')}"

    def feed_url(self, asked: Any) -> str:
        """Its own address."""
        return f"{settings.SITE_URL}{asked.request.get_full_path()}"

    def items(self, asked: Any) -> list[Revision]:
        """The newest."""
        return list(asked.qs[:MAX_SHOWN])

    def item_title(self, item: Revision) -> str:
        """The entry and what kind of change it was."""
        return _sayable(f"{item.entry}: {item.get_change_class_display()}")

    def item_description(self, item: Revision) -> str:
        """The note."""
        return _sayable(item.note)

    def item_link(self, item: Revision) -> str:
        """What it changed; of a retracted entry why it was retracted."""
        there = item.entry.get_absolute_url() if item.entry.is_retracted else item.get_absolute_url()
        return f"{settings.SITE_URL}{there}"

    def item_guid(self, item: Revision) -> str:
        """The same for ever and in every language."""
        return f"urn:sha256:{item.digest}"

    def item_author_name(self, item: Revision) -> str:
        """Who is credited."""
        return _sayable(item.credit) or _("The editors")

    def item_pubdate(self, item: Revision) -> Any:
        """When it became public."""
        return item.created_at

    def item_updateddate(self, item: Revision) -> Any:
        """The same: a revision never changes."""
        return item.created_at


def _sayable(text: str) -> str:
    return UNSPEAKABLE.sub("", text)
