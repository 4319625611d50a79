"""What the server and the worker count, in files that they share (prometheus_client's multiprocess mode)."""

import functools
import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from config.metrics.processes import remove_files_of_gone_processes
from config.request_log import note_route
from portal.page_cache.front import Sent

READING = ("GET", "HEAD", "OPTIONS")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

GetResponse = Callable[[HttpRequest], HttpResponse]


class Counters:
    """The figures of a process. Whoever makes them opens files, which only the casebook's account may."""

    def __init__(self) -> None:
        settings.METRICS_FOLDER.mkdir(parents=True, exist_ok=True)
        # What is read later is in the files, and not in this registry.
        own = CollectorRegistry()
        self.requests = Counter(
            "sulh_requests", "Answered requests.", ["route", "kind", "status"], registry=own
        )
        self.seconds = Histogram(
            "sulh_request_seconds", "Seconds until the answer.", ["area"], buckets=BUCKETS, registry=own
        )
        self.in_progress = Gauge(
            "sulh_requests_in_progress",
            "Requests that are being answered.",
            multiprocess_mode="livesum",
            registry=own,
        )
        self.pages = Counter(
            "sulh_public_pages", "Requests for pages that are the same for everybody.", ["how"], registry=own
        )
        self.logged = Counter(
            "sulh_log_records", "Warnings and errors, of the worker too.", ["logger", "level"], registry=own
        )


@functools.cache
def counters() -> Counters:
    """Those of this process, and of the processes that it forks, each in files of its own."""
    return Counters()


def count_requests(get_response: GetResponse) -> GetResponse:
    """Count each answer, and how long it took; what processes counted that are gone is forgotten."""
    remove_files_of_gone_processes(settings.METRICS_FOLDER)
    count_what_is_logged()
    figures = counters()

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with figures.in_progress.track_inprogress():
            response = get_response(request)
        kind = "read" if request.method in READING else "write"
        route = note_route(request)
        figures.requests.labels(route, kind, response.status_code).inc()
        figures.seconds.labels(area_of(route)).observe(time.perf_counter() - began)
        return response

    return middleware


def count_kept(environ: dict[str, Any], sent: Sent) -> None:
    """Count the answer to a request for a page that is kept, and how it was found."""
    figures = counters()
    figures.requests.labels(sent.route, "read", sent.status).inc()
    figures.seconds.labels("public").observe(sent.seconds)
    figures.pages.labels(sent.how).inc()


def area_of(route: str) -> str:
    """To whom the route belongs: readers, editors, or files."""
    return "desk" if route.startswith("admin:") else "static" if route == "static" else "public"


class CountRecords(logging.Handler):
    """Counts warnings and errors by the app that wrote them."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count it; what it says is counted nowhere."""
        counters().logged.labels(record.name.partition(".")[0], record.levelname.lower()).inc()


def count_what_is_logged() -> None:
    """Count the warnings and errors of this process from now on."""
    logging.getLogger().addHandler(CountRecords(level=logging.WARNING))
