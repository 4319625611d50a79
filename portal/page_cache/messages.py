"""Requests and responses of WSGI, as far as keeping pages concerns them."""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.http import parse_cookie
from django.utils.http import parse_etags

from portal.page_cache.pages import Address, Headers
from portal.page_cache.proxies import cache_control
from publishing.requests import IS_IN_NO_LANGUAGE, KNOWS_QUERY

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

# A longer page is not kept.
MAX_BYTES = 1_000_000
# The headers of a kept page that are set for each answer.
SET_ANEW = {"content-encoding", "content-length", "etag", "vary", "cache-control"}
VARIES = "Accept-Encoding"
# What is asked by a longer address is not kept: padded with spaces, it would take more room than its page.
LONGEST_ADDRESS = 2_000
# So long may a list of encodings be.
LONGEST_ACCEPTED = 200


def address_of(environ: Environ) -> Address | None:
    """What the request asks for; None where the answer may be for one reader alone, or is a file."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return None
    path, host = environ["PATH_INFO"], environ.get("HTTP_HOST", "")
    if path.startswith(_elsewhere()) or not _has_only_harmless_cookies(environ.get("HTTP_COOKIE", "")):
        return None
    query = environ.get("QUERY_STRING", "")
    if not _is_ours(host, environ["SERVER_PORT"]) or len(path) + len(query) > LONGEST_ADDRESS:
        return None
    return Address(host, _scheme_of(environ), path, query)


def _scheme_of(environ: Environ) -> str:
    """As Django understands the header of a proxy: whatever else stands there would be kept apart."""
    if behind := settings.SECURE_PROXY_SSL_HEADER:
        header, secure = behind
        if header in environ:
            return "https" if environ[header].partition(",")[0].strip() == secure else "http"
    return str(environ["wsgi.url_scheme"])


def _is_ours(host: str, served_port: str) -> bool:
    """Whether it is written as our links write it: Django takes any port, and each would be kept apart."""
    name, _colon, port = host.partition(":")
    return name in settings.ALLOWED_HOSTS and port in ("", served_port, str(settings.PORT))


@cache
def _elsewhere() -> tuple[str, ...]:
    """Files, which are quick by themselves; the desk and the accounts, which are no page for everybody."""
    own = (f"/{language}/{part}/" for language, _name in settings.LANGUAGES for part in ("admin", "accounts"))
    return (settings.STATIC_URL, "/media/", "/healthz", "/readyz", *own)


def _has_only_harmless_cookies(header: str) -> bool:
    """Whether the cookies tell the public pages nothing: that of the forms is in none of them."""
    return not header or parse_cookie(header).keys() <= {settings.CSRF_COOKIE_NAME}


def accepted_encoding(header: str) -> str:
    """The best encoding that the header Accept-Encoding allows: "br", "gzip", or "" for none.

    A header that no browser sends is not read, and so not remembered.
    """
    return _accepted_encoding(header) if len(header) <= LONGEST_ACCEPTED else ""


@lru_cache(maxsize=256)
def _accepted_encoding(header: str) -> str:
    allowed = set()
    for part in header.lower().split(","):
        name, _semicolon, weight = part.strip().partition(";")
        if weight.strip().removeprefix("q=").strip("0.") or not weight:
            allowed.add(name.strip())
    return next((name for name in ("br", "gzip") if name in allowed), "")


def is_among(etag: str, header: str) -> bool:
    """Whether If-None-Match names the ETag; as it is compared weakly, also as a strong one."""
    if header in ("", etag):
        return bool(header)
    asked = [one.removeprefix("W/") for one in parse_etags(header)]
    return asked == ["*"] or etag.removeprefix("W/") in asked


class Response:
    """What an application said before its body."""

    def __init__(self) -> None:
        self.status = ""
        self._headers: Headers = []
        self._error: Any = None

    def start(self, status: str, headers: Headers, error: Any = None) -> Callable[[bytes], None]:
        """The `start_response` of WSGI."""
        self.status, self._headers, self._error = status, headers, error
        return _refuse_to_write

    def _first(self, name: str) -> str:
        return next((value for key, value in self._headers if key.lower() == name), "")

    def _varies(self) -> set[str]:
        return {name.strip() for name in self._first("vary").lower().split(",")} - {""}

    def may_be_kept(self, environ: Environ) -> bool:
        """Whether it is the same for everybody, and for everybody to keep."""
        length = self._first("content-length")
        return (
            self.status.startswith("200 ")
            and length.isdigit()
            and int(length) <= MAX_BYTES
            and not self._first("set-cookie")
            and not self._first("cache-control")
            and self._varies()
            <= {"accept-encoding", *(["accept-language"] if IS_IN_NO_LANGUAGE in environ else [])}
            and (not environ.get("QUERY_STRING") or KNOWS_QUERY in environ)
        )

    def text(self, chunks: Iterable[bytes]) -> bytes:
        """The body, whole and as it is before it is compressed."""
        try:
            body = b"".join(chunks)
        finally:
            _close(chunks)
        return gzip.decompress(body) if self._first("content-encoding") == "gzip" else body

    def headers_to_keep(self, text: bytes, environ: Environ) -> tuple[Headers, str]:
        """The headers for every encoding of the text, and the ETag among them.

        What is in no language is said to be in none: it was found in that of whoever asked first.
        """
        etag = f'W/"{hashlib.blake2b(text, digest_size=16).hexdigest()}"'
        headers = {"ETag": etag, "Vary": VARIES, "Cache-Control": cache_control()}
        left_out = SET_ANEW | ({"content-language"} if IS_IN_NO_LANGUAGE in environ else set())
        return [*(one for one in self._headers if one[0].lower() not in left_out), *headers.items()], etag

    def passed_on(
        self, chunks: Iterable[bytes], environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The response as it is; 304 where the reader has it already."""
        asked, etag = environ.get("HTTP_IF_NONE_MATCH"), self._first("etag")
        if asked and etag and self.status.startswith("200 ") and is_among(etag, asked):
            _close(chunks)
            lengths = {"content-length", "content-encoding", "content-type"}
            start_response(
                "304 Not Modified", [one for one in self._headers if one[0].lower() not in lengths]
            )
            return []
        start_response(self.status, self._headers, *([self._error] if self._error else []))
        return chunks


def _refuse_to_write(_body: bytes) -> None:
    raise NotImplementedError("no application of ours writes its body at once")


def _close(chunks: Iterable[bytes]) -> None:
    if close := getattr(chunks, "close", None):
        close()
