"""Without the app of the public door the site works: its pages, its desk and its worker."""

import json
import subprocess
import sys

from config.env import ROOT

# In a process of its own, since which apps there are is settled once, at its start.
SITE = """
import io, json, sys, uuid
from pathlib import Path
from django.conf import settings
settings.INSTALLED_APPS.remove("contributions")
settings.PUBLIC_DOOR = ""
settings.DATABASES["default"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
settings.MIGRATION_MODULES = {
    name.split(".")[-1]: None for name in (*settings.INSTALLED_APPS, "mfa", "account", "usersessions", "admin")
}
settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
settings.ALLOWED_HOSTS = ["testserver"]

import django
django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from pillars.models import Term
from publishing import snapshots
from publishing.actions import publishing, reviewing
from publishing.models import ChainHead

call_command("check")
call_command("migrate", run_syncdb=True, verbosity=0)
ChainHead.objects.get_or_create(pk=1)
owner = get_user_model().objects.create_superuser("owner", "owner@example.org", "-")

wanted = snapshots.blank(snapshots.empty(Term, uuid.uuid4()))
wanted["fields"] |= {"title_en": "Truce", "slug": "truce", "definition_en": "A pause.", "group": "agreement"}
wanted["fields"]["group"] = Term._meta.get_field("group").choices[0][0]
proposal = publishing.propose(
    wanted, by=owner, base=None, note="New.", note_language="en", change_class="addition"
)
reviewing.accept(proposal, by=owner)
call_command("work", once=True)

found = {}
for address in ("/en/", "/ar/cases/", "/fr/glossary/truce/", "/sitemap.xml"):
    found[address] = Client().get(address)
editor = Client()
editor.force_login(owner)
for address in ("/en/admin/", "/en/admin/pillars/term/", "/en/admin/publishing/proposal/"):
    found[address] = editor.get(address)
Path(sys.argv[1]).write_text(json.dumps({
    address: [answer.status_code, "/propose/" in answer.content.decode()] for address, answer in found.items()
}))
"""


def test_the_site_works_without_the_app_of_the_public_door(tmp_path):
    told = tmp_path / "found.json"

    site = subprocess.run(
        [sys.executable, "-c", SITE, told],
        cwd=ROOT,
        env={
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEVELOPMENT": "1",
            "SECRET_KEY": "only for a test",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert site.returncode == 0, site.stderr
    assert set(map(tuple, json.loads(told.read_text()).values())) == {(200, False)}
