"""Tokens of private links: only their digest is stored, so the database does not reveal the links."""

import hashlib


def token_digest(token: str) -> str:
    """The SHA-256 digest of the token, as it is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
