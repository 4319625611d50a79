"""What is signed: forms, waits, private links; and the work that a sender's browser may be asked to do."""

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
    """No token of ours, or that of another form."""


@dataclass(frozen=True)
class FormToken:
    """What a form was made for, and when."""

    text: str
    number: int | None
    made_at: datetime.datetime

    @property
    def digest(self) -> str:
        """What is stored of it once it is spent."""
        return token_digest(self.text)

    def age_at(self, now: datetime.datetime) -> datetime.timedelta:
        """How long the form was open."""
        return now - self.made_at


def form_token(key: str, at: str, number: int | None, now: datetime.datetime) -> str:
    """A token for one form: the key of the entry (or its kind, where it is new), the place, the revision."""
    said = {
        "key": key,
        "at": at,
        "number": number,
        "made": now.timestamp(),
        "nonce": secrets.token_urlsafe(9),
    }
    return signing.dumps(said, salt=FORM)


def read_form_token(text: str, key: str, at: str) -> FormToken:
    """The token, where it is ours and of this form; raises Forged."""
    said = _read(text, FORM)
    if (said["key"], said["at"]) != (key, at):
        raise InvalidToken
    made = datetime.datetime.fromtimestamp(said["made"], datetime.UTC)
    return FormToken(text, said["number"], made)


def wait_ticket(form: FormToken, until: datetime.datetime) -> str:
    """A ticket that lets the form through from a moment on, without any work."""
    return signing.dumps({"of": form.digest, "until": until.timestamp()}, salt=WAIT)


def has_waited(ticket: str, form: FormToken, now: datetime.datetime) -> bool:
    """Whether the ticket is of this form, and its time has come."""
    try:
        said = _read(ticket, WAIT)
    except InvalidToken:
        return False
    return bool(said["of"] == form.digest and said["until"] <= now.timestamp())


def has_worked(answer: str, form: FormToken) -> bool:
    """Whether the browser found a number that makes the digest begin with enough zeros."""
    if parse_number(answer, max_digits=12) is None:
        return False
    found = hashlib.sha256(f"{form.digest}:{answer}".encode()).digest()
    return int.from_bytes(found) >> (256 - settings.DOOR["challenge_bits"]) == 0


def follow_token(contribution: Contribution) -> str:
    """The token of the private link, made anew from the secret key: nothing that is stored holds it."""
    return _of_key(FOLLOW, str(contribution.pk), contribution.token_digest)


def confirm_token(contribution: Contribution) -> str:
    """The token of the link that confirms the contribution's address."""
    return _of_key(CONFIRM, f"{contribution.pk}:{contribution.mail}", contribution.confirm_digest)


def _of_key(salt: str, of: str, digest: str) -> str:
    """By today's secret key; or by an earlier one, where the link was made with that."""
    made = [
        base64.urlsafe_b64encode(salted_hmac(salt, of, secret=key, algorithm="sha256").digest()[:24]).decode()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    return next((one for one in made if constant_time_compare(token_digest(one), digest)), made[0])


def _read(text: str, salt: str) -> dict[str, Any]:
    try:
        said = signing.loads(text, salt=salt)
    except signing.BadSignature as error:
        raise InvalidToken from error
    return said
