"""Addresses of what the casebook works with: its database, its cache, the way of its mail."""

import os
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from django.core.exceptions import ImproperlyConfigured

from config.env import EXAMPLE, ROOT, Environment, check_installed, split_address

# Seconds that a page waits for a database that is locked or away, before it says so.
MAX_WAIT = 4
# Seconds after which PostgreSQL ends a statement; one of ours takes a fraction of one.
MAX_STATEMENT = 20

MAIL_BACKENDS = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "none": "",
}


class MailServer(NamedTuple):
    """Values for Django's EMAIL_ settings; without a backend mail waits in the queue."""

    backend: str
    host: str
    port: int
    user: str
    password: str
    starts_tls: bool
    is_tls: bool
    folder: str


class Services(Environment):
    """An environment that names services by their addresses."""

    def database(self, name: str, purpose: str, default: str) -> dict[str, Any]:
        """A Django DATABASES entry from sqlite:///path or postgresql://user:password@host:port/name."""
        value = self.text(name, purpose, default)
        parts = split_address(value)
        if parts and parts.scheme == "sqlite" and parts.path.strip("/"):
            wait = dict(parse_qsl(parts.query)).get("timeout", str(MAX_WAIT))
            if not wait.isdigit():
                raise ImproperlyConfigured(
                    f"{name} ends in timeout={wait}; it must be a number of seconds: {purpose}."
                    f" See {EXAMPLE}."
                )
            return _sqlite(Path(unquote(parts.path[1:])), int(wait))
        if parts and parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/"):
            check_installed("psycopg", name, "make postgresql")
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path.lstrip("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": parts.hostname or "",
                "PORT": str(parts.port or ""),
                "OPTIONS": _POSTGRESQL_OPTIONS | dict(parse_qsl(parts.query)),
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
            }
        raise ImproperlyConfigured(
            f"{name} must be sqlite:///path/to/file or postgresql://user:password@host/name: "
            f"{purpose}. See {EXAMPLE}."
        )

    def cache(self, name: str, purpose: str) -> dict[str, Any]:
        """A Django CACHES entry: a folder, or redis://host:port/number where several machines serve."""
        value = self.text(name, purpose, default=f"file://{ROOT / 'var' / 'counts'}")
        parts = split_address(value)
        if parts and parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
            return {
                "BACKEND": "config.counts.CountsInFiles",
                "LOCATION": unquote(parts.path),
                "OPTIONS": {"MAX_ENTRIES": 10_000},
            }
        if parts and parts.scheme in {"redis", "rediss"} and parts.hostname:
            check_installed("redis", name, "make redis")
            return {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": value,
                "OPTIONS": {"socket_connect_timeout": MAX_WAIT, "socket_timeout": MAX_WAIT},
            }
        raise ImproperlyConfigured(
            f"{name} must be file:///folder or redis://host:6379/0: {purpose}. See {EXAMPLE}."
        )

    def mail(self, name: str, purpose: str, default: str) -> MailServer:
        """Where mail goes: smtp://user:password@host:587, smtps://..., file:///folder, console: or none:."""
        value = self.text(name, purpose, default)
        parts = split_address(value)
        backend = MAIL_BACKENDS.get(parts.scheme) if parts else None
        lacks = parts and {"smtp": not parts.hostname, "file": not parts.path}.get(parts.scheme.rstrip("s"))
        if parts is None or backend is None or lacks:
            raise ImproperlyConfigured(
                f"{name} must look like smtp://user:password@mail.example:587, file:///folder, console: or "
                f"none: {purpose}. See {EXAMPLE}."
            )
        return MailServer(
            backend=backend,
            host=parts.hostname or "",
            port=parts.port or (465 if parts.scheme == "smtps" else 587),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            # A mail server on this machine needs no encryption.
            starts_tls=parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1", "::1"},
            is_tls=parts.scheme == "smtps",
            folder=unquote(parts.path),
        )


# What the address of a database names itself goes before these.
_POSTGRESQL_OPTIONS = {
    "connect_timeout": str(MAX_WAIT),
    "tcp_user_timeout": str(MAX_WAIT * 1000),
    "options": f"-c lock_timeout={MAX_WAIT}s -c statement_timeout={MAX_STATEMENT}s",
}


def _sqlite(path: Path, wait: int) -> dict[str, Any]:
    return {
        "ENGINE": "config.sqlite",
        "NAME": ROOT / path,
        "CONN_MAX_AGE": None,
        # Transactions take the write lock at their start (SQLite refuses to upgrade a read lock), and
        # changes are on the disk before the response is sent: a transaction waits for that behind the lock.
        "OPTIONS": {
            "timeout": wait,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA synchronous=FULL",
            # Pages and forms have more statements than the 128 that are kept compiled otherwise.
            "cached_statements": 500,
        },
        # A file, so that threads share it; one for each process, so that two test runs do not share it.
        "TEST": {"NAME": ROOT / "var" / f"test-{os.getpid()}.sqlite3"},
    }
