"""Who sent how much: senders by a key that lasts a day, and tallies that no two requests can both miss."""

import datetime
import hashlib
import hmac
import secrets

from django.db import transaction
from django.db.models import F

from contributions.models import DailyKey, RateCounter, SenderBlock, UsedToken

KEPT = datetime.timedelta(days=2)


def sender_digest(address: str, now: datetime.datetime) -> str:
    """What stands for a network address on this day; the address itself is kept nowhere."""
    key = DailyKey.objects.filter(day=now.date()).first()
    if key is None:
        fresh = DailyKey(day=now.date(), key=secrets.token_hex(32))
        DailyKey.objects.bulk_create([fresh], ignore_conflicts=True)
        key = DailyKey.objects.get(day=now.date())
    return hmac.new(bytes.fromhex(key.key), address.encode(), hashlib.sha256).hexdigest()


def hour_of(now: datetime.datetime) -> datetime.datetime:
    """When the hour began."""
    return now.replace(minute=0, second=0, microsecond=0)


def day_of(now: datetime.datetime) -> datetime.datetime:
    """When the day began."""
    return hour_of(now).replace(hour=0)


def count_of(of: str, begins_at: datetime.datetime) -> int:
    """How often it was done in the span, as far as one can see from here."""
    tally = RateCounter.objects.filter(of=of, begins_at=begins_at).first()
    return tally.count if tally else 0


@transaction.atomic
def increment(of: str, begins_at: datetime.datetime) -> int:
    """Count one more; how many there are now. Others who count the same wait for the transaction's end."""
    tallies = RateCounter.objects.filter(of=of, begins_at=begins_at)
    if not tallies.update(count=F("count") + 1):
        RateCounter.objects.bulk_create([RateCounter(of=of, begins_at=begins_at)], ignore_conflicts=True)
        tallies.update(count=F("count") + 1)
    return tallies.get().count


def delete_expired(now: datetime.datetime) -> int:
    """Forget tallies, spent tokens, pauses and keys whose time is over; how many rows that were."""
    over = (
        RateCounter.objects.filter(begins_at__lt=now - KEPT),
        UsedToken.objects.filter(expires_at__lt=now),
        SenderBlock.objects.filter(until__lt=now - KEPT),
        DailyKey.objects.filter(day__lt=now.date()),
    )
    return sum(rows.delete()[0] for rows in over)
