"""A fourth language, added as docs/architecture.md tells it: a setting, a migration, a folder of translations."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import polib
import pytest

from config.env import ROOT

MIGRATION = "add_turkish"
NOT_COPIED = shutil.ignore_patterns(".*", "var", "docs", "corpora", "browser")
# What is compiled is copied too, as old as before: Python then takes it for that of the copy.
NO_SOURCES = {"var", "__pycache__"}
STALE_IN_THREE = [["a-truce", "ar", 1], ["a-truce", "fr", 1]]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was found before and after Turkish was added to a copy of the repository with entries in it."""
    copy = tmp_path_factory.mktemp("fourth") / "sulh"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    before = found_in(copy, "before()")
    as_it_was = files_in(copy)

    add_turkish(copy)
    run(copy, "makemigrations", "--name", MIGRATION)
    changed = sorted(name for name, content in files_in(copy).items() if as_it_was.get(name) != content)
    return {"before": before, "changed": changed, **found_in(copy, f"after({MIGRATION!r})")}


def add_turkish(copy: Path) -> None:
    """The setting, and the folder of translations with a few words in it."""
    settings = copy / "config" / "settings.py"
    text = settings.read_text()
    settings.write_text(text.replace('("fr", _("French"))]', '("fr", _("French")), ("tr", _("Turkish"))]'))
    folder = copy / "locale" / "tr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "tr"}
    catalogue.append(polib.POEntry(msgid="Skip to content", msgstr="İçeriğe geç"))
    catalogue.save(str(folder / "django.po"))
    catalogue.save_as_mofile(str(folder / "django.mo"))


def found_in(copy: Path, call: str) -> dict[str, Any]:
    """What that function of `fourth_language` finds in the copy."""
    code = f"import json; from tests.repository import fourth_language as of; print(json.dumps(of.{call}))"
    return json.loads(run(copy, "shell", "--no-imports", "--command", code))


def run(copy: Path, *command: str) -> str:
    """What the command of manage.py prints in the copy, on a database of its own."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "DEVELOPMENT": "1",
        "DEBUG": "1",
        "SECRET_KEY": "-",
        "DATABASE_URL": f"sqlite:///{copy.parent}/trial.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=copy, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def files_in(copy: Path) -> dict[str, bytes]:
    """Every source file of the copy, by its path."""
    files = (path for path in copy.rglob("*") if path.is_file() and not NO_SOURCES & {*path.parts})
    return {str(path.relative_to(copy)): path.read_bytes() for path in files}


def test_it_is_a_setting_a_migration_of_each_app_and_a_catalogue(trial: dict[str, Any]) -> None:
    apps = ["cases", "contributions", "pillars", "portal", "publishing", "sources"]
    migrations = [name for name in trial["changed"] if name.endswith(f"_{MIGRATION}.py")]

    assert {name.split("/")[0] for name in migrations} <= {*apps}
    assert [name for name in trial["changed"] if name not in migrations] == [
        "config/settings.py",
        "locale/tr/LC_MESSAGES/django.mo",
        "locale/tr/LC_MESSAGES/django.po",
    ]


def test_its_migrations_add_columns_an_index_of_titles_and_widen_constraints(trial: dict[str, Any]) -> None:
    by_kind: dict[str, set[str]] = {}
    for kind, name in trial["operations"]:
        by_kind.setdefault(kind, set()).add(name)

    assert by_kind.keys() == {"AddField", "AddIndex", "AlterField", "AddConstraint", "RemoveConstraint"}
    assert by_kind["AddIndex"] == {"list_by_title_tr"}
    assert {name for name in by_kind["AddField"] if not name.endswith("_tr")} == set()
    assert by_kind["AlterField"] == {"language"}
    assert by_kind["AddConstraint"] == by_kind["RemoveConstraint"]


def test_no_mark_of_staleness_is_lost(trial: dict[str, Any]) -> None:
    assert trial["before"]["marks"] == STALE_IN_THREE
    assert trial["marks"] == STALE_IN_THREE
    assert trial["ages"]["title"] == {"en": 2, "ar": 1, "fr": 1}


def test_nor_by_the_next_revision(trial: dict[str, Any]) -> None:
    assert trial["marks_after_revision"] == STALE_IN_THREE
    assert trial["ages_after_revision"]["title"] == {"en": 2, "ar": 1, "fr": 1}
    assert trial["ages_after_revision"]["finding"] == {"en": 3}


def test_what_was_published_before_passes_verification(trial: dict[str, Any]) -> None:
    assert (trial["faults"], trial["faults_at_end"]) == ("", "")


def test_old_pages_stay_and_those_of_the_language_are_there(trial: dict[str, Any]) -> None:
    answers = {address: page.split("\n", 1)[0] for address, page in trial["pages"].items()}

    assert set(answers.values()) == {"200"}
    assert {address for address in answers if address.startswith("/en/")} == trial["before"]["pages"].keys()
    assert len([address for address in answers if address.startswith("/tr/")]) == 5


def test_a_page_in_the_language_says_so_and_falls_back(trial: dict[str, Any]) -> None:
    page = trial["pages"]["/tr/cases/a-truce/"]

    assert '<html lang="tr" dir="ltr">' in page
    assert "İçeriğe geç" in page
    assert re.search(r'<link rel="alternate" hreflang="tr" href="[^"]*/tr/cases/a-truce/">', page)
    assert '<h1><bdi lang="en">Another truce</bdi></h1>' in page


def test_a_text_that_is_translated_is_shown(trial: dict[str, Any]) -> None:
    page = trial["translated"]["/tr/cases/a-truce/"]

    assert "<h1><bdi>Bir ateşkes</bdi></h1>" in page
    assert "Another truce" not in page


def test_search_engines_are_told_of_it(trial: dict[str, Any]) -> None:
    assert "Disallow: /tr/admin/\n" in trial["robots"]
    assert "/tr/cases/a-truce/</loc>" in trial["sitemap"]


def test_editors_have_a_box_for_it(trial: dict[str, Any]) -> None:
    assert trial["form"] == ["title_en", "title_ar", "title_fr", "title_tr"]
