"""Links, how they answer, and looks that were noted some time ago."""

import datetime

from django.utils import timezone

from sources.actions import record_link_check
from sources.links import Seen
from sources.models import LinkCheck, Source
from sources.vocabulary import LinkResult

URL, COPY = "https://site.example/a", "https://archive.example/a"
WORKS, MOVED, GONE = Seen(LinkResult.WORKS, 200), Seen(LinkResult.MOVED, 200), Seen(LinkResult.GONE, 404)
REFUSED, SILENT, INSIDE = (
    Seen(LinkResult.REFUSED, 403),
    Seen(LinkResult.UNREACHABLE),
    Seen(LinkResult.NOT_PUBLIC),
)


def noted(source: Source, url: str = URL, seen: Seen = WORKS, *, days_ago: int = 0) -> LinkCheck:
    """A look that was noted so many days ago."""
    check = record_link_check(source, url, seen)
    assert check is not None
    LinkCheck.objects.filter(pk=check.pk).update(
        checked_at=timezone.now() - datetime.timedelta(days=days_ago)
    )
    return check
