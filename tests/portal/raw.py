"""Bytes to and from a web server of our own."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from portal.page_cache.front import Application
from portal.web_server import a_server

LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n")
DATE = re.compile(rb"\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n")
LAST_CHUNK = re.compile(rb"(?:^|\r\n)0\r\n\r\n")
PATIENCE = 60


@contextmanager
def served(application: Application) -> Iterator[int]:
    """The port of a server of the application."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = a_server(application, listener)
        threading.Thread(target=server.run, daemon=True).start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.task_dispatcher.shutdown()
            server.close()


def request(path: str, method: str = "GET", **headers: str) -> bytes:
    """As a browser writes it; `Accept_Encoding` stands for Accept-Encoding."""
    lines = [f"{name.replace('_', '-')}: {said}" for name, said in ({"Host": "localhost"} | headers).items()]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode()


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """A client."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as client:
        yield client


def answers(port: int, sent: bytes, number: int = 1) -> list[bytes]:
    """So many answers to what is sent, over one connection: without their dates, which are there."""
    with connected(port) as client:
        client.sendall(sent)
        return read_from(client, number, has_bodies=not sent.startswith(b"HEAD "))


def read_from(client: socket.socket, number: int = 1, *, has_bodies: bool = True) -> list[bytes]:
    """So many answers, and nothing behind them."""
    got, found = b"", []
    while len(found) < number:
        head, end, rest = got.partition(b"\r\n\r\n")
        size = _size_of_body(head + b"\r\n", rest) if has_bodies else 0
        if end and size is not None and len(rest) >= size:
            undated, dates = DATE.subn(b"\r\nDate:\r\n", head + end)
            assert dates == 1, head
            found.append(undated + rest[:size])
            got = rest[size:]
        else:
            received = client.recv(65536)
            assert received, got
            got += received
    assert got == b"", found
    return found


def _size_of_body(head: bytes, rest: bytes) -> int | None:
    """None where it ends with a chunk that is not there yet."""
    if b"\r\nTransfer-Encoding: chunked\r\n" in head:
        found = LAST_CHUNK.search(rest)
        return found.end() if found else None
    length = LENGTH.search(head)
    return int(length[1]) if length else 0
