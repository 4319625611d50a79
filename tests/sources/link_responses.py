"""Links, their responses, and checks that were recorded some time ago."""

import datetime

from django.utils import timezone

from sources.actions import record_link_check
from sources.links import LinkResponse
from sources.models import LinkCheck, Source
from sources.vocabulary import LinkResult

URL, COPY = "https://site.example/a", "https://archive.example/a"
WORKS, MOVED, GONE = (
    LinkResponse(LinkResult.WORKS, 200),
    LinkResponse(LinkResult.MOVED, 200),
    LinkResponse(LinkResult.GONE, 404),
)
REFUSED, SILENT, INSIDE = (
    LinkResponse(LinkResult.REFUSED, 403),
    LinkResponse(LinkResult.UNREACHABLE),
    LinkResponse(LinkResult.NOT_PUBLIC),
)


def record_check(
    source: Source, url: str = URL, response: LinkResponse = WORKS, *, days_ago: int = 0
) -> LinkCheck:
    """A check that was recorded so many days ago."""
    check = record_link_check(source, url, response)
    assert check is not None
    LinkCheck.objects.filter(pk=check.pk).update(
        checked_at=timezone.now() - datetime.timedelta(days=days_ago)
    )
    return check
