"""What never stands in a log."""

import logging
import re

# What follows is the only key to a private page.
SECRET = re.compile(r"(/(?:proposals(?:/confirm)?|preview|invitation)/)(?!confirm/)[^/\s]+")


class WithoutSecretAddresses(logging.Filter):
    """Takes the tokens of private links out of whatever is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always log it, in the safe form."""
        record.msg = _safe(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_safe(one) for one in record.args)
        return True


def _safe(said: object) -> object:
    return SECRET.sub(r"\1…", said) if isinstance(said, str) else said
