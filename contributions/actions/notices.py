"""Mails to moderators about new contributions, as often as each of them wants."""

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from accounts.actions import write_mail
from contributions import mail
from contributions.models import Contribution, NoticePreference
from contributions.vocabulary import Notices

# A contribution of the last seconds may not be committed yet; it is reported the next time.
COMMIT_DELAY = datetime.timedelta(seconds=10)
DAY = datetime.timedelta(days=1)
# So many mails about one contribution each; the rest goes into one mail.
MAX_SINGLE_MAILS = 5


def notify_moderators(now: datetime.datetime) -> int:
    """Queue the mails that moderators want now; return how many."""
    staff = get_user_model()._default_manager.filter(is_active=True, is_staff=True).exclude(email="")
    moderators = [user for user in staff.order_by("pk") if user.has_perm("publishing.decide_proposal")]
    return sum(_notify(moderator, now) for moderator in moderators)


@transaction.atomic
def _notify(moderator: Any, now: datetime.datetime) -> int:
    until = now - COMMIT_DELAY
    NoticePreference.objects.get_or_create(account=moderator)
    preference = NoticePreference.objects.select_for_update().get(account=moderator)
    since = preference.told_until
    is_early = preference.notices == Notices.DAILY and since is not None and until - since < DAY
    if is_early:
        return 0
    preference.told_until = until
    preference.save(update_fields=["told_until"])
    if since is None or preference.notices == Notices.NONE:
        return 0
    new = Contribution.objects.undecided().filter(
        proposal__submitted_at__gt=since, proposal__submitted_at__lte=until
    )
    contributions = list(new.select_related("proposal__entry").order_by("proposal__submitted_at", "pk"))
    if not contributions:
        return 0
    batches = _batches(contributions) if preference.notices == Notices.IMMEDIATE else [contributions]
    for batch in batches:
        write_mail(
            moderator.email, *mail.new_contributions_mail(batch, Contribution.objects.undecided().count())
        )
    return len(batches)


def _batches(contributions: list[Contribution]) -> list[list[Contribution]]:
    single, rest = contributions[:MAX_SINGLE_MAILS], contributions[MAX_SINGLE_MAILS:]
    return [*([contribution] for contribution in single), *([rest] if rest else [])]
