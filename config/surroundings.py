"""What the casebook needs around it, asked before it starts: folders, keys, the database, the cache."""

import os
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection

from config.env import EXAMPLE
from publishing.head_keys import signing_key

# The commands that go on until they are stopped; every other says by itself what it lacks.
LASTING = {"run", "work"}
# A worker that the server started finds the same, and outlives a database that is away for a while.
STARTED_BY_ANOTHER = "--with-parent"


def check_surroundings(command: list[str]) -> None:
    """Raise ImproperlyConfigured where a command that serves or works would fail later."""
    if not LASTING & {*command[:1]}:
        return
    django.setup()
    if settings.METRICS_TOKEN:
        _check_folder("METRICS_FOLDER", settings.METRICS_FOLDER)
        # The server counts from where it handles requests on (config.metrics.counters).
        if command[0] == "work":
            import_module("config.metrics.counters").count_what_is_logged()
    if STARTED_BY_ANOTHER in command:
        return
    _check_folder("MEDIA_ROOT", settings.MEDIA_ROOT)
    if settings.HEADS_FILE is not None:
        _check_written("HEADS_FILE", settings.HEADS_FILE)
    signing_key()
    _check_database()
    _check_cache()


def _check_folder(name: str, folder: Path) -> None:
    """The folder can be written to, or made."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"{name} is {folder}, but this account cannot write to {there}. Give it that folder, or name"
            f" another. See {EXAMPLE}."
        )


def _check_written(name: str, file: Path) -> None:
    """The file can be written to, or made."""
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise ImproperlyConfigured(f"{name} is {file}, but this account cannot write it. See {EXAMPLE}.")


def _check_database() -> None:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        _check_folder("DATABASE_URL", Path(name).parent)
        if not Path(name).parent.is_dir():
            raise ImproperlyConfigured(f"DATABASE_URL is a file in {Path(name).parent}, which is not there.")
        # To ask would make the file, and perhaps nothing else can be made.
        if not Path(name).exists():
            return
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                _check_postgresql(cursor)
            else:
                cursor.execute("PRAGMA schema_version")
    except Error as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL: the database does not answer: {' '.join(str(error).split())}. Is it running, and"
            f" do its name, account and password agree with DATABASE_URL? See {EXAMPLE}."
        ) from error
    finally:
        connection.close()


def _check_postgresql(cursor: object) -> None:
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT current_setting('server_encoding'), current_schema(), current_user,"
        " has_schema_privilege(coalesce(current_schema(), 'public'), 'CREATE')"
    )
    encoding, schema, account, may_create = cursor.fetchone()  # type: ignore[attr-defined]
    if encoding != "UTF8":
        raise ImproperlyConfigured(
            f"DATABASE_URL: the encoding of the database is {encoding}, and not UTF8, so that it cannot hold"
            " Arabic. Make another one: createdb --encoding=UTF8 --template=template0."
        )
    if schema is None or not may_create:
        raise ImproperlyConfigured(
            f"DATABASE_URL: {account} may not make tables in the database. Let it own the database:"
            f" ALTER DATABASE … OWNER TO {account}."
        )


def _check_cache() -> None:
    try:
        cache.get("start")
    # Each client of a cache has errors of its own.
    except Exception as error:
        raise ImproperlyConfigured(
            f"CACHE_URL: the cache does not answer: {' '.join(str(error).split())}. Is it running, and does"
            f" its password agree with CACHE_URL? See {EXAMPLE}."
        ) from error
