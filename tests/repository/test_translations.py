"""The translations of the pages' own words: whole, and saying what the English says."""

import os
import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings

from config.env import ROOT
from tests.repository import alike

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd%]|\{[a-z_]*\}")

each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
def test_everything_is_translated(language):
    catalogue = catalogue_of(language)

    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


@each_language
def test_placeholders_survive_translation(language):
    assert [entry.msgid for entry in catalogue_of(language) if loses_a_placeholder(entry)] == []


def test_a_lost_placeholder_is_noticed():
    incomplete = polib.POEntry(msgid="%(count)d of %(all)d", msgstr="%(count)d")
    complete = polib.POEntry(msgid="%(count)d of %(all)d", msgstr="%(all)d / %(count)d")
    dual = polib.POEntry(
        msgid="%(count)d case",
        msgid_plural="%(count)d cases",
        msgstr_plural={0: "حالتان", 1: "%(count)d حالة"},
    )
    misspelt = polib.POEntry(
        msgid="%(count)d case",
        msgid_plural="%(count)d cases",
        msgstr_plural={0: "حالتان", 1: "%(cuont)d حالة"},
    )

    assert [loses_a_placeholder(one) for one in (incomplete, complete, dual, misspelt)] == [
        True,
        False,
        False,
        True,
    ]


def test_no_line_of_french_begins_with_a_mark():
    """Before : ; ? ! and inside guillemets stands a space at which no line ends."""
    torn = re.compile(r" [:;?!»](?=[\s)<]|$)|« ")

    assert [text for entry in catalogue_of("fr") for text in texts_of(entry) if torn.search(text)] == []
    assert [one for one in ("Quoi ?", "« ici »", "à : là") if not torn.search(one)] == []


@each_language
def test_the_compiled_catalogue_is_that_of_the_source(language):
    folder = ROOT / "locale" / language / "LC_MESSAGES"

    source, compiled = polib.pofile(str(folder / "django.po")), polib.mofile(str(folder / "django.mo"))

    assert messages(source.translated_entries()) == messages(compiled)


def test_every_text_of_the_code_stands_in_the_catalogues(tmp_path):
    assert shutil.which("xgettext"), "gettext is needed to collect the texts (Debian: apt install gettext)"
    copy = tmp_path / "sulh"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "var", "tests", "docs", "__pycache__"))
    collect = [sys.executable, "manage.py", "makemessages", *(f"--locale={one}" for one in LANGUAGES)]

    subprocess.run(
        [*collect, "--no-location"],
        cwd=copy,
        env={**os.environ, "DEVELOPMENT": "1", "SECRET_KEY": "-"},
        check=True,
    )

    for language in LANGUAGES:
        fresh = polib.pofile(str(copy / "locale" / language / "LC_MESSAGES" / "django.po"))
        assert said_in_english(fresh) - said_in_english(catalogue_of(language)) == set()


def catalogue_of(language):
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


def loses_a_placeholder(entry):
    """Whether a translation has other placeholders than the English.

    A plural form may leave the number out (Arabic has a word for two), but invents none.
    """
    wanted = sorted(PLACEHOLDER.findall(entry.msgid))
    if not entry.msgid_plural:
        return bool(entry.msgstr) and sorted(PLACEHOLDER.findall(entry.msgstr)) != wanted
    known = {*wanted, *PLACEHOLDER.findall(entry.msgid_plural)}
    return any({*PLACEHOLDER.findall(form)} - known for form in entry.msgstr_plural.values())


def messages(entries):
    return {(one.msgctxt, one.msgid): one.msgstr or one.msgstr_plural for one in entries}


def texts_of(entry):
    return [entry.msgstr, *entry.msgstr_plural.values()]


def said_in_english(catalogue):
    return {(one.msgctxt, one.msgid) for one in catalogue if not one.obsolete}


def test_no_unlike_texts_have_one_translation_that_nobody_looked_at():
    assert [*alike.lines(alike.catalogues())] == alike.LIST.read_text(encoding="utf-8").splitlines()


def test_a_translation_left_over_from_another_text_is_noticed():
    catalogue = polib.POFile()
    texts = {"Dead links": "روابط", "Link of the copy": "روابط", "Links": "أخرى", "links:": "أخرى"}
    catalogue.extend(polib.POEntry(msgid=text, msgstr=said) for text, said in texts.items())

    assert [*alike.lines({"ar": catalogue})] == ["ar: dead links | link of the copy = روابط"]
