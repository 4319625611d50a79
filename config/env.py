"""Read settings from the environment, with clear errors for what is missing."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "config/environment.example"

# As Django's check --deploy has it.
SHORTEST_SECRET, FEWEST_CHARACTERS = 50, 5

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


class Mail(NamedTuple):
    """Values for Django's EMAIL_ settings; without a backend mail waits in the queue."""

    backend: str
    host: str
    port: int
    user: str
    password: str
    starts_tls: bool
    is_tls: bool
    folder: str


class Environment:
    """The process's variables, over those of a file of KEY=value lines where there is one."""

    def __init__(self, file: Path) -> None:
        self._values = {**_read(file), **os.environ}

    def text(self, name: str, purpose: str, default: str | None = None) -> str:
        """The variable's text; raises ImproperlyConfigured when it is missing and has no default."""
        value = self._values.get(name, "").strip() or default
        if value is None:
            raise ImproperlyConfigured(f"{name} is not set. It is {purpose}. See {EXAMPLE}.")
        return value

    def flag(self, name: str, purpose: str, default: bool = False) -> bool:
        """True for 1, false for 0, the default for nothing; anything else is an error."""
        value = self.text(name, purpose, default="1" if default else "0")
        if value not in {"0", "1"}:
            raise ImproperlyConfigured(f"{name} is {value!r}; it must be 0 or 1: {purpose}. See {EXAMPLE}.")
        return value == "1"

    def optional_flag(self, name: str, purpose: str) -> bool | None:
        """True for 1, false for 0, None when it is not set; anything else is an error."""
        return self.flag(name, purpose) if self._values.get(name, "").strip() else None

    def secret(self, name: str, purpose: str, *, is_public: bool) -> str:
        """The variable's text; raises ImproperlyConfigured when a public site could be forged with it."""
        value = self.text(name, purpose)
        if is_public and (len(value) < SHORTEST_SECRET or len(set(value)) < FEWEST_CHARACTERS):
            raise ImproperlyConfigured(
                f"{name} is too short or too simple. It is {purpose}: at least {SHORTEST_SECRET} random"
                f" characters. See {EXAMPLE}."
            )
        return value

    def public_site(self, name: str, purpose: str) -> tuple[str, str, bool]:
        """As `site`, without a default; raises ImproperlyConfigured for an address that is not https."""
        found = self.site(name, purpose, None)
        if not found[2]:
            raise ImproperlyConfigured(
                f"{name} is {found[0]!r}; outside development it must begin with https://, so that nobody on"
                f" the way reads passwords. DEVELOPMENT=1 is for a developer's own machine. See {EXAMPLE}."
            )
        return found

    def site(self, name: str, purpose: str, default: str | None) -> tuple[str, str, bool]:
        """An address as (address without a trailing slash, host, is it https)."""
        value = self.text(name, purpose, default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ImproperlyConfigured(
                f"{name} is {value!r}; it must look like https://casebook.example: {purpose}. See {EXAMPLE}."
            )
        return value, parts.hostname, parts.scheme == "https"

    def database(self, name: str, purpose: str, default: str) -> dict[str, Any]:
        """A Django DATABASES entry from sqlite:///path or postgresql://user:password@host:port/name."""
        value = self.text(name, purpose, default)
        parts = urlsplit(value)
        if parts.scheme == "sqlite" and parts.path.strip("/"):
            wait = int(dict(parse_qsl(parts.query)).get("timeout", MAX_WAIT))
            return _sqlite(Path(unquote(parts.path[1:])), wait)
        if parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/"):
            _check_installed("psycopg", name, "make postgresql")
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
        parts = urlsplit(value)
        if parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
            return {
                "BACKEND": "config.counts.CountsInFiles",
                "LOCATION": unquote(parts.path),
                "OPTIONS": {"MAX_ENTRIES": 10_000},
            }
        if parts.scheme in {"redis", "rediss"}:
            _check_installed("redis", name, "make redis")
            return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}
        raise ImproperlyConfigured(
            f"{name} must be file:///folder or redis://host:6379/0: {purpose}. See {EXAMPLE}."
        )

    def mail(self, name: str, purpose: str, default: str) -> Mail:
        """Where mail goes: smtp://user:password@host:587, smtps://..., file:///folder, console: or none:."""
        value = self.text(name, purpose, default)
        parts = urlsplit(value)
        backend = MAIL_BACKENDS.get(parts.scheme)
        if backend is None or (parts.scheme.startswith("smtp") and not parts.hostname):
            raise ImproperlyConfigured(
                f"{name} must look like smtp://user:password@mail.example:587, file:///folder, console: or "
                f"none: {purpose}. See {EXAMPLE}."
            )
        return Mail(
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


def _check_installed(module: str, name: str, command: str) -> None:
    """Raise ImproperlyConfigured if the optional package that the value needs is not installed."""
    if find_spec(module) is None:
        raise ImproperlyConfigured(
            f"{name} needs the Python package {module}, which is missing. Run: {command}. See {EXAMPLE}."
        )


def _sqlite(path: Path, wait: int) -> dict[str, Any]:
    return {
        "ENGINE": "config.sqlite",
        "NAME": ROOT / path,
        "CONN_MAX_AGE": None,
        # Transactions take the write lock at their start (SQLite refuses to upgrade a read lock), and
        # changes are on the disk before the response is sent.
        "OPTIONS": {
            "timeout": wait,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA synchronous=FULL",
        },
        # A file, so that threads share it; one for each process, so that two test runs do not share it.
        "TEST": {"NAME": ROOT / "var" / f"test-{os.getpid()}.sqlite3"},
    }


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {key.strip(): value.strip() for key, _, value in pairs}
