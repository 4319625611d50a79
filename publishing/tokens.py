"""Tokens of private links, of which only the digest is stored, and of opened forms."""

import hashlib
import secrets

# What the token of an opened form looks like.
FORM_TOKEN = r"[A-Za-z0-9_-]{8,22}"  # noqa: S105 - a pattern


def new_token() -> str:
    """A token that tells one opened form from all others; it is no secret."""
    return secrets.token_urlsafe(9)


def token_digest(token: str) -> str:
    """The SHA-256 digest of the token, as it is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
