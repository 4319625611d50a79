"""Signed heads of the chain: one line of text each, which proves all that was published before it.

A line has seven words: the format, the moment (UTC), the address of the casebook, the number of revisions,
the digest of the newest one, the public key and the signature. The signature (Ed25519) is of the six words
before it, with single spaces between them, in UTF-8. Key and signature are in base64.
"""

import base64
import binascii
import datetime
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from publishing.head_keys import public_key
from publishing.models import ChainHead, Revision

FORMAT = "sulh-head-1"
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
LINE = re.compile(
    rf"(?P<signed>{FORMAT} (?P<made_at>\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (?P<site>https?://\S+) "
    r"(?P<revisions>[1-9]\d{0,14}) (?P<digest>[0-9a-f]{64}) (?P<key>[A-Za-z0-9+/]{43}=)) "
    r"(?P<signature>[A-Za-z0-9+/]{86}==)",
    re.ASCII,
)


class InvalidHead(Exception):
    """A line that proves nothing, or that the chain contradicts: why."""


class Head(NamedTuple):
    """What a line says; `signed` is the part that its signature is of."""

    made_at: datetime.datetime
    site: str
    revisions: int
    digest: str
    key: str
    signed: str
    signature: str

    def __str__(self) -> str:
        return f"{self.signed} {self.signature}"


def sign_head(key: Ed25519PrivateKey, now: datetime.datetime) -> Head | None:
    """The signed head of the chain as it is; None while there are no revisions.

    The caller holds the lock of publishing, so that number and digest belong together.
    """
    revisions, digest = Revision.objects.count(), ChainHead.objects.get(pk=1).digest
    if not revisions:
        return None
    signed = " ".join(
        (FORMAT, now.strftime(MOMENT), settings.SITE_URL, str(revisions), digest, public_key(key))
    )
    return read_head(f"{signed} {base64.b64encode(key.sign(signed.encode())).decode()}")


def read_head(line: str) -> Head:
    """What the line says. Raises InvalidHead where it is no head, or its signature is not of what it says."""
    match = LINE.fullmatch(line.strip())
    if match is None:
        raise InvalidHead(f"no signed head: it must have seven words, the first of them {FORMAT}")
    try:
        made_at = datetime.datetime.strptime(match["made_at"], MOMENT).replace(tzinfo=datetime.UTC)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(match["key"], validate=True))
        key.verify(base64.b64decode(match["signature"], validate=True), match["signed"].encode())
    except (InvalidSignature, ValueError, binascii.Error) as error:
        raise InvalidHead("the signature is not of this line: the line was changed") from error
    return Head(
        made_at,
        match["site"],
        int(match["revisions"]),
        match["digest"],
        match["key"],
        match["signed"],
        match["signature"],
    )


def lines_with_heads(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that are neither empty nor comments, each with its number."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def why_not_signed_by(head: Head, key: str | None) -> str | None:
    """Why the head was not signed with this public key; None where it was, or where no key is known."""
    if key is None or head.key == key:
        return None
    if head.site != settings.SITE_URL:
        return f"is of another casebook: {head.site}, and not {settings.SITE_URL}"
    return f"was signed with another key: {head.key}, and not {key}"


def why_contradicted(heads: Iterable[Head]) -> Iterator[tuple[Head, str]]:
    """The heads that the chain in the database contradicts, each with the reason.

    A chain whose links hold and that was recomputed from its beginning is found by this alone.
    """
    heads = list(heads)
    digests = dict(enumerate(_digests_until(max((head.revisions for head in heads), default=0)), start=1))
    for head in heads:
        if head.revisions > len(digests):
            yield (
                head,
                f"there were {head.revisions} revisions, and now there are {len(digests)}: "
                "revisions were removed, or an older backup was restored",
            )
        elif digests[head.revisions] != head.digest:
            yield (
                head,
                f"revision {head.revisions} of the chain had the digest {head.digest}, and now has "
                f"{digests[head.revisions]}: what was published until then was changed afterwards, "
                "and the chain computed again",
            )


def _digests_until(number: int) -> Iterator[str]:
    """The digests of the oldest revisions, in the order of the chain."""
    return Revision.objects.order_by("pk").values_list("digest", flat=True)[:number].iterator(chunk_size=2000)
