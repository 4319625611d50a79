"""The worker looks at the links that senders gave, each once, so that moderators know what they follow."""

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from contributions.models import Contribution, SentLinkCheck
from sources import links
from sources.links import Seen

# At one turn: a look may take twenty seconds, and mail waits for it.
MAX_CHECKS = 3


def check_links(look: Callable[[str], Seen] = links.look) -> int:
    """Look at the oldest links of what waits and note how they answered; how many that were.

    The look itself is outside of any transaction; a silent server holds up nothing but this.
    """
    if not settings.CHECK_SENT_LINKS:
        return 0
    waiting = Contribution.objects.undecided().filter(link_check=None).order_by("sent_at")
    # A reference with words around its link is for people to read.
    waiting = waiting.filter(source_reference__istartswith="http").exclude(source_reference__contains=" ")
    due = [*waiting[:MAX_CHECKS]]
    for one in due:
        seen = look(one.source_reference)
        found = {"checked_at": timezone.now(), "result": seen.result, "status_code": seen.status_code}
        # Two workers at once note one look.
        SentLinkCheck.objects.get_or_create(contribution=one, defaults=found)
    return len(due)
