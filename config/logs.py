"""How logs are written: without the tokens of private links, and as JSON without personal data."""

import datetime
import json
import logging
import re
import smtplib
import traceback
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError

from config.env import ROOT

# The request that is being answered, by a number that says nothing of who sent it; "" outside of one.
REQUEST_KEY = "casebook.request"
current_request: ContextVar[str] = ContextVar("current_request", default="")

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


# Characters that begin a new line, or change the direction or the place of others.
UNSEEN = {
    code: f"\\u{code:04x}"
    for code in (
        *(*range(0x20), *range(0x7F, 0xA0), 0x61C, *range(0x200B, 0x2010)),
        *(*range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF),
    )
}
# What a person is reached by: an address of mail, or of a network. A time (10:15:00) is neither.
MAIL = re.compile(r"(?<![^\s<>\"',;:()])[^\s<>\"',;:()]+@[^\s<>\"',;()]+")
NETWORK = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|(?<![\w:])(?=[\da-fA-F:]*::)[\da-fA-F:]{3,}"
    r"|\b(?:[\da-fA-F]{1,4}:){7}[\da-fA-F]{1,4}\b"
)
# The fields that one of ours may add to a record (`extra`); no other is written.
FIELDS = ("method", "route", "status", "ms", "role")
# Their messages speak of machines, and never of what somebody sent.
OF_MACHINES = (OperationalError, InterfaceError, OSError, ImproperlyConfigured)
MAX_FRAMES = 20


def logging_to_console(formatter: str, *, is_debug: bool) -> dict[str, Any]:
    """What the settings say as LOGGING: everything goes to the console, as "lines" or as "json"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": "config.logs.WithoutSecretAddresses",
                "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
            },
            "json": {"()": "config.logs.JsonLines"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": formatter}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            # Django's own handlers know nothing of our secrets.
            "django": {"handlers": [], "level": "INFO" if is_debug else "WARNING"},
            "django.server": {"handlers": ["console"], "propagate": False},
            "contributions": {"level": "INFO"},
            "publishing": {"level": "INFO"},
            "requests": {"level": "INFO"},
            # Scanners request other hosts all the time; each gets a 400 and needs no log line.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # A request that waits for a thread is normal.
            "waitress.queue": {"level": "ERROR"},
        },
    }


class WithoutSecretAddresses(logging.Formatter):
    """Writes records without the tokens of private links, wherever in a record they stand."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The record's line, which nothing in it can end or turn round."""
        return super().formatMessage(record).translate(UNSEEN)

    def format(self, record: logging.LogRecord) -> str:
        """The record's text, with its exception, without tokens."""
        return without_secrets(super().format(record))


class JsonLines(logging.Formatter):
    """Writes each record as one line of JSON, without addresses, names and what people sent.

    Of an exception it writes the class and where it was raised; its message only where it speaks of machines.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line, in ASCII: other characters are escaped."""
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        fields: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _without_people(_message_of(record)),
            "request": _request_of(record),
            **{name: getattr(record, name) for name in FIELDS if hasattr(record, name)},
        }
        if record.exc_info and record.exc_info[1] is not None:
            fields |= _failed(record.exc_info[1])
        return json.dumps({name: value for name, value in fields.items() if value != ""})


def _request_of(record: logging.LogRecord) -> str:
    """The number of the request; Django logs a status after the answer has left our middleware."""
    meta = getattr(getattr(record, "request", None), "META", {})
    return str(meta.get(REQUEST_KEY, "")) or current_request.get()


def _message_of(record: logging.LogRecord) -> str:
    """The record's message. Of one about a request, Django's own has the path and what was sent; not this."""
    if hasattr(record, "request"):
        status = getattr(record, "status_code", 500)
        return HTTPStatus(status).phrase if status in {*HTTPStatus} else f"status {status}"
    if record.name.startswith("waitress") and record.exc_info:
        # Its message ends in the path.
        return "a request failed"
    if isinstance(record.args, tuple):
        args = tuple(_described(one) if isinstance(one, BaseException) else one for one in record.args)
        return str(record.msg) % args if args else str(record.msg)
    return record.getMessage()


def _described(error: BaseException) -> str:
    name = type(error).__name__
    is_of_machine = isinstance(error, OF_MACHINES) and not isinstance(error, smtplib.SMTPException)
    return f"{name}: {error}" if is_of_machine else name


def _failed(error: BaseException) -> dict[str, Any]:
    """The error with those that caused it, newest first, and the places in the code that led to it."""
    causes: list[str] = []
    one: BaseException | None = error
    while one is not None and len(causes) < MAX_FRAMES:
        causes.append(_without_people(_described(one)))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    frames = traceback.extract_tb(error.__traceback__)[-MAX_FRAMES:]
    places = [f"{one.filename.removeprefix(f'{ROOT}/')}:{one.lineno} {one.name}" for one in frames]
    return {"error": causes, "at": places}


def _without_people(text: str) -> str:
    return NETWORK.sub("…", MAIL.sub("…", without_secrets(text)))


def without_secrets(text: str) -> str:
    """The text, in which … stands for each token of a private link."""
    return SECRET.sub(r"\1…", text)
