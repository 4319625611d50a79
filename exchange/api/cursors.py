"""Where a list goes on: after a key, which stays where it is whatever is published meanwhile."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from exchange.tables import KEY_BYTES

LONGEST = 200
# How a cursor is written, whatever it says.
SHAPE = rf"[A-Za-z0-9_-]{{8,{LONGEST}}}"


class NoCursor(ValueError):
    """Not a cursor of ours, or that of another question."""


@dataclass(frozen=True)
class Cursor:
    """After which row the next page begins, and which position it had.

    after: the key. position: where to go on if it is gone meanwhile. of: a digest of the question.
    """

    after: str
    position: int
    of: str

    def __str__(self) -> str:
        text = json.dumps([self.after, self.position, self.of], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def begins_at(self, keys: bytes) -> int:
        """The position in the packed keys at which the next page begins."""
        wanted, at = UUID(self.after).bytes, -1
        while (at := keys.find(wanted, at + 1)) != -1:
            if at % KEY_BYTES == 0:
                return at // KEY_BYTES + 1
        return min(self.position, len(keys) // KEY_BYTES)


def question_of(path: str, query: QueryDict) -> str:
    """A short digest of what is asked, without the page of it."""
    asked = sorted(
        (name, values) for name, values in query.lists() if name not in {"cursor", "limit", "fields"}
    )
    return hashlib.blake2b(repr([path, asked]).encode("utf-8", "replace"), digest_size=6).hexdigest()


def read(text: str, of: str) -> Cursor:
    """The cursor; raises NoCursor."""
    if len(text) > LONGEST:
        raise NoCursor
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        after, position, question = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        cursor = Cursor(str(after), position, question)
        UUID(cursor.after)
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise NoCursor from error
    if question != of or type(position) is not int or not 0 <= position < 10**9:
        raise NoCursor
    return cursor
