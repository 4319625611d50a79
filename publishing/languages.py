"""Text in the reader's language, or in another one, marked as such, where it is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from translated_fields.fields import to_attribute

from publishing.vocabulary import Language

PAGE_LANGUAGES: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)
# For each language, the languages in which a text is looked for: itself first.
FALLBACKS: dict[str, tuple[str, ...]] = {
    language: tuple(dict.fromkeys((language, *settings.LANGUAGE_FALLBACKS, *PAGE_LANGUAGES)))
    for language in PAGE_LANGUAGES
}
OWN_NAMES: dict[str, str] = {code: capfirst(get_language_info(code)["name_local"]) for code in PAGE_LANGUAGES}
# Those that Django knows, and Kurdish, Dari and Pashto, in which some documents are written.
RIGHT_TO_LEFT = frozenset({*settings.LANGUAGES_BIDI, "ku", "prs", "ps"})


def active_language() -> str:
    """The language of the page that is rendered; that of the site where none is active."""
    return get_language() or settings.LANGUAGE_CODE


@cache
def column_in(language: str, text: str) -> str:
    """The name of the column that holds a text in the language: "title_en" for "title"."""
    return to_attribute(text, language)


def columns_of_text(text: str) -> tuple[str, ...]:
    """The names of the columns that hold a text, one for each language of the pages."""
    return tuple(column_in(language, text) for language in PAGE_LANGUAGES)


@cache
def stem_and_language(column: str) -> tuple[str, str]:
    """A column's name split in two: ("title", "en") for "title_en"; (name, "") for one without a language."""
    for language in PAGE_LANGUAGES:
        suffix = column_in(language, "")
        if column.endswith(suffix):
            return column.removesuffix(suffix), language
    return column, ""


def language_of_path(path: str) -> str:
    """The language that a path of the casebook begins with: "fr" for /fr/cases/; "" where it has none."""
    language = path.removeprefix("/").partition("/")[0]
    return language if language in PAGE_LANGUAGES else ""


def direction(language: str) -> str:
    """The direction of the language: "rtl" or "ltr"."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def main_language(titles: Mapping[str, Any]) -> str:
    """The language of an entry: English if it has an English title, else the first language with a title.

    titles: the title in each language of the pages.
    """
    return next((language for language in PAGE_LANGUAGES if titles.get(language)), PAGE_LANGUAGES[0])


@dataclass(frozen=True)
class LocalizedText:
    """A text, its language, and whether that is another language than the one asked for."""

    text: str
    language: str
    is_fallback: bool

    @property
    def direction(self) -> str:
        """The direction of the text: "rtl" or "ltr"."""
        return direction(self.language)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def join_list(names: Iterable[object]) -> str:
    """The names in one text, separated by the comma of the active language."""
    return _(", ").join(map(str, names))


def labelled(label: object, value: object) -> str:
    """What a value is, and the value, parted by the colon of the active language."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def language_names(languages: str) -> str:
    """The names of the languages, in the active language; takes codes separated by commas."""
    return join_list(dict(Language.choices).get(code, code) for code in languages.split(",") if code)


def localized(of: Any, name: str, language: str | None = None) -> LocalizedText:
    """The text of `name` in the language, by default the active one, or in the first fallback that has it."""
    wanted = language or active_language()
    for candidate in FALLBACKS.get(wanted, FALLBACKS[PAGE_LANGUAGES[0]]):
        if text := getattr(of, column_in(candidate, name)):
            return LocalizedText(text, candidate, is_fallback=candidate != wanted)
    return LocalizedText("", wanted, is_fallback=False)
