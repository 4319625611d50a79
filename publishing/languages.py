"""Text in the reader's language, and where it is missing, in another that says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing.vocabulary import Language

PAGE_LANGUAGES = ("en", "ar", "fr")
FALLBACKS = {"en": ("en", "fr", "ar"), "ar": ("ar", "en", "fr"), "fr": ("fr", "en", "ar")}
OWN_NAMES = {"en": "English", "ar": "العربية", "fr": "Français"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps", "prs", "ku", "ur", "he"})


def direction(language: str) -> str:
    """How the language is written: "rtl" or "ltr"."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def main_language(titles: Mapping[str, Any]) -> str:
    """The language of an entry: English where its title has it, else the first that the title has."""
    return next((language for language in PAGE_LANGUAGES if titles.get(language)), PAGE_LANGUAGES[0])


@dataclass(frozen=True)
class LocalizedText:
    """A text, the language that it is in, and whether that is the one asked for."""

    text: str
    language: str
    is_fallback: bool

    @property
    def direction(self) -> str:
        """How the text is written: "rtl" or "ltr"."""
        return direction(self.language)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def join_list(names: Iterable[object]) -> str:
    """The names one after the other, parted as the active language parts them."""
    return _(", ").join(map(str, names))


def language_names(languages: str) -> str:
    """The languages of a list of codes between commas, as the reader calls them."""
    return join_list(dict(Language.choices).get(code, code) for code in languages.split(",") if code)


def localized(of: Any, name: str, language: str | None = None) -> LocalizedText:
    """The text of `name` in the language, by default the active one, else in the nearest that has it."""
    wanted = language or get_language() or "en"
    for candidate in FALLBACKS.get(wanted, FALLBACKS["en"]):
        if text := getattr(of, f"{name}_{candidate}"):
            return LocalizedText(text, candidate, is_fallback=candidate != wanted)
    return LocalizedText("", wanted, is_fallback=False)
