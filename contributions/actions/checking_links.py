"""The worker checks each link that senders gave, once, before a moderator opens it."""

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from contributions.models import Contribution, SentLinkCheck
from sources import links
from sources.links import LinkResponse

# In one run: a check may take twenty seconds, and mail waits for it.
MAX_CHECKS = 3


def check_links(check: Callable[[str], LinkResponse] = links.check_link) -> int:
    """Check the links of the oldest undecided contributions and store the results; return how many.

    No transaction is open during a check, so that a slow server delays nothing else.
    """
    if not settings.CHECK_SENT_LINKS:
        return 0
    waiting = Contribution.objects.undecided().filter(link_check=None).order_by("sent_at")
    # A reference that is more than a link is for people to read.
    waiting = waiting.filter(source_reference__istartswith="http").exclude(source_reference__contains=" ")
    due = [*waiting[:MAX_CHECKS]]
    for contribution in due:
        response = check(contribution.source_reference)
        values = {
            "checked_at": timezone.now(),
            "result": response.result,
            "status_code": response.status_code,
        }
        # Two workers at the same time store one check.
        SentLinkCheck.objects.get_or_create(contribution=contribution, defaults=values)
    return len(due)
