"""Read settings from the environment, with clear errors for what is missing."""

import os
from difflib import get_close_matches
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "config/environment.example"

# As Django's check --deploy has it.
SHORTEST_SECRET, FEWEST_CHARACTERS = 50, 5
# What machines show each other.
SHORTEST_TOKEN = 32

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

    def __init__(self, file: Path, *, must_exist: bool = False) -> None:
        """must_exist: whether somebody named the file."""
        if must_exist and not (file.exists() and os.access(file, os.R_OK)):
            raise ImproperlyConfigured(
                f"ENVIRONMENT_FILE is {file}, which is no file that this account can read. See {EXAMPLE}."
            )
        self._file, self._in_file = file, _read(file)
        self._values = {**self._in_file, **os.environ}
        self._asked: set[str] = set()

    def refuse_unknown(self) -> None:
        """Raise ImproperlyConfigured for a name in the file that was never asked for: it is misspelt."""
        for name in self._in_file.keys() - self._asked:
            near = get_close_matches(name, self._asked, n=1)
            raise ImproperlyConfigured(
                f"{name} in {self._file} is no setting of the casebook"
                + (f"; perhaps {near[0]} is meant" if near else "")
                + f". See {EXAMPLE}."
            )

    def _given(self, name: str) -> str:
        """The variable's text without spaces around it; "" where it is not set."""
        self._asked.add(name)
        return self._values.get(name, "").strip()

    def text(self, name: str, purpose: str, default: str | None = None) -> str:
        """The variable's text; raises ImproperlyConfigured when it is missing and has no default."""
        value = self._given(name) or default
        if value is None:
            raise ImproperlyConfigured(f"{name} is not set. It is {purpose}. See {EXAMPLE}.")
        return value

    def flag(self, name: str, purpose: str, default: bool = False) -> bool:
        """True for 1, false for 0, the default for nothing; anything else is an error."""
        value = self.text(name, purpose, default="1" if default else "0")
        if value not in {"0", "1"}:
            raise ImproperlyConfigured(f"{name} is {value!r}; it must be 0 or 1: {purpose}. See {EXAMPLE}.")
        return value == "1"

    def number(self, name: str, purpose: str, default: int, *, least: int, most: int) -> int:
        """A whole number from least to most; anything else is an error."""
        value = self.text(name, purpose, default=str(default))
        if not (value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most):
            raise ImproperlyConfigured(
                f"{name} is {value!r}; it must be a whole number from {least} to {most}:"
                f" {purpose}. See {EXAMPLE}."
            )
        return int(value)

    def sender(self, name: str, purpose: str, default: str) -> str:
        """The sender of mails, as address@host or Name <address@host>; anything else is an error."""
        value = self.text(name, purpose, default)
        before, _at, host = parseaddr(value)[1].rpartition("@")
        if not before or not host or not value.isprintable():
            raise ImproperlyConfigured(
                f"{name} is {value!r}; it must look like Sulh <desk@casebook.example>:"
                f" {purpose}. See {EXAMPLE}."
            )
        return value

    def folder(self, name: str, purpose: str, default: str) -> Path:
        """A folder, which is made when it is needed; an error where it is something else."""
        path = ROOT / self.text(name, purpose, default)
        if path.exists() and not path.is_dir():
            raise ImproperlyConfigured(
                f"{name} is {path}, which is no folder. It is {purpose}. See {EXAMPLE}."
            )
        return path

    def choice(self, name: str, purpose: str, words: tuple[str, ...]) -> str:
        """One of the words, the first by default; anything else is an error."""
        value = self.text(name, purpose, default=words[0])
        if value not in words:
            raise ImproperlyConfigured(
                f"{name} is {value!r}; it must be {' or '.join(words)}: {purpose}. See {EXAMPLE}."
            )
        return value

    def optional_flag(self, name: str, purpose: str) -> bool | None:
        """True for 1, false for 0, None when it is not set; anything else is an error."""
        return self.flag(name, purpose) if self._given(name) else None

    def file(self, name: str, purpose: str) -> Path | None:
        """The file that the variable names, None when it is not set; raises ImproperlyConfigured."""
        value = self._given(name)
        if not value:
            return None
        path = ROOT / value
        if not path.is_file() or not os.access(path, os.R_OK):
            raise ImproperlyConfigured(
                f"{name} is {path}, which is no file that this account can read."
                f" It is {purpose}. See {EXAMPLE}."
            )
        return path

    def new_file(self, name: str, purpose: str) -> Path | None:
        """A file to write, in a folder that is there; None when it is not set."""
        value = self._given(name)
        if not value:
            return None
        path = ROOT / value
        if path.is_dir() or not path.parent.is_dir():
            raise ImproperlyConfigured(
                f"{name} is {path}; it must be a file in a folder that exists."
                f" It is {purpose}. See {EXAMPLE}."
            )
        return path

    def secret(self, name: str, purpose: str, *, is_public: bool) -> str:
        """The variable's text; raises ImproperlyConfigured when a public site could be forged with it."""
        value = self.text(name, purpose)
        if is_public and (len(value) < SHORTEST_SECRET or len(set(value)) < FEWEST_CHARACTERS):
            raise ImproperlyConfigured(
                f"{name} is too short or too simple. It is {purpose}: at least {SHORTEST_SECRET} random"
                f" characters. See {EXAMPLE}."
            )
        return value

    def optional_secret(self, name: str, purpose: str, module: str) -> str | None:
        """As `secret`, None when it is not set; an error where the package for it is missing."""
        value = self._given(name)
        if not value:
            return None
        if len(value) < SHORTEST_TOKEN or len(set(value)) < FEWEST_CHARACTERS or not value.isascii():
            raise ImproperlyConfigured(
                f"{name} is too short or too simple. It is {purpose}: at least {SHORTEST_TOKEN} random"
                f" characters. See {EXAMPLE}."
            )
        _check_installed(module, name, "make metrics")
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
        parts = _split(value)
        if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname or _is_more(parts):
            raise ImproperlyConfigured(
                f"{name} is {value!r}; it must look like https://casebook.example: {purpose}. See {EXAMPLE}."
            )
        return value, parts.hostname, parts.scheme == "https"

    def address(self, name: str, purpose: str) -> str:
        """An address of http or https, or "" where it is not set; anything else is an error."""
        value = self._given(name)
        parts = _split(value)
        if value and not (parts and parts.scheme in {"http", "https"} and parts.hostname):
            raise ImproperlyConfigured(
                f"{name} is {value!r}; it must look like http://127.0.0.1:6081/: {purpose}. See {EXAMPLE}."
            )
        return value

    def database(self, name: str, purpose: str, default: str) -> dict[str, Any]:
        """A Django DATABASES entry from sqlite:///path or postgresql://user:password@host:port/name."""
        value = self.text(name, purpose, default)
        parts = _split(value)
        if parts and parts.scheme == "sqlite" and parts.path.strip("/"):
            wait = dict(parse_qsl(parts.query)).get("timeout", str(MAX_WAIT))
            if not wait.isdigit():
                raise ImproperlyConfigured(
                    f"{name} ends in timeout={wait}; it must be a number of seconds: {purpose}."
                    f" See {EXAMPLE}."
                )
            return _sqlite(Path(unquote(parts.path[1:])), int(wait))
        if parts and parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/"):
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
        parts = _split(value)
        if parts and parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
            return {
                "BACKEND": "config.counts.CountsInFiles",
                "LOCATION": unquote(parts.path),
                "OPTIONS": {"MAX_ENTRIES": 10_000},
            }
        if parts and parts.scheme in {"redis", "rediss"} and parts.hostname:
            _check_installed("redis", name, "make redis")
            return {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": value,
                "OPTIONS": {"socket_connect_timeout": MAX_WAIT, "socket_timeout": MAX_WAIT},
            }
        raise ImproperlyConfigured(
            f"{name} must be file:///folder or redis://host:6379/0: {purpose}. See {EXAMPLE}."
        )

    def mail(self, name: str, purpose: str, default: str) -> Mail:
        """Where mail goes: smtp://user:password@host:587, smtps://..., file:///folder, console: or none:."""
        value = self.text(name, purpose, default)
        parts = _split(value)
        backend = MAIL_BACKENDS.get(parts.scheme) if parts else None
        lacks = parts and {"smtp": not parts.hostname, "file": not parts.path}.get(parts.scheme.rstrip("s"))
        if parts is None or backend is None or lacks:
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


def _split(address: str) -> SplitResult | None:
    """The parts of an address; None where it is none, or its port is no port."""
    try:
        parts = urlsplit(address)
        return parts if parts.port is None or parts.port > 0 else None
    except ValueError:
        return None


def _is_more(parts: SplitResult) -> bool:
    """Whether the address of a site has more than its host: the casebook has one of its own."""
    return bool(parts.path or parts.query or parts.fragment or parts.username or parts.password is not None)


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
    """The settings of a file; raises ImproperlyConfigured for a line that is none."""
    if not file.exists():
        return {}
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"The settings in {file} cannot be read: {error}") from error
    values = {}
    for number, line in enumerate(lines, start=1):
        name, equals, value = line.strip().partition("=")
        if name and not name.startswith("#"):
            if not equals:
                raise ImproperlyConfigured(f"Line {number} of {file} is not NAME=value. See {EXAMPLE}.")
            values[name.strip()] = value.strip()
    return values
