"""Filters and tags to show entries: text in the reader's language, dates, numbers, addresses."""

import datetime
import re
from functools import lru_cache
from secrets import token_hex
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it.token import Token

from publishing import addresses, markdown, marks
from publishing.fields.partial_dates import PartialDate
from publishing.languages import OWN_NAMES, PAGE_LANGUAGES, direction, localized
from publishing.markdown_as_written import ARABIC_LETTER
from publishing.markdown_numbers import has_numbers
from publishing.models import Entry
from publishing.models.entry import kind_of
from publishing.numbers import in_large_units, written
from publishing.prose_numbers import in_plain_words, with_numbers
from publishing.vocabulary import PageLanguage

register = template.Library()
LATIN_LETTER = re.compile("[A-Za-zÀ-ɏ]")
# Stands around an address of which it is not known yet whether it is that of the page; nobody can write it.
HERE = token_hex(16)


@register.simple_tag(takes_context=True)
def mark_of(context: template.Context, entry: Entry) -> str:
    """What readers must know of the entry wherever it is named, or ""."""
    return marks.mark_of(entry, getattr(context, "request", None))


@register.filter
def say(row: Any, name: str) -> SafeString:
    """The text `name` of an entry or row; marked as such where it falls back to another language."""
    text = localized(row, name)
    if not text.is_fallback:
        return conditional_escape(text.text)
    return format_html(
        '<span lang="{}" dir="{}" class="fallback">{}</span>', text.language, text.direction, text.text
    )


@register.filter
def in_its_script(text: str, language: str) -> SafeString:
    """A word, marked where its script is not that of the language; Latin letters may be of any language."""
    is_arabic, is_latin = ARABIC_LETTER.search(text), LATIN_LETTER.search(text)
    if is_arabic and not is_latin and direction(language) == "ltr":
        return format_html('<bdi lang="ar" dir="rtl">{}</bdi>', text)
    if is_latin and not is_arabic and direction(language) == "rtl":
        return format_html('<bdi dir="ltr">{}</bdi>', text)
    return conditional_escape(text)


@register.filter
def title(entry: Any) -> SafeString:
    """The title of an entry, isolated from the writing direction around it, with its language if another."""
    text = localized(entry, "title")
    return _isolated(text.text, text.language if text.is_fallback else "")


@lru_cache(maxsize=4096)
def _isolated(text: str, language: str) -> SafeString:
    """A page says the titles of its sources again and again, and other pages the same ones."""
    return (
        format_html('<bdi lang="{}">{}</bdi>', language, text)
        if language
        else format_html("<bdi>{}</bdi>", text)
    )


@register.filter
def kind_name(entry: Entry) -> str:
    """The name of the kind of entry."""
    return capfirst(str(kind_of(entry)._meta.verbose_name))


@register.filter
def plain(row: Any, name: str) -> str:
    """The text without HTML, for attributes and <title>."""
    text = localized(row, name)
    return in_plain_words(text.text, text.language) if has_numbers(text.text) else text.text


@register.filter
def prose(row: Any, name: str) -> SafeString:
    """The Markdown text `name` as HTML; with a notice where it falls back to another language."""
    return _prose(row, name, top=3)


@register.filter
def page_prose(row: Any, name: str) -> SafeString:
    """As `prose`, for a text directly below the title of the page, without a heading of its own."""
    return _prose(row, name, top=2)


def prose_with(rule: markdown.Rule, row: Any, name: str) -> SafeString:
    """As `prose`, with the tokens that the rule returns."""
    return _prose(row, name, top=3, rule=rule)


def _prose(row: Any, name: str, *, top: int, rule: markdown.Rule | None = None) -> SafeString:
    text = localized(row, name)
    if not text:
        return SafeString()
    prefix = f"{name}-{str(row.pk)[:8]}"
    if has_numbers(text.text):
        rule = _counting(rule, text.language)
    if rule is None:
        html = SafeString(markdown.rendered(text.text, prefix=prefix, top=top))
    else:
        html = SafeString(markdown.rendered_with(rule, text.text, prefix=prefix, top=top))
    if not text.is_fallback:
        return format_html('<div class="prose">{}</div>', html)
    return format_html(
        '<p class="fallback">{}</p><div class="prose" lang="{}" dir="{}">{}</div>',
        _("Not translated yet; the text below is in %(language)s.")
        % {"language": language_name(text.language)},
        text.language,
        text.direction,
        html,
    )


def _counting(rule: markdown.Rule | None, language: str) -> markdown.Rule:
    """The rule, for a text that says the numbers of lists."""

    def counted(tokens: list[Token]) -> list[Token]:
        tokens = with_numbers(tokens, language)
        return rule(tokens) if rule else tokens

    return counted


@register.filter
def colon(text: Any) -> SafeString:
    """The text and a colon, with a space before the colon in French."""
    return format_html("{}{}:", text, "\u00a0" if get_language() == "fr" else "")


@register.filter
def date_in_words(value: PartialDate | None) -> str:
    """A date in words, at the precision that is known."""
    return value.in_words() if value else _("date unknown")


@register.filter
def until(began: PartialDate | None, ended: PartialDate | None) -> str:
    """The first date in words, and the second one if it is known and different."""
    first = date_in_words(began)
    return f"{first} – {date_in_words(ended)}" if ended and ended != began else first


@register.filter
def day_in_words(value: datetime.date | datetime.datetime | None) -> str:
    """A day in words, as `date_in_words`."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    return PartialDate.of(value).in_words() if value else ""


@register.filter
def readable(address: str) -> str:
    """An address with the letters that stand in it as octets."""
    return addresses.readable(address)


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a text that are not empty."""
    return [line.strip() for line in str(text).splitlines() if line.strip()]


register.filter("direction", direction)
register.filter("number", written)
register.filter("in_large_units", in_large_units)


@register.simple_tag(takes_context=True)
def once_a_language(context: Any, component: str) -> SafeString:
    """A component that is the same on every page of a language, but for `here`: rendered once, and kept."""
    make = _pieces.__wrapped__ if settings.DEBUG else _pieces
    pieces = make(component, get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    if len(pieces) == 1:
        return pieces[0]
    path = context["request"].path
    return SafeString("".join(_here(path, one) if at % 2 else one for at, one in enumerate(pieces)))


@lru_cache(maxsize=32)
def _pieces(component: str, language: str | None, urlconf: str, prefix: str) -> list[SafeString]:
    """What stands between the addresses of which a page may be one, and these addresses."""
    return [SafeString(piece) for piece in render_to_string(component).split(HERE)]


@register.filter
def language_name(code: str) -> str:
    """The name of a language of the pages, in the active language."""
    return str(PageLanguage(code).label)


@register.filter
def own_name(code: str) -> str:
    """The name of a language of the pages, in that language."""
    return OWN_NAMES[code]


@register.simple_tag
def in_language(path: str, language: str) -> str:
    """The same address in another language of the pages, whether or not a page exists there."""
    current = path.split("/")[1]
    return f"/{language}{path.removeprefix(f'/{current}')}" if current in PAGE_LANGUAGES else f"/{language}/"


@register.simple_tag(takes_context=True)
def this_page_in(context: Any, language: str) -> str:
    """The address of the current page in another language; that of a preview leads to the same preview."""
    request = context["request"]
    previews = getattr(request, "in_languages", {})
    return previews.get(language) or in_language(request.get_full_path(), language)


@register.simple_tag(takes_context=True)
def here(context: Any, address: str) -> SafeString:
    """The attribute aria-current for a link to the current page or to its part of the site; else "".

    In what is rendered once, it is found out later on which page that stands.
    """
    request = context.get("request")
    return SafeString(f"{HERE}{address}{HERE}") if request is None else _here(request.path, address)


def _here(path: str, address: str) -> SafeString:
    if path == address:
        return SafeString('aria-current="page"')
    return SafeString('aria-current="true"' if path.startswith(address) else "")


@register.simple_tag(takes_context=True)
def with_page(context: Any, page: Any, number: int) -> str:
    """The current query string with another page of that list; a page may have several lists."""
    return with_query(context, **{getattr(page, "parameter", "page"): number})


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: Any) -> str:
    """The current query string, as far as the page understood it, with changes; None removes a key."""
    request = context["request"]
    query = getattr(request, "understood", request.GET).copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = value
    return f"?{query.urlencode()}"
