"""Web servers on this machine that answer as they are told, and the road that leads to them."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Any, Self

from sources import links
from sources.links import LinkResponse, check_link

Answer = Callable[[socket.socket], Any]
HOME = "127.0.0.1"
PUBLIC = "93.184.215.14"
OTHER_PUBLIC = "151.101.1.140"
SITE = "http://site.example"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def says(answer: bytes) -> Answer:
    """A server that says this and hangs up."""
    return lambda line: line.sendall(answer)


def status(code: int, **headers: str) -> Answer:
    """A server that answers with a status and headers."""
    lines = [f"HTTP/1.1 {code} So", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return says("\r\n".join(lines).encode())


def endlessly(start: bytes, then: bytes, pause: float = 0.0) -> Answer:
    """A server that starts, and then repeats itself while somebody listens, with pauses of seconds."""

    def answer(line: socket.socket) -> None:
        line.sendall(start)
        while not HANG_UP.wait(pause):
            line.sendall(then)

    return answer


# Ends the servers that would go on for ever.
HANG_UP = threading.Event()


class Site:
    """A server on loopback; `answers` says by path how it answers, `asked` what it was asked."""

    def __init__(self, certificate: Any = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.names: list[str | None] = []
        self._tls: ssl.SSLContext | None = None
        if certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(certificate)
            self._tls.sni_callback = lambda _line, name, _context: self.names.append(name)

    def __enter__(self) -> Self:
        HANG_UP.clear()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(self, *_: Any) -> None:
        HANG_UP.set()
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join(timeout=5)

    @property
    def paths(self) -> list[str]:
        """The first lines of what it was asked, without the protocol."""
        return [" ".join(request.split(" ")[:2]) for request in self.asked]

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._door.accept()
            except OSError:
                return
            self._threads.append(threading.Thread(target=self._answer, args=(line,), daemon=True))
            self._threads[-1].start()

    def _answer(self, line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            line = self._tls.wrap_socket(line, server_side=True) if self._tls else line
            with line:
                request = b""
                while b"\r\n\r\n" not in request:
                    request += line.recv(4096)
                self.asked.append(request.decode("ascii"))
                self.answers.get(self.asked[-1].split(" ")[1], says(OK))(line)


class Road:
    """Leads connections to a made-up address to a site on this machine, and remembers where each went."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        self.ends: dict[tuple[str, int], int] = {}
        self._connect = socket.create_connection

    def __call__(self, address: tuple[str, int], *args: Any, **options: Any) -> socket.socket:
        self.taken.append(address)
        if address not in self.ends:
            raise ConnectionRefusedError(f"nobody lives at {address}")
        return self._connect(("127.0.0.1", self.ends[address]), *args, **options)


@contextlib.contextmanager
def silent_site() -> Iterator[int]:
    """The port of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door.getsockname()[1]


def here(address: Any) -> bool:
    """As the real judge, but for the one address of the site on loopback."""
    return str(address) == HOME or links.is_public(address)


def look_here(url: str) -> LinkResponse:
    """A look that finds the site on loopback behind site.example, and nothing behind other names."""
    return check_link(url, resolve={"site.example": [HOME]}.__getitem__, is_public=here)
