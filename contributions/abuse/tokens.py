"""Tokens of forms, waiting times and private links, and the proof of work of a sender's browser."""

import base64
import datetime
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from contributions.models import Contribution
from publishing.numbers import parse_number
from publishing.tokens import token_digest

FORM, WAIT = "contributions.form", "contributions.wait"
FOLLOW, CONFIRM = "contributions.follow", "contributions.confirm"


class InvalidToken(Exception):
    """Not a token of ours, or the token of another form."""


@dataclass(frozen=True)
class FormToken:
    """The token of one form: the revision that the form was made for, and when."""

    text: str
    number: int | None
    made_at: datetime.datetime

    @property
    def digest(self) -> str:
        """What is stored once the token was used."""
        return token_digest(self.text)

    def age_at(self, now: datetime.datetime) -> datetime.timedelta:
        """How long the form has been open."""
        return now - self.made_at


def form_token(key: str, at: str, number: int | None, now: datetime.datetime) -> str:
    """A token for one form: the key of the entry (or the kind of a new one), the target and the revision."""
    payload = {
        "key": key,
        "at": at,
        "number": number,
        "made": now.timestamp(),
        "nonce": secrets.token_urlsafe(9),
    }
    return signing.dumps(payload, salt=FORM)


def read_form_token(text: str, key: str, at: str) -> FormToken:
    """Read the token of this form; raises InvalidToken."""
    payload = _read(text, FORM)
    if (payload["key"], payload["at"]) != (key, at):
        raise InvalidToken
    candidates = datetime.datetime.fromtimestamp(payload["made"], datetime.UTC)
    return FormToken(text, payload["number"], candidates)


def entry_key(text: str) -> str:
    """The key of the entry that the form was opened on; "" for a new entry. Raises InvalidToken."""
    payload = _read(text, FORM)
    return "" if payload["number"] is None else payload["key"]


def wait_ticket(form: FormToken, until: datetime.datetime) -> str:
    """A ticket with which the form is accepted after `until`, without proof of work."""
    return signing.dumps({"of": form.digest, "until": until.timestamp()}, salt=WAIT)


def has_waited(ticket: str, form: FormToken, now: datetime.datetime) -> bool:
    """Whether the ticket belongs to this form and its waiting time is over."""
    try:
        payload = _read(ticket, WAIT)
    except InvalidToken:
        return False
    return bool(payload["of"] == form.digest and payload["until"] <= now.timestamp())


def has_done_work(answer: str, form: FormToken) -> bool:
    """Whether the number that the browser found gives a digest with enough leading zero bits."""
    if parse_number(answer, max_digits=12) is None:
        return False
    digest = hashlib.sha256(f"{form.digest}:{answer}".encode()).digest()
    return int.from_bytes(digest) >> (256 - settings.DOOR["challenge_bits"]) == 0


def follow_token(contribution: Contribution) -> str:
    """The token of the private link, derived from the secret key; only its digest is stored."""
    return _keyed_token(FOLLOW, str(contribution.pk), contribution.token_digest)


def confirm_token(contribution: Contribution) -> str:
    """The token of the link that confirms the contribution's address."""
    return _keyed_token(CONFIRM, f"{contribution.pk}:{contribution.mail}", contribution.confirm_digest)


def _keyed_token(salt: str, of: str, digest: str) -> str:
    """Derived from the current secret key, or from an older one if the link was made with that."""
    candidates = [
        base64.urlsafe_b64encode(salted_hmac(salt, of, secret=key, algorithm="sha256").digest()[:24]).decode()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    matching = (token for token in candidates if constant_time_compare(token_digest(token), digest))
    return next(matching, candidates[0])


def _read(text: str, salt: str) -> dict[str, Any]:
    try:
        payload = signing.loads(text, salt=salt)
    except signing.BadSignature as error:
        raise InvalidToken from error
    return payload
