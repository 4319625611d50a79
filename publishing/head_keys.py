"""The key that signs the head of the chain: a file outside the database."""

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def signing_key() -> Ed25519PrivateKey | None:
    """The key in the file that HEAD_KEY names; None without one. Raises ImproperlyConfigured."""
    if settings.HEAD_KEY is None:
        return None
    try:
        key = load_pem_private_key(settings.HEAD_KEY.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise ImproperlyConfigured(
            f"HEAD_KEY is {settings.HEAD_KEY}, which cannot be read as a key: {error}. "
            "Make one: manage.py make_head_key FILE."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured(
            f"HEAD_KEY is {settings.HEAD_KEY}, which is no key for Ed25519. "
            "Make one: manage.py make_head_key FILE."
        )
    return key


def write_new_key(file: Path) -> str:
    """Write a new key to the file, for its owner alone; returns the public key. Raises FileExistsError."""
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(text)
    return public_key(key)


def public_key(key: Ed25519PrivateKey) -> str:
    """The public key that belongs to the key, in base64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def as_pem(key: str) -> str:
    """The public key as the text of a file that OpenSSL reads."""
    found = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
    return found.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
