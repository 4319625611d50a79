"""Moderators are told by mail of what came in, as often as each wishes."""

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from accounts.actions import write_mail
from contributions import mail
from contributions.models import Contribution, NoticePreference
from contributions.vocabulary import Notices

# What came in just now may still be unseen by others; it is told the next time.
SETTLED = datetime.timedelta(seconds=10)
DAY = datetime.timedelta(days=1)
# So many letters of one contribution each; the rest of one round goes into one letter.
MAX_LETTERS = 5


def tell_moderators(now: datetime.datetime) -> int:
    """Leave a letter for each moderator who wishes one now; how many letters."""
    staff = get_user_model()._default_manager.filter(is_active=True, is_staff=True).exclude(email="")
    moderators = [one for one in staff.order_by("pk") if one.has_perm("publishing.decide_proposal")]
    return sum(_tell(moderator, now) for moderator in moderators)


@transaction.atomic
def _tell(moderator: Any, now: datetime.datetime) -> int:
    until = now - SETTLED
    NoticePreference.objects.get_or_create(account=moderator)
    wish = NoticePreference.objects.select_for_update().get(account=moderator)
    since = wish.told_until
    is_early = wish.notices == Notices.DAILY and since is not None and until - since < DAY
    if is_early:
        return 0
    wish.told_until = until
    wish.save(update_fields=["told_until"])
    if since is None or wish.notices == Notices.NONE:
        return 0
    came = Contribution.objects.undecided().filter(
        proposal__submitted_at__gt=since, proposal__submitted_at__lte=until
    )
    found = list(came.select_related("proposal__entry").order_by("proposal__submitted_at", "pk"))
    letters_of = _rounds(found) if wish.notices == Notices.IMMEDIATE else [found] if found else []
    for one in letters_of:
        write_mail(
            moderator.email, *mail.new_contributions_mail(one, Contribution.objects.undecided().count())
        )
    return len(letters_of)


def _rounds(found: list[Contribution]) -> list[list[Contribution]]:
    single, rest = found[:MAX_LETTERS], found[MAX_LETTERS:]
    return [*([one] for one in single), *([rest] if rest else [])]
