"""The page that Prometheus reads."""

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from config.metrics.processes import forget_what_gone_processes_were_doing
from config.metrics.state import State


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures, for whoever has the token; nobody else learns that there is such a page."""
    given = request.headers.get("Authorization", "").encode()
    if not secrets.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode()):
        raise Http404
    forget_what_gone_processes_were_doing(settings.METRICS_FOLDER)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.METRICS_FOLDER))
    registry.register(State())
    answer = HttpResponse(generate_latest(registry), content_type="text/plain; version=0.0.4; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
