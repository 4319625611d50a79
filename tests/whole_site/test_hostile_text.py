"""Hostile text stays text: on public pages and at the desk."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from markdown_it import MarkdownIt

from publishing import markdown
from publishing.fields.columns import refuse_invisible
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, Revision
from publishing.rules import Refusal
from sources.models import Image, Source
from tests.factories import publish, publish_source, snapshot_of
from tests.whole_site.filled import (
    HARMLESS,
    Text,
    filled,
    publish_filled,
    takes,
    text_columns,
    wherever_it_fits,
)
from tests.whole_site.hostile import HOSTILE, MARKDOWN, UNICODE, executable
from tests.whole_site.reading import corpus

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]

Addresses = Callable[[Entry], Iterator[tuple[str, str]]]
TEXTS_OF_A_FIELD = 6
# For columns that none of the packed texts fits.
SHORT = "\"'><script>alert(1)</script>"


# --- published through the door ----------------------------------------------------------


def in_public(entry: Entry) -> Iterator[tuple[str, str]]:
    """What readers see of it."""
    yield "page", entry.get_absolute_url()
    if entry.kind not in {"place", "page", "image"}:
        yield "list", entry.get_absolute_url().removesuffix(f"{entry.slug}/")


def at_the_desk(entry: Entry) -> Iterator[tuple[str, str]]:
    """What editors see of it."""
    desk = f"admin:{entry._meta.app_label}_{entry._meta.model_name}"
    yield "desk list", reverse(f"{desk}_changelist")
    for what in ("change", "history", "delete"):
        yield f"desk {what}", reverse(f"{desk}_{what}", args=[entry.pk])
    revision = Revision.objects.get(entry=entry)
    yield "desk revision", reverse("admin:publishing_revision_change", args=[revision.pk])


@pytest.fixture
def shown(client: Client) -> Callable[..., dict[str, Counter]]:
    """What could run on the public pages and in the lists, by default, of each kind of entry."""

    def read(entries: dict[str, Entry], addresses: Addresses = in_public) -> dict[str, Counter]:
        languages = itertools.cycle(PAGE_LANGUAGES)
        found = {}
        for name, entry in entries.items():
            with override(next(languages)):
                there = [*addresses(entry)]
            for what, address in there:
                response = client.get(address)
                assert response.status_code == 200, address
                html = response.content.decode()
                found[f"{name} {what}"] = executable(html)
                if what == "list":
                    # Each value of a facet has a box, and the values are those that are there.
                    found[f"{name} {what}"]["input"] -= html.count('<input type="checkbox"')
        if "image desk list" in found:
            # A small one of each that is there.
            found["image desk list"]["img"] -= Image.objects.count()
        return found

    return read


def test_hostile_text_in_every_field_runs_nowhere(shown: Callable) -> None:
    harmless = shown(publish_filled(lambda column: HARMLESS))

    # Each field gets so many of the texts, and each text stands in many fields of each kind.
    for first in range(TEXTS_OF_A_FIELD):
        assert shown(publish_filled(_in_turn(first))) == harmless


def test_no_hostile_text_runs_where_it_is_a_title_and_prose(shown: Callable) -> None:
    def of_a_theme(text: str) -> dict[str, Counter]:
        return shown({"theme": publish(filled(snapshot_of("theme"), wherever_it_fits(text)))})

    harmless = of_a_theme(HARMLESS)

    for text in _packed():
        assert of_a_theme(text) == harmless


def test_hostile_text_in_every_field_runs_nowhere_at_the_desk(
    shown: Callable, client: Client, administrator: Any
) -> None:
    client.force_login(administrator)
    harmless = shown(publish_filled(lambda column: HARMLESS), at_the_desk)

    assert shown(publish_filled(_in_turn()), at_the_desk) == harmless


def test_hostile_text_in_every_field_of_prose_runs_nowhere(shown: Callable) -> None:
    harmless = shown(publish_filled(lambda column: HARMLESS))
    whole = "\n\n".join(text for text in MARKDOWN.values() if len(text) < 1000 and takes(_prose(), text))

    hostile = publish_filled(lambda column: whole if isinstance(column, models.TextField) else HARMLESS)

    assert shown(hostile) == harmless


def test_every_field_takes_part() -> None:
    text = "</title><script>alert(1)</script>"

    entries = publish_filled(wherever_it_fits(text))

    for entry in entries.values():
        assert {getattr(entry, column.name) for column in text_columns(type(entry))} == {text}


def test_the_check_notices_a_page_without_escapes(shown: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publishing.templatetags.reading.conditional_escape", _unsafe)
    harmless = shown(publish_filled(lambda column: HARMLESS))

    hostile = shown(publish_filled(wherever_it_fits("<img src=x onerror=alert(1)>")))

    assert hostile["case page"] - harmless["case page"]
    assert hostile["initiative page"] - harmless["initiative page"]


def test_the_check_notices_markdown_without_a_sanitiser(
    shown: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    unguarded = MarkdownIt("commonmark", {"html": True})
    monkeypatch.setattr(markdown, "rendered", lambda text, **_how: unguarded.render(text))
    monkeypatch.setattr(markdown, "rendered_with", lambda _rule, text, **_how: unguarded.render(text))
    harmless = shown(publish_filled(lambda column: HARMLESS))

    hostile = shown(publish_filled(wherever_it_fits("<script>alert(1)</script>")))

    missed = {what for what in hostile if what.endswith(" page") and not hostile[what] - harmless[what]}
    assert missed == {"place page", "image page"}


# --- refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "character", "\x00\x07\x1b\x7f\x85\u202a\u202e\u2066\u2069\u200b\u2060\ufeff\u00ad\u3164"
)
def test_what_cannot_be_seen_is_refused_in_short_texts(character: str) -> None:
    with pytest.raises(Refusal) as refused:
        publish(snapshot_of("theme", title_en=f"mod{character}erator"))

    assert refused.value.code == "impossible_value"


@pytest.mark.parametrize("name", [row["id"] for row in corpus("unicode_spoof") if row["expect"] == "refused"])
def test_what_the_corpus_wants_refused_is_refused_as_a_title(name: str) -> None:
    with pytest.raises(ValidationError):
        refuse_invisible(UNICODE[name])


@pytest.mark.parametrize("name", ["unicode_spoof-062", "unicode_spoof-064"])
def test_what_arabic_script_needs_is_kept_as_it_is(name: str) -> None:
    source = publish_source(remark_en=UNICODE[name])

    assert Source.objects.get(pk=source.pk).remark_en == UNICODE[name]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "https://a b", "file:///x"],
)
@pytest.mark.parametrize("column", ["url", "archived_url"])
def test_a_link_that_is_none_of_the_web_is_refused(column: str, url: str) -> None:
    with pytest.raises(Refusal):
        publish(snapshot_of("source", **{column: url}))


# --- reading what came of it -------------------------------------------------------------


def _packed() -> Iterator[str]:
    """All hostile texts that a title takes, as many together as fit in one."""
    title = Entry._meta.get_field("title_en")
    together = ""
    for text in HOSTILE.values():
        if takes(title, text):
            if not takes(title, f"{together} {text}"):
                yield together
                together = ""
            together = f"{together} {text}"
    yield together


def _in_turn(first: int = 0) -> Text:
    """For each field that is asked for, the next of the packed texts that it takes."""
    packs = [*_packed()]
    texts = itertools.islice(itertools.cycle(packs), first, None)
    return lambda column: next(
        (text for text in itertools.islice(texts, len(packs)) if takes(column, text)), SHORT
    )


def _prose() -> models.Field:
    return Source._meta.get_field("remark_en")


def _unsafe(html: Any) -> Any:
    return type("Unsafe", (str,), {"__html__": lambda self: str(self)})(html)
