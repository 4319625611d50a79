"""The queue of the translation desk, as a translator goes through it."""

from typing import Any

from django.test import Client
from django.urls import reverse


def queue(language: str = "ar", query: str = "") -> str:
    """The address of the next text."""
    return reverse("publishing:next_translation", args=[language]) + query


def shown(client: Client, address: str) -> tuple[str, str] | None:
    """The address of the entry and the path of the text that is shown; None at the end."""
    text = client.get(address).context.get("text")
    return (text.entry.slug, text.wording.path) if text else None


def sent_from(client: Client, address: str, wording: str) -> Any:
    """Fill in the text that is shown, and send it."""
    page = client.get(address)
    form = page.context["form"]
    data = {name: form.initial.get(name, "") for name in ("based_on", "form_token", "note")}
    path = page.context["text"].wording.path
    return client.post(page.context["action"], {**data, "note_language": "en", f"text:{path}": wording})
