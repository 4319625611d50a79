"""Counts requests for each sender, who is known by a keyed digest that is valid for one day."""

import datetime
import hashlib
import hmac
import secrets

from django.db import transaction
from django.db.models import F

from contributions.models import DailyKey, RateCounter, SenderBlock, UsedToken

KEEP_FOR = datetime.timedelta(days=2)


def sender_digest(address: str, now: datetime.datetime) -> str:
    """The keyed digest that replaces a network address on this day; the address itself is not stored."""
    key = DailyKey.objects.filter(day=now.date()).first()
    if key is None:
        new_key = DailyKey(day=now.date(), key=secrets.token_hex(32))
        DailyKey.objects.bulk_create([new_key], ignore_conflicts=True)
        key = DailyKey.objects.get(day=now.date())
    return hmac.new(bytes.fromhex(key.key), address.encode(), hashlib.sha256).hexdigest()


def start_of_hour(now: datetime.datetime) -> datetime.datetime:
    """The start of the hour."""
    return now.replace(minute=0, second=0, microsecond=0)


def start_of_day(now: datetime.datetime) -> datetime.datetime:
    """The start of the day."""
    return start_of_hour(now).replace(hour=0)


def current_count(of: str, begins_at: datetime.datetime) -> int:
    """The count for the period, without locking it; other transactions may be adding to it."""
    counter = RateCounter.objects.filter(of=of, begins_at=begins_at).first()
    return counter.count if counter else 0


@transaction.atomic
def increment(of: str, begins_at: datetime.datetime) -> int:
    """Add one and return the new count. Requests that count the same wait until the transaction ends."""
    counters = RateCounter.objects.filter(of=of, begins_at=begins_at)
    if not counters.update(count=F("count") + 1):
        RateCounter.objects.bulk_create([RateCounter(of=of, begins_at=begins_at)], ignore_conflicts=True)
        counters.update(count=F("count") + 1)
    return counters.get().count


def delete_expired(now: datetime.datetime) -> int:
    """Delete expired counters, used tokens, sender blocks and keys; return how many rows."""
    expired = (
        RateCounter.objects.filter(begins_at__lt=now - KEEP_FOR),
        UsedToken.objects.filter(expires_at__lt=now),
        SenderBlock.objects.filter(until__lt=now - KEEP_FOR),
        DailyKey.objects.filter(day__lt=now.date()),
    )
    return sum(rows.delete()[0] for rows in expired)
