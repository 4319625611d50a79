"""Finds words and sites that moderators have blocked."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from contributions.models import BlockedHost, BlockedWord
from publishing.rules import Refusal

# Also without a scheme, as people write addresses: spam.example/offer. It begins where a name does, and not
# within one: of a text that is one long name, each letter would be a beginning.
ADDRESS = re.compile(r"(?<![\w-])(?<![\w-]\.)(?:https?://)?(?:[\w-]+\.)+[\w-]{2,}(?::\d+)?", re.IGNORECASE)


def find_blocked(texts: dict[str, Any]) -> Iterator[tuple[str, Refusal]]:
    """Yield the name of each text that contains something blocked, with the Refusal for it."""
    filled = {name: text for name, text in texts.items() if isinstance(text, str) and text}
    words = [normalized(word) for word in BlockedWord.objects.values_list("word", flat=True)]
    hosts = {*BlockedHost.objects.values_list("host", flat=True)}
    for name, text in filled.items():
        padded = f" {normalized(text)} "
        if any(f" {word} " in padded for word in words if word):
            yield name, Refusal("blocked_word", _("This text contains words that are not accepted here."))
        elif _hosts_in(text, hosts):
            yield name, Refusal("blocked_host", _("This text links to a site that is not accepted here."))


def normalized(text: str) -> str:
    """The words of the text, without case, accents, vowel signs or width variants, separated by one space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(one for one in decomposed if not unicodedata.combining(one) and one != "\u0640")
    return " ".join(re.findall(r"\w+", letters))


def _hosts_in(text: str, hosts: set[str]) -> bool:
    if not hosts:
        return False
    for found in ADDRESS.findall(text):
        host = (urlsplit(found if "//" in found else f"//{found}").hostname or "").lower()
        parts = host.split(".")
        if any(".".join(parts[start:]) in hosts for start in range(len(parts))):
            return True
    return False
