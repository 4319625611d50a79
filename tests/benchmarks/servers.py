"""The servers that are measured: the casebook as `manage.py run` serves it, a bare Django view, nginx before it."""

import http.client
import json
import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from config.env import ROOT
from tests.benchmarks.casebooks import Casebook
from tests.benchmarks.processes import PATIENCE, Running

ENCODINGS = {"Accept-Encoding": "br, gzip"}
RUN = [sys.executable, str(ROOT / "manage.py"), "run"]
RUN_WITHOUT_STARTER = [sys.executable, "-m", "tests.benchmarks.without_starter"]


class Answer(NamedTuple):
    """What a server sent."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, address: str, **headers: str) -> Answer:
    """Ask for one page, with a connection of its own; `Accept_Encoding` stands for Accept-Encoding."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
        line.request("GET", address, headers={name.replace("_", "-"): said for name, said in headers.items()})
        answer = line.getresponse()
        return Answer(
            answer.status, {name.lower(): said for name, said in answer.getheaders()}, answer.read()
        )


@contextmanager
def casebook_served(casebook: Casebook, folder: Path, **settings: str) -> Iterator[Running]:
    """The casebook, served by `manage.py run` with these settings."""
    server = start_of(casebook, folder, **settings)
    try:
        server.wait_until(lambda: serves(server.port))
        yield server
    finally:
        server.stop()


def start_of(casebook: Casebook, folder: Path, **settings: str) -> Running:
    """The casebook as it begins to be served."""
    port = free_port()
    command = RUN if casebook.has_starter else RUN_WITHOUT_STARTER
    return Running(command, port, casebook.environment(PORT=str(port), **settings), folder)


@contextmanager
def bare_served(
    pages: dict[str, Answer], options: dict[str, object], folder: Path, application: str = "django"
) -> Iterator[Running]:
    """A bare Django view that answers these addresses with these pages, under the same server.

    application: "nothing" for an application without Django.
    """
    port = free_port()
    kept = folder / f"bare-{port}"
    kept.mkdir()
    listed = {}
    for number, (address, page) in enumerate(pages.items()):
        (kept / str(number)).write_bytes(page.body)
        sent = {
            name: page.headers[name] for name in ("content-type", "content-encoding") if name in page.headers
        }
        listed[address] = {"file": str(number), "headers": sent}
    (kept / "pages.json").write_text(json.dumps(listed), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.bare",
        str(port),
        str(kept),
        json.dumps(options),
        application,
    ]
    server = Running(command, port, {"PATH": ""}, folder)
    try:
        server.wait_until(lambda: serves(port))
        yield server
    finally:
        server.stop()


def serves(port: int) -> bool:
    """Whether somebody answers there."""
    try:
        return ask(port, "/robots.txt").status < 500
    except (OSError, http.client.HTTPException):
        return False


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# --- nginx ------------------------------------------------------------------------------------

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
# Started by root, nginx would work as nobody, who may not write here.
AROUND = """\
{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors crit;
events {{ worker_connections 512; }}
http {{
    access_log off; keepalive_requests 1000000; keepalive_timeout 300s;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {documented}
}}
"""


@contextmanager
def nginx_before(server: Running, folder: Path) -> Iterator[Running]:
    """nginx as config/running/nginx.conf has it, before the server; by http, and without limits for one client."""
    port = free_port()
    own = folder / f"nginx-{port}"
    own.mkdir()
    user = "" if os.getuid() else "user root; "
    documented = _documented(server.port, port, own)
    (own / "nginx.conf").write_text(AROUND.format(user=user, folder=own, documented=documented))
    proxy = Running(
        [str(NGINX), "-p", str(own), "-e", str(own / "errors"), "-c", str(own / "nginx.conf")],
        port,
        {},
        folder,
    )
    try:
        proxy.wait_until(lambda: serves(port))
        yield proxy
    finally:
        proxy.stop()


def _documented(of_server: int, port: int, folder: Path) -> str:
    """The file's lines, but for TLS, the server that sends to it, the log, and the limits of one client."""
    text = (ROOT / "config" / "running" / "nginx.conf").read_text(encoding="utf-8")
    before, _to_https, with_tls = text.split("\nserver {\n")
    for pattern, instead in (
        (r"^ *(ssl_|limit_|access_log|error_log|log_format|listen \[).*\n(?: {4}['\"].*\n)*", ""),
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};"),
        (r"server_name .*;", "server_name localhost;"),
        (r"X-Forwarded-Proto \$scheme", "X-Forwarded-Proto http"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{of_server}"),
        (r"/var/lib/nginx", str(folder)),
    ):
        before, with_tls = (re.sub(pattern, instead, part, flags=re.MULTILINE) for part in (before, with_tls))
    return f"{before}\nserver {{\n{with_tls}"
