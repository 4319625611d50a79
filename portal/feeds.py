"""The feed of the page of changes, with its filters."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.views import requested_changes
from publishing.feeds import RevisionsFeed, valid_xml
from publishing.languages import join_list, labelled
from publishing.requests import KNOWS_QUERY


class ChangesFeed(RevisionsFeed):
    """The newest changes, with the filters of the page of changes."""

    def get_object(self, request: HttpRequest) -> Any:
        """The filtered changes. Raises BadRequest where a slip would follow something else for ever."""
        asked = requested_changes(request, with_content=True)
        if any(asked.not_understood) or any(asked.ambiguous):
            raise BadRequest("a question that the log does not understand")
        request.META[KNOWS_QUERY] = True
        return asked

    def revisions(self, asked: Any) -> Any:
        """Those that are asked for."""
        return asked.qs

    def title(self, asked: Any) -> str:
        """The title of the feed, with what is asked for."""
        title = _("Sulh: corrections and other changes")
        parts = [labelled(label, value) for label, value, _without in asked.active_filters]
        return valid_xml(f"{title} ({join_list(parts)})" if parts else title)

    def subtitle(self) -> str:
        """The description of the feed."""
        return _("Every published change of the casebook, with the note that its editors wrote.")

    def page(self, asked: Any) -> str:
        """The page of changes with the same filters."""
        query = asked.request.GET.urlencode()
        return f"{asked.request.path.removesuffix('feed.xml')}{'?' if query else ''}{query}"

    def feed_url(self, asked: Any) -> str:
        """The address of the feed."""
        return f"{settings.SITE_URL}{asked.request.get_full_path()}"
