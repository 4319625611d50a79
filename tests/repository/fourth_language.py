"""What test_fourth_language runs in a copy of the repository, before and after the language is added."""

import io
import re
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import override

from publishing.models import Entry, Revision, TextAges, Translation
from tests.databases import insert_rows_of_migrations, record_migrations
from tests.factories import an_account, publish_case, publish_change, publish_one_of_each


def before() -> dict[str, Any]:
    """Make a casebook in three languages, with a truce whose Arabic and French titles are stale."""
    make_tables()
    publish_one_of_each()
    truce = publish_case(slug="a-truce", title_en="A truce", title_ar="هدنة", title_fr="Une trêve")
    publish_change(truce, title_en="Another truce")
    return {"marks": stale_marks(), "pages": pages("en", truce)}


def make_tables() -> None:
    """As all tests make them: that migrations make the same, tests/repository/test_migrations.py says."""
    every_app = {key[0]: None for key in MigrationLoader(None).disk_migrations}
    with override_settings(MIGRATION_MODULES=every_app):
        call_command("migrate", run_syncdb=True, verbosity=0)
    insert_rows_of_migrations()
    record_migrations()


def after(migration: str) -> dict[str, Any]:
    """Migrate it to Turkish by the migrations of that name, then publish new revisions of the truce."""
    call_command("migrate", verbosity=0)
    call_command("rebuild_translations", stdout=io.StringIO())
    call_command("rebuild_names", stdout=io.StringIO())
    truce = Entry.objects.get(slug="a-truce")
    found = {
        "operations": operations(migration),
        "marks": stale_marks(),
        "ages": ages(truce),
        "faults": faults(),
        "pages": pages("en", truce) | pages("tr", truce),
        "robots": Client(SERVER_NAME=settings.SITE_HOST).get("/robots.txt").content.decode(),
        "sitemap": Client(SERVER_NAME=settings.SITE_HOST).get("/sitemap-entries.xml").content.decode(),
        "form": columns_in_form(truce),
    }
    publish_change(truce.case, finding_en="It holds.")
    found |= {"marks_after_revision": stale_marks(), "ages_after_revision": ages(truce)}
    publish_change(truce.case, title_tr="Bir ateşkes")
    return found | {"translated": pages("tr", truce), "faults_at_end": faults()}


def stale_marks() -> list[list[Any]]:
    """The entries with stale texts: slug, language and number."""
    stale = Translation.objects.filter(stale__gt=0).order_by("entry__slug", "language")
    return [[*one] for one in stale.values_list("entry__slug", "language", "stale")]


def ages(entry: Entry) -> dict[str, dict[str, int]]:
    """The ages of its texts."""
    return TextAges.objects.get(entry_id=entry.pk).ages


def faults() -> str:
    """What `verify` finds wrong."""
    try:
        call_command("verify", stdout=io.StringIO(), stderr=io.StringIO())
    except CommandError as error:
        return str(error)
    return ""


def operations(named: str) -> list[tuple[str, str]]:
    """The kind of each operation of the migrations of that name, and what it is about."""
    new = [one for one in MigrationLoader(None).disk_migrations.values() if one.name.endswith(named)]
    return [(type(one).__name__, _name_in(one)) for migration in new for one in migration.operations]


def _name_in(operation: Any) -> str:
    made = getattr(operation, "constraint", None) or getattr(operation, "index", None) or operation
    return str(made.name)


def pages(language: str, truce: Entry) -> dict[str, str]:
    """The front page, and of the truce its page, its history, its first revision and its oldest record."""
    with override(language):
        first = Revision.objects.get(entry_id=truce.pk, number=1)
        addresses = [
            reverse("portal:home"),
            truce.get_absolute_url(),
            truce.get_history_url(),
            first.get_absolute_url(),
            first.get_record_url(),
        ]
    found = {}
    for address in addresses:
        answer = Client(SERVER_NAME=settings.SITE_HOST).get(address)
        found[address] = f"{answer.status_code}\n{answer.content.decode()}"
    return found


def columns_in_form(truce: Entry) -> list[str]:
    """The names of the inputs for the title in the editors' form."""
    editor = Client(SERVER_NAME=settings.SITE_HOST)
    editor.force_login(an_account())
    form = editor.get(reverse("admin:cases_case_change", args=[truce.pk])).content.decode()
    return re.findall(r'name="(title_\w+)"', form)
