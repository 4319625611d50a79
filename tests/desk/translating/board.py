"""The addresses of the translation desk, its form, and what it counts."""

from typing import Any

from django.test import Client

from publishing.models import Entry, Translation
from tests.factories import newest

BOARD = "/en/admin/translations/"
NOTE_FIELDS = {"note": "Translated.", "note_language": "en"}


def desk_of(entry: Entry, language: str = "ar", query: str = "") -> str:
    return f"{BOARD}{entry.pk}/{language}/{query}"


def send(client: Client, entry: Entry, language: str = "ar", **typed: Any) -> Any:
    """Send the form of the translation desk; paths: the fields `text:<path>` and `still:<path>`."""
    paths = {name.replace("__", ":"): value for name, value in typed.items()}
    based_on = paths.pop("based_on", newest(entry).number)
    return client.post(desk_of(entry, language), {**NOTE_FIELDS, "based_on": based_on, **paths})


def counts_of(entry: Entry, language: str) -> tuple[int, int, int]:
    one = Translation.objects.get(entry_id=entry.pk, language=language)
    return one.missing, one.stale, one.done
