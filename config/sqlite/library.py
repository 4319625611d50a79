"""Which SQLite the process uses: that of the system, or the newer one that pysqlite3 brings."""

import sqlite3
import sys
from importlib import import_module
from importlib.util import find_spec

# Before this release SQLite's write-ahead log can, rarely, corrupt a database with several
# connections (docs/adr/0007); the rollback journal is safe in all of them.
SAFE_WRITE_AHEAD_LOG = (3, 51, 3)


def choose_library() -> None:
    """Let `import sqlite3` give pysqlite3 where the system's own is too old and there is a newer one.

    It is the whole process's: with two libraries in it, the one would take the other's locks away, since a
    process that closes a file loses all its locks on that file.
    """
    if sqlite3.sqlite_version_info >= SAFE_WRITE_AHEAD_LOG or find_spec("pysqlite3") is None:
        return
    newer = import_module("pysqlite3.dbapi2")
    if newer.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules |= {"sqlite3": import_module("pysqlite3"), "sqlite3.dbapi2": newer}
