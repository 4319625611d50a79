"""A proposal comes in through the public door."""

import datetime
import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from accounts.actions import write_mail
from contributions import mail, rules
from contributions.abuse import tokens
from contributions.abuse.rate_limits import count_of, day_of, hour_of, increment
from contributions.models import Contribution, UsedToken
from contributions.review.touched_fields import touched_fields
from publishing import snapshots
from publishing.actions import database, publishing
from publishing.models import Revision
from publishing.proposals import changes_of
from publishing.rules import Refusal, why_not_thaw
from publishing.snapshots import Snapshot
from publishing.tokens import token_digest

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """What was sent with a form besides the entry as it should be: from where, and in whose words."""

    sender: str
    language: str
    offered: list[str]
    change_class: str
    said: dict[str, Any]


def send(
    wanted: Snapshot, *, base: Revision | None, token: tokens.FormToken, sent: Sent
) -> tuple[Contribution, str]:
    """Keep the proposal for the moderators; with the token of its private link. Raises Refusal."""
    now = timezone.now()
    if refusal := _why_not_wanted(wanted, base, sent.offered):
        raise refusal
    with transaction.atomic():
        _count(sent.sender, now)
        _spend(token, now)
        contribution = _keep(wanted, base, sent, now)
    log.info("contribution %s: a %s", contribution.pk, wanted["kind"])
    return contribution, tokens.follow_token(contribution)


def why_not_now(sender: str, now: datetime.datetime) -> Refusal | None:
    """Whether there is no room at first sight, so that in a flood nothing dear is done in vain."""
    return rules.why_not_take(
        of_all=count_of("all", hour_of(now)) + 1,
        in_hour=count_of(f"hour:{sender}", hour_of(now)) + 1,
        in_day=count_of(f"day:{sender}", day_of(now)) + 1,
        waiting=Contribution.objects.undecided().count(),
    )


def _why_not_wanted(wanted: Snapshot, base: Revision | None, offered: list[str]) -> Refusal | None:
    """What the rules and, in a rehearsal, the tables have against it."""
    changes = snapshots.changes_since(base.snapshot if base else None, wanted)
    if refusal := rules.why_not_propose(changes, offered, is_new=base is None) or why_not_thaw(wanted):
        return refusal
    try:
        with snapshots.rehearsal():
            snapshots.thaw(wanted)
    except (IntegrityError, DataError) as error:
        return database.refusal_of_the_database(error, wanted["kind"])
    return None


def _count(sender: str, now: datetime.datetime) -> None:
    """Count it; the first tally is everybody's, so that no two are let in where there is room for one."""
    refusal = rules.why_not_take(
        of_all=increment("all", hour_of(now)),
        in_hour=increment(f"hour:{sender}", hour_of(now)),
        in_day=increment(f"day:{sender}", day_of(now)),
        waiting=Contribution.objects.undecided().count(),
    )
    if refusal:
        raise refusal


def _spend(token: tokens.FormToken, now: datetime.datetime) -> None:
    until = now + datetime.timedelta(hours=settings.DOOR["max_hours"])
    try:
        with transaction.atomic():
            UsedToken.objects.create(token_digest=token.digest, expires_at=until)
    except IntegrityError as error:
        raise rules.sent_already() from error


def _keep(wanted: Snapshot, base: Revision | None, sent: Sent, now: datetime.datetime) -> Contribution:
    said = dict(sent.said)
    reason, is_credited = said.pop("reason"), said["wants_credit"]
    proposal = publishing.propose_publicly(
        wanted,
        base=base,
        note=reason,
        note_language=sent.language,
        change_class=sent.change_class,
        credit=said["name"] if is_credited else "",
    )
    contribution = Contribution(
        proposal=proposal,
        sender=sent.sender,
        language=sent.language,
        offered=sent.offered,
        facts=touched_fields(changes_of(proposal), is_new=base is None),
        sent_at=now,
        **said,
    )
    contribution.token_digest = token_digest(tokens.follow_token(contribution))
    if contribution.mail and not _is_mailed_enough(contribution.mail, now):
        contribution.confirm_digest = token_digest(tokens.confirm_token(contribution))
        write_mail(contribution.mail, *mail.confirmation_mail(contribution))
    contribution.save(force_insert=True)
    return contribution


def _is_mailed_enough(address: str, now: datetime.datetime) -> bool:
    """Whether the address got its letters of the day, so that nobody is molested through us."""
    of = f"mail:{token_digest(f'{settings.SECRET_KEY}{now.date()}{address.lower()}')}"
    if count_of(of, day_of(now)) >= settings.DOOR["max_mails_in_a_day"]:
        return True
    increment(of, day_of(now))
    return False
