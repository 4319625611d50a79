"""Keeps secret addresses out of the logs."""

import logging
import re

# The part after these prefixes is the secret of a private page: of a contribution, a preview, an invitation,
# a new address or a new password. An address may stand inside another one too: ?next=%2Fen%2Fpreview%2F….
SLASH = r"(?:/|%2[Ff])"
PREFIXES = (
    "proposals/confirm",
    "proposals",
    "preview",
    "invitation",
    "address/confirm",
    "password/reset/key",
)
SECRET = re.compile(
    rf"({SLASH}(?:{'|'.join(prefix.replace('/', SLASH) for prefix in PREFIXES)}){SLASH})"
    rf"(?!confirm{SLASH}|done{SLASH})(?:(?!%2[Ff])[^/\s?&\"'])+"
)


class WithoutSecretAddresses(logging.Formatter):
    """Writes records without the tokens of private links, wherever in a record they stand."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's text, with its exception, without tokens."""
        return without_secrets(super().format(record))


def without_secrets(text: str) -> str:
    """The text, in which … stands for each token of a private link."""
    return SECRET.sub(r"\1…", text)
