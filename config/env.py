"""Read settings from the environment, with clear errors for what is missing."""

import os
from difflib import get_close_matches
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "config/environment.example"

# As Django's check --deploy has it.
SHORTEST_SECRET, FEWEST_CHARACTERS = 50, 5
# What machines show each other.
SHORTEST_TOKEN = 32


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
        check_installed(module, name, "make metrics")
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
        parts = split_address(value)
        if (
            parts is None
            or parts.scheme not in {"http", "https"}
            or not parts.hostname
            or _has_more_than_host(parts)
        ):
            raise ImproperlyConfigured(
                f"{name} is {value!r}; it must look like https://casebook.example: {purpose}. See {EXAMPLE}."
            )
        return value, parts.hostname, parts.scheme == "https"

    def address(self, name: str, purpose: str) -> str:
        """An address of http or https, or "" where it is not set; anything else is an error."""
        value = self._given(name)
        parts = split_address(value)
        if value and not (parts and parts.scheme in {"http", "https"} and parts.hostname):
            raise ImproperlyConfigured(
                f"{name} is {value!r}; it must look like http://127.0.0.1:6081/: {purpose}. See {EXAMPLE}."
            )
        return value


def split_address(address: str) -> SplitResult | None:
    """The parts of an address; None where it is none, or its port is no port."""
    try:
        parts = urlsplit(address)
        return parts if parts.port is None or parts.port > 0 else None
    except ValueError:
        return None


def _has_more_than_host(parts: SplitResult) -> bool:
    """Whether the address of a site has more than its host: the casebook has one of its own."""
    return bool(parts.path or parts.query or parts.fragment or parts.username or parts.password is not None)


def check_installed(module: str, name: str, command: str) -> None:
    """Raise ImproperlyConfigured if the optional package that the value needs is not installed."""
    if find_spec(module) is None:
        raise ImproperlyConfigured(
            f"{name} needs the Python package {module}, which is missing. Run: {command}. See {EXAMPLE}."
        )


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
