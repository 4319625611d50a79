"""A Django view that returns bytes from memory, behind Django's usual middleware: what everything is measured against.

`python -m tests.benchmarks.bare PORT FOLDER OPTIONS APPLICATION`; the folder has the pages, the options are those of
the server.
"""

import json
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from waitress import create_server

# As `django-admin startproject` writes it.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
APPS = ("auth", "contenttypes", "sessions", "messages")
Page = tuple[bytes, dict[str, str]]

pages: dict[str, Page] = {}
EMPTY: Page = (b"", {"content-type": "text/plain"})


def page(request: HttpRequest) -> HttpResponse:
    """The bytes of the address; of another one none."""
    body, headers = pages.get(request.get_full_path(), EMPTY)
    return HttpResponse(body, headers=headers)


urlpatterns = [re_path("", page)]


def without_django(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """The same bytes from memory and nothing else: what the server itself takes."""
    body, headers = pages.get(environ["PATH_INFO"], EMPTY)
    start_response("200 OK", [*headers.items(), ("Content-Length", str(len(body)))])
    return [body]


def _django() -> Callable[..., Any]:
    settings.configure(
        SECRET_KEY="bare", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=MIDDLEWARE,
        INSTALLED_APPS=[f"django.contrib.{name}" for name in APPS], USE_TZ=True,
    )  # fmt: skip
    django.setup()
    return get_wsgi_application()


def main(port: str, folder: str, options: str, application: str) -> None:
    """Serve until a signal ends it; application: "django", or "nothing" for the server alone."""
    listed = json.loads((Path(folder) / "pages.json").read_text(encoding="utf-8"))
    pages.update(
        {one: ((Path(folder) / said["file"]).read_bytes(), said["headers"]) for one, said in listed.items()}
    )
    listener = socket.create_server(("127.0.0.1", int(port)))
    serve = _django() if application == "django" else without_django
    create_server(serve, sockets=[listener], **json.loads(options)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
