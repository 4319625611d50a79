"""Tokens of private links: only their digest is stored, so that nobody reads a link in the tables."""

import hashlib


def token_digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
