"""Every setting is checked at the start: a wrong value ends it with one line that says what to do."""

import os
import runpy
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import connection

from config import surroundings
from config.env import EXAMPLE, ROOT
from portal.management.commands import run
from tests.faults.servers import free_port
from tests.repository.test_docs import variables_read_by_settings
from tests.repository.test_secrets import WHOLE

# Of each setting, values that no start accepts; {folder} is an empty one, {file} a file with a line of text.
WRONG: dict[str, list[str]] = {
    "BACKUP_FOLDER": ["{file}"],
    "BEHIND_PROXY": ["yes", "2"],
    "CACHE_URL": ["redis", "redis://", "memory:", "file://host/folder", "redis://localhost:99999/0"],
    "CHECK_SENT_LINKS": ["no"],
    "DATABASE_URL": [
        *("sqlite", "sqlite:///", "mysql://sulh@localhost/sulh", "postgresql://localhost", "postgresql:///"),
        *("postgresql://sulh@localhost:70000/sulh", "postgresql://[::1/sulh", "sqlite:///a.sqlite3?timeout=soon"),
    ],
    "DEBUG": ["true"],
    "DEVELOPMENT": ["on"],
    "EMAIL_URL": ["mail.example", "smtp://", "smtps://", "smtp://mail.example:x", "file:", "imap://mail.example"],
    "FOUR_EYES": ["two"],
    "HEADS_FILE": ["{folder}", "{folder}/none/heads.txt"],
    "HEAD_KEY": ["{folder}", "{folder}/none.pem"],
    "LOG_FORMAT": ["JSON", "xml"],
    "MAIL_FROM": ["Sulh", "Sulh <desk>", "@casebook.example", "Sulh <desk@casebook.example>\nBcc: a@b.example"],
    "MAX_IMPORT_MEGABYTES": ["large", "0", "1.5", "257"],
    "MAX_PICTURES": ["many", "-1", "1.5", "٣", "99999999999"],
    "MEDIA_ROOT": ["{file}"],
    "METRICS_FOLDER": ["{file}"],
    "METRICS_TOKEN": ["short", "ab" * 40, "كلمة" * 20],
    "PAGE_CACHE_MEGABYTES": ["much", "-1", "1000000"],
    "PURGE_URL": ["proxy", "ftp://proxy/", "http://"],
    "SERVERS": ["all", "-1", "65"],
    "PORT": ["http", "0", "65536", "-8000", "8000.0"],
    "READ_SOURCE_PAGES": ["no"],
    "REQUIRE_SECOND_FACTOR": ["ja"],
    "SECRET_KEY": ["", "short", "ab" * 40],
    "SITE_URL": [
        *("", "casebook.example", "http://casebook.example", "https://", "https://casebook.example:x"),
        *("https://casebook.example/sulh", "https://amal:secret@casebook.example", "ftp://casebook.example"),
    ],
}  # fmt: skip


def refusal(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], file: str = "") -> str:
    """What the settings say when they are read with these variables and nothing else; "" when they accept them."""
    monkeypatch.setattr(os, "environ", {"ENVIRONMENT_FILE": file or os.devnull, **variables})
    try:
        runpy.run_path(str(ROOT / "config" / "settings.py"))
    except ImproperlyConfigured as error:
        return str(error)
    return ""


@pytest.mark.parametrize("name, value", [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value_is_refused_in_one_line_that_names_the_setting(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("a line\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    value = value.format(folder=tmp_path / "folder", file=tmp_path / "file")

    said = refusal(monkeypatch, {**WHOLE, name: value})

    assert said.startswith(f"{name} ")
    assert said.endswith(f"See {EXAMPLE}.")
    assert "\n" not in said


def test_wrong_values_of_every_setting_are_tried() -> None:
    assert set(WRONG) == variables_read_by_settings()


def test_a_public_site_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch, WHOLE) == ""


@pytest.mark.parametrize(
    "text, reason",
    [
        ("DATABSE_URL=sqlite:///a\n", "DATABSE_URL in {file} is no setting of the casebook; perhaps DATABASE_URL"),
        ("# a note\n\nSECRET_KEY\n", "Line 3 of {file} is not NAME=value."),
    ],
)  # fmt: skip
def test_a_line_of_the_file_that_is_no_setting_is_named(
    text: str, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "environment"
    file.write_text(text, encoding="utf-8")

    assert refusal(monkeypatch, WHOLE, str(file)).startswith(reason.format(file=file))


@pytest.mark.parametrize("there", [False, True])
def test_a_file_of_settings_that_cannot_be_read_is_named(
    there: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "environment"
    if there:
        file.write_bytes(b"SITE_URL=\xff\n")

    assert str(file) in refusal(monkeypatch, WHOLE, str(file))


# --- what is around it ---------------------------------------------------------------------


def start(command: str = "run", **variables: str) -> str:
    """The one line with which `manage.py` ends, which is not its usual end."""
    settings = {**WHOLE, "ENVIRONMENT_FILE": os.devnull, "PORT": str(free_port()), "HOME": "/nonexistent"}
    ended = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT, env=settings | variables, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ended.returncode == 1, ended
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    [line] = ended.stderr.splitlines()
    return line


@pytest.mark.parametrize("command", ["run", "work", "verify", "migrate"])
def test_a_database_that_is_away_is_told_in_one_line(command: str) -> None:
    line = start(command, DATABASE_URL=f"postgresql://sulh:secret@127.0.0.1:{free_port()}/sulh")

    assert "atabase" in line
    assert "does not answer" in line
    assert "secret" not in line


def test_a_wrong_setting_is_told_in_one_line() -> None:
    assert start("check", PORT="many").startswith("PORT is 'many'; it must be a whole number from 1 to 65535")


def test_a_cache_that_is_away_is_told_in_one_line(tmp_path: Path) -> None:
    line = start(DATABASE_URL=f"sqlite:///{tmp_path}/a", CACHE_URL=f"redis://127.0.0.1:{free_port()}/0")

    assert line.startswith("CACHE_URL: the cache does not answer")


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        assert f"Port {port} is taken" in start(PORT=str(port), DATABASE_URL=f"sqlite:///{tmp_path}/a")


def test_a_port_of_the_system_is_not_said_to_be_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_address: object) -> None:
        raise PermissionError

    monkeypatch.setattr(run.socket, "create_server", refused)

    with (
        pytest.raises(CommandError, match="Port 80 is kept for the system's own services"),
        run._listening(80),
    ):
        pass


def test_a_key_that_is_none_is_told_in_one_line(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text("no key", encoding="utf-8")

    assert "cannot be read as a key" in start(DATABASE_URL=f"sqlite:///{tmp_path}/a", HEAD_KEY=str(key))


def test_a_database_in_a_folder_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    assert "which is not there" in start(DATABASE_URL=f"sqlite:///{tmp_path}/none/a.sqlite3")


@pytest.mark.parametrize(
    "row, reason",
    [
        (("UTF8", "public", "sulh", True), ""),
        (("SQL_ASCII", "public", "sulh", True), "the encoding of the database is SQL_ASCII"),
        (("UTF8", None, "sulh", True), "sulh may not make tables"),
        (("UTF8", "public", "sulh", False), "sulh may not make tables"),
    ],
)
def test_a_postgresql_that_does_not_fit_is_told(row: tuple, reason: str) -> None:
    class Cursor:
        def execute(self, statement: str) -> None:
            pass

        def fetchone(self) -> tuple:
            return row

    said = ""
    try:
        surroundings._check_postgresql(Cursor())
    except ImproperlyConfigured as error:
        said = str(error)

    assert said.startswith("DATABASE_URL: ") == bool(reason)
    assert reason in said


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_fit_is_told_in_one_line(tmp_path: Path) -> None:
    """On SQLite a file that is none; on PostgreSQL one that cannot hold Arabic."""
    if connection.vendor == "sqlite":
        (tmp_path / "a").write_bytes(b"no database" * 100)
        assert "file is not a database" in start(DATABASE_URL=f"sqlite:///{tmp_path}/a")
        return
    ours, name = connection.settings_dict, f"ascii_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    try:
        address = f"postgresql://{ours['USER']}@{ours['HOST']}:{ours['PORT']}/{name}"
        assert "the encoding of the database is SQL_ASCII" in start(DATABASE_URL=address)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def test_a_folder_that_cannot_be_written_to_is_told(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "pictures" / "of-all"
    monkeypatch.setattr(os, "access", lambda path, how: path != tmp_path)

    with pytest.raises(ImproperlyConfigured, match=f"this account cannot write to {tmp_path}"):
        surroundings.check_surroundings(["run"])


def test_a_file_that_cannot_be_written_to_is_told(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HEADS_FILE = tmp_path / "heads.txt"
    monkeypatch.setattr(os, "access", lambda path, how: path != tmp_path)

    with pytest.raises(ImproperlyConfigured, match=r"HEADS_FILE is .*this account cannot write it"):
        surroundings.check_surroundings(["work"])


@pytest.mark.parametrize("command", [["check"], ["work", "--with-parent", "1"], []])
def test_other_commands_ask_for_nothing(command: list[str], settings: Any) -> None:
    settings.MEDIA_ROOT = Path("/proc/nowhere")

    surroundings.check_surroundings(command)
