"""Receives a proposal through the public door."""

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
from contributions.abuse.rate_limits import current_count, increment, start_of_day, start_of_hour
from contributions.models import Contribution, UsedToken
from contributions.review.touched_fields import touched_fields
from publishing import snapshots
from publishing.actions import publishing
from publishing.models import Revision
from publishing.proposals import changes_of
from publishing.rules import Refusal, why_not_thaw
from publishing.rules.contents import refusal_of_the_database
from publishing.snapshots import Snapshot
from publishing.tokens import token_digest

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Submission:
    """What was sent with a form besides the wanted snapshot: sender, language, reason and source.

    network: the wide network of the sender. content_digest: of all that was typed into the form.
    """

    sender: str
    network: str
    content_digest: str
    language: str
    offered: list[str]
    change_class: str
    fields: dict[str, Any]


def send(
    wanted: Snapshot, *, base: Revision | None, token: tokens.FormToken, submission: Submission
) -> tuple[Contribution, str]:
    """Save the proposal for the moderators; return it with the token of its private link.

    Raises Refusal; its code is "sent" where something was sent with the same form before (`sent_before`).
    """
    now = timezone.now()
    if refusal := _why_not_store(wanted, base, submission.offered):
        raise refusal
    with transaction.atomic():
        _count(submission, base.entry_id if base else wanted["kind"], now)
        used = _use_token(token, now, submission.content_digest)
        contribution = _save(wanted, base, submission, now)
        UsedToken.objects.filter(pk=used.pk).update(contribution=contribution)
    log.info("contribution %s: a %s", contribution.pk, wanted["kind"])
    return contribution, tokens.follow_token(contribution)


def why_not_receive_now(sender: str, network: str, entry: Any, now: datetime.datetime) -> Refusal | None:
    """Check the limits without counting: a cheap test before the expensive work, for floods of requests.

    entry: the key of the entry that is to be changed, or the kind of a new one.
    """
    counters = _counters(sender, network, entry, now)
    counts = {name: current_count(*counter) + 1 for name, counter in counters.items()}
    return rules.why_not_receive_more(_counts(counts))


def _counters(
    sender: str, network: str, entry: Any, now: datetime.datetime
) -> dict[str, tuple[str, datetime.datetime]]:
    """What is counted, by its name in rules.Counts, with the start of the period in which it is.

    The counter of all senders comes first: it makes concurrent requests wait for each other.
    """
    hour, day = start_of_hour(now), start_of_day(now)
    return {
        "of_all": ("all", hour),
        "in_hour": (f"hour:{sender}", hour),
        "in_day": (f"day:{sender}", day),
        "of_network_in_hour": (f"network hour:{network}", hour),
        "of_network_in_day": (f"network day:{network}", day),
        "of_entry_in_day": (f"entry:{entry}", day),
    }


def _counts(counts: dict[str, int]) -> rules.Counts:
    return rules.Counts(**counts, waiting=Contribution.objects.undecided().count())


def _why_not_store(wanted: Snapshot, base: Revision | None, offered: list[str]) -> Refusal | None:
    """Ask the rules and then, in a rehearsal, the constraints of the tables."""
    changes = snapshots.changes_since(base.snapshot if base else None, wanted)
    if refusal := rules.why_not_propose(changes, offered, is_new=base is None) or why_not_thaw(wanted):
        return refusal
    try:
        with snapshots.rehearsal():
            snapshots.thaw(wanted)
    except (IntegrityError, DataError) as error:
        return refusal_of_the_database(error, wanted["kind"])
    return None


def _count(submission: Submission, entry: Any, now: datetime.datetime) -> None:
    counters = _counters(submission.sender, submission.network, entry, now)
    counts = {name: increment(*counter) for name, counter in counters.items()}
    if refusal := rules.why_not_receive_more(_counts(counts)):
        raise refusal


def sent_before(token: tokens.FormToken) -> UsedToken | None:
    """What was sent with this form before, or None."""
    used = UsedToken.objects.filter(token_digest=token.digest)
    return used.select_related("contribution").first()


def _use_token(token: tokens.FormToken, now: datetime.datetime, content_digest: str) -> UsedToken:
    until = now + datetime.timedelta(hours=settings.DOOR["max_hours"])
    try:
        with transaction.atomic():
            return UsedToken.objects.create(
                token_digest=token.digest, expires_at=until, content_digest=content_digest
            )
    except IntegrityError as error:
        raise rules.refusal_of_used_form() from error


def _save(
    wanted: Snapshot, base: Revision | None, submission: Submission, now: datetime.datetime
) -> Contribution:
    fields = dict(submission.fields)
    reason, is_credited = fields.pop("reason"), fields["wants_credit"]
    proposal = publishing.propose_publicly(
        wanted,
        base=base,
        note=reason,
        note_language=submission.language,
        change_class=submission.change_class,
        credit=fields["name"] if is_credited else "",
    )
    contribution = Contribution(
        proposal=proposal,
        sender=submission.sender,
        language=submission.language,
        offered=submission.offered,
        facts=touched_fields(changes_of(proposal), is_new=base is None),
        sent_at=now,
        **fields,
    )
    contribution.token_digest = token_digest(tokens.follow_token(contribution))
    if contribution.mail and not _has_reached_mail_limit(contribution.mail, now):
        contribution.confirm_digest = token_digest(tokens.confirm_token(contribution))
        write_mail(contribution.mail, *mail.confirmation_mail(contribution), is_to_sender=True)
    contribution.save(force_insert=True)
    return contribution


def _has_reached_mail_limit(address: str, now: datetime.datetime) -> bool:
    """Whether the address has got its mails for today; nobody may use the form to flood it."""
    of = f"mail:{token_digest(f'{settings.SECRET_KEY}{now.date()}{address.lower()}')}"
    if current_count(of, start_of_day(now)) >= settings.DOOR["max_mails_in_a_day"]:
        return True
    increment(of, start_of_day(now))
    return False
