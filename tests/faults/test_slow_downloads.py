"""Whoever takes a long list slowly keeps no editor waiting, and gets it whole."""

import csv
import io
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from exchange.tables import PAGE
from tests.faults.finished import give_database
from tests.faults.servers import PATIENCE, Browser, Casebook, killed_at_the_end
from tests.faults.test_running import THEME

# More than are read at once; and what they tell is long, so that few of them make a long list.
CASES, TEXT = PAGE + 50, "A truce that held. " * 500
ASKED = b"GET /en/cases.csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
A_SECOND = 1024
READERS = 8
NOTE = "Published while somebody reads"


@pytest.fixture
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """A casebook whose list of cases is longer than all buffers on its way."""
    for casebook in killed_at_the_end(Casebook(tmp_path_factory.mktemp("large"))):
        give_database(casebook, tmp_path_factory)
        assert casebook.manage("make_cases", str(CASES), "--beside").returncode == 0
        with closing(sqlite3.connect(casebook.database)) as tables, tables:
            tables.execute("UPDATE cases_case SET narrative_en = ?", [TEXT])
        casebook.start()
        yield casebook


def test_a_slow_reader_and_an_editor_both_succeed(large: Casebook) -> None:
    editor = Browser(large.site)
    editor.sign_in("admin", large.password)

    with closing(slow_reader(large)) as reader:
        begun = reader.recv(A_SECOND)
        for _second in range(3):
            time.sleep(1)
            begun += reader.recv(A_SECOND)
        # More than threads: none of them waits for a reader.
        others = [slow_reader(large) for _one in range(READERS)]
        said: dict[str, str] = {"public_note": NOTE, "note_language": "en"}
        status, leads_to = editor.save(THEME, summary_fr="Publié entre-temps.", **said)
        page = Browser(large.site).get("/fr/themes/security-and-justice/")
        for other in others:
            other.close()
        whole = begun + b"".join(iter(lambda: reader.recv(1 << 20), b""))

    assert (status, "/resolve/" in leads_to, page[0]) == (302, False, 200)
    assert "Publié entre-temps." in page[1]
    head, _empty, body = whole.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    rows = [*csv.reader(io.StringIO(unchunked(body).decode("utf-8-sig"), newline=""))]
    assert len(rows) > CASES
    assert sum(TEXT in row for row in rows) > CASES
    assert {len(row) for row in rows} == {len(rows[0])}
    assert "Traceback" not in large.said()


def slow_reader(casebook: Casebook) -> socket.socket:
    """A client that asks for all cases, and takes little at a time."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, A_SECOND)
    client.settimeout(PATIENCE)
    client.connect(("127.0.0.1", casebook.port))
    client.sendall(ASKED)
    return client


def unchunked(body: bytes) -> bytes:
    """The body without the lengths of its parts."""
    parts = []
    while body:
        length, _end, body = body.partition(b"\r\n")
        size = int(length, 16)
        if not size:
            break
        parts.append(body[:size])
        body = body[size + 2 :]
    return b"".join(parts)
