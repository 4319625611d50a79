"""What is done inside a casebook, in a process of its own: `python -m tests.benchmarks.inside NAME ARGUMENTS`."""

import json
import os
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 (needs the apps)
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count, Model  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import translation  # noqa: E402

from cases.models import Actor, Case, Initiative, Place  # noqa: E402
from pillars.models import Pillar, Term, Theme  # noqa: E402
from portal.management.commands.run import static_files_changed  # noqa: E402
from portal.web_server import OPTIONS  # noqa: E402
from publishing.models import Entry  # noqa: E402
from sources.models import Source  # noqa: E402
from tests.benchmarks import in_bulk, in_search, writers  # noqa: E402

# What is built can be built again, so it need not outlive a power cut.
FAST = "PRAGMA synchronous=OFF; PRAGMA journal_mode=memory"


def build(size: int, has_starter: bool) -> None:
    """Synthetic cases, beside the starter content or alone."""
    connection.settings_dict["OPTIONS"]["init_command"] = FAST
    call_command("migrate", verbosity=0)
    get_user_model().objects.create_superuser(writers.ADMINISTRATOR, password="of the benchmarks")
    if has_starter:
        call_command("load_starter", by=writers.ADMINISTRATOR, stdout=sys.stderr)
    call_command("make_cases", size, beside=True, stdout=sys.stderr)


def facts() -> dict[str, Any]:
    """What is measured in this casebook, by name: addresses; and what is said about it.

    A casebook that was kept gets the tables of today, and the static files are there before servers start.
    """
    call_command("migrate", verbosity=0)
    if static_files_changed():
        call_command("collectstatic", interactive=False, verbosity=0)
    return {
        "entries": _entries(),
        "lists": _lists(),
        "others": _others(),
        "desk": _desk(),
        "richest": reverse("admin:cases_case_change", args=[_richest().pk]),
        "old records": [one.get_absolute_url() for one in Case.objects.order_by("slug")[:20]],
        "session": _session(),
        "server": OPTIONS,
        "versions": {
            "Python": platform.python_version(),
            "Django": django.get_version(),
            "waitress": version("waitress"),
            "SQLite": ".".join(map(str, connection.get_database_version())),
            "journal": _journal(),
        },
        "entries in all": Entry.objects.count(),
    }


def _journal() -> str:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        return str(cursor.fetchone()[0])


def _richest() -> Any:
    return _busiest(Case, "claims")


def _busiest(kind: type[Model], rows: str) -> Any:
    counted = (
        kind._default_manager.order_by().values("pk").annotate(number=Count(rows)).order_by("-number", "pk")
    )
    return kind._default_manager.get(pk=counted[0]["pk"])


def _entries() -> dict[str, str]:
    """A page of each kind of entry: of the synthetic ones the first case; of the others the busiest."""
    of_kinds = {
        "case": Case.objects.filter(slug__startswith="synthetic").order_by("slug").first(),
        "richest case": _richest(),
        "initiative": Initiative.objects.order_by("slug").first(),
        "actor": Actor.objects.filter(slug__startswith="synthetic").order_by("slug").first(),
        "busiest actor": _busiest(Actor, "participations"),
        "source": Source.objects.filter(slug__startswith="synthetic").order_by("slug").first(),
        "busiest source": _busiest(Source, "cited_in"),
        "busiest place": _busiest(Place, "cases"),
        "busiest theme": _busiest(Theme, "cases"),
        "pillar": Pillar.objects.order_by("position", "pk").first(),
        "term": Term.objects.order_by("slug").first(),
    }
    return {name: entry.get_absolute_url() for name, entry in of_kinds.items() if entry is not None}


def _lists() -> dict[str, str]:
    """Lists of cases, plain and filtered."""
    cases, actor, place = reverse("cases:cases"), _busiest(Actor, "participations"), _busiest(Place, "cases")
    return {
        "list of cases": cases,
        "cases of the busiest actor as signatory": f"{cases}?actor={actor.slug}&role=signatory",
        "cases of the busiest place": f"{cases}?country={place.slug}",
        "cases by outcome": f"{cases}?outcome=holding",
        "cases by title": f"{cases}?order=title",
        "cases, last page": f"{cases}?page=last",
    }


def _others() -> dict[str, str]:
    """Every other kind of public page, and what machines read."""
    case = Case.objects.filter(slug__startswith="synthetic").order_by("slug").first()
    return {
        "home": reverse("portal:home"),
        "initiatives": reverse("cases:initiatives"),
        "actors": reverse("cases:actors"),
        "sources": reverse("sources:sources"),
        "pillars": reverse("pillars:pillars"),
        "themes": reverse("pillars:themes"),
        "glossary": reverse("pillars:terms"),
        "changes": reverse("portal:changes"),
        "all changes": f"{reverse('portal:changes')}?change=all",
        "figures": reverse("portal:figures"),
        "history of a case": f"{case.get_absolute_url()}history/",
        "feed": f"{reverse('portal:changes-feed')}?change=all",
        "index of the sitemap": reverse("sitemap"),
        "first part of the sitemap": reverse("sitemap-part", kwargs={"section": "entries"}),
    }


def _desk() -> dict[str, str]:
    """The first page of the desk, its lists, a search and what suggests names."""
    cases = reverse("admin:cases_case_changelist")
    suggest = f"{reverse('admin:autocomplete')}?app_label=cases&model_name=participation&field_name=actor&term=front"
    return {
        "home": reverse("admin:index"),
        "cases": cases,
        "cases searched": f"{cases}?q=ceasefire",
        "actors": reverse("admin:cases_actor_changelist"),
        "sources": reverse("admin:sources_source_changelist"),
        "names of actors": suggest,
    }


def _client() -> Client:
    return Client(SERVER_NAME="localhost")


def _signed_in() -> Client:
    client = _client()
    client.force_login(
        get_user_model().objects.get(username=writers.ADMINISTRATOR),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def _session() -> str:
    return str(_signed_in().cookies["session"].value)


def queries(addresses: dict[str, str], *, at_the_desk: bool) -> dict[str, int]:
    """How many queries each takes, the second time."""
    client, found = _signed_in() if at_the_desk else _client(), {}
    for name, address in addresses.items():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        found[name] = len(captured)
    return found


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "build": build,
    "facts": facts,
    "queries": lambda addresses: queries(addresses, at_the_desk=False),
    "queries at the desk": lambda addresses: queries(addresses, at_the_desk=True),
    "publish": writers.publish,
    "bytes": writers.bytes_of_revisions,
    "refuse": writers.refuse,
    "faults": writers.faults,
    "export": in_bulk.export,
    "bring": in_bulk.bring,
    "search": in_search.search_words,
}

if __name__ == "__main__":
    translation.activate("en")
    print(json.dumps(FUNCTIONS[sys.argv[1]](*json.loads(sys.argv[2]))))
