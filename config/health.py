"""What machines ask to know whether the casebook lives, and whether it can serve."""

import functools

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _answer("alive")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has all migrations; status 503 otherwise."""
    try:
        lacks = migrations() - {*MigrationRecorder(connection).applied_migrations()}
    except (DatabaseError, InterfaceError):
        return _answer("the database does not answer", 503)
    return _answer(f"{len(lacks)} migrations are not applied", 503) if lacks else _answer("ready")


@functools.cache
def migrations() -> frozenset[tuple[str, str]]:
    """All migrations of this release, as (app, name); read once from their files."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _answer(text: str, status: int = 200) -> HttpResponse:
    answer = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
