"""Keeps secret addresses out of the logs."""

import logging
import re

# The part after these prefixes is the secret token of a private page.
SECRET = re.compile(r"(/(?:proposals(?:/confirm)?|preview|invitation)/)(?!confirm/)[^/\s]+")


class WithoutSecretAddresses(logging.Filter):
    """Removes the tokens of private links from log records."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, without tokens."""
        record.msg = _safe(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_safe(argument) for argument in record.args)
        return True


def _safe(value: object) -> object:
    return SECRET.sub(r"\1…", value) if isinstance(value, str) else value
