"""What templates need to show entries: text in the reader's language, dates, numbers, other addresses."""

import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing import markdown
from publishing.fields.partial_dates import PartialDate
from publishing.languages import OWN_NAMES, PAGE_LANGUAGES, direction, localized
from publishing.models import Entry
from publishing.models.entry import kind_of
from publishing.vocabulary import PageLanguage

register = template.Library()
NARROW_SPACE = "\u202f"


@register.filter
def say(of: Any, name: str) -> SafeString:
    """The text `name` of an entry or row; when it fell back to another language, marked as that."""
    text = localized(of, name)
    if not text.is_fallback:
        return conditional_escape(text.text)
    return format_html(
        '<span lang="{}" dir="{}" class="fallback">{}</span>', text.language, text.direction, text.text
    )


@register.filter
def title(of: Any) -> SafeString:
    """An entry's title, set apart from the writing around it."""
    text = localized(of, "title")
    return format_html('<bdi lang="{}">{}</bdi>', text.language, text.text)


@register.filter
def kind_name(entry: Entry) -> str:
    """What kind of entry it is, in words."""
    return capfirst(str(kind_of(entry)._meta.verbose_name))


@register.filter
def plain(of: Any, name: str) -> str:
    """The text alone, for attributes and <title>."""
    return localized(of, name).text


@register.filter
def prose(of: Any, name: str) -> SafeString:
    """The Markdown text `name` as HTML; when it fell back to another language, it says so."""
    return _prose(of, name, top=3)


@register.filter
def page_prose(of: Any, name: str) -> SafeString:
    """The same for a text that stands below the page's title, without a heading of its own."""
    return _prose(of, name, top=2)


def prose_with(rule: markdown.Rule, of: Any, name: str) -> SafeString:
    """As `prose`, with what the rule makes of the text."""
    return _prose(of, name, top=3, rule=rule)


def _prose(of: Any, name: str, *, top: int, rule: markdown.Rule | None = None) -> SafeString:
    text = localized(of, name)
    if not text:
        return SafeString()
    prefix = f"{name}-{str(of.pk)[:8]}"
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


@register.filter
def colon(text: Any) -> SafeString:
    """The text and a colon, with the space before it that French wants."""
    return format_html("{}{}:", text, "\u00a0" if get_language() == "fr" else "")


@register.filter
def date_in_words(value: PartialDate | None) -> str:
    """A date in words, at the precision that is known."""
    return value.in_words() if value else _("date unknown")


@register.filter
def until(began: PartialDate | None, ended: PartialDate | None) -> str:
    """When something began, in words, and when it ended, where that is known and another date."""
    began_in_words = date_in_words(began)
    return f"{began_in_words} – {date_in_words(ended)}" if ended and ended != began else began_in_words


@register.filter
def day_in_words(value: datetime.date | datetime.datetime | None) -> str:
    """A day in words, as partial dates are spoken."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    return PartialDate.of(value).in_words() if value else ""


@register.filter
def number(value: Any) -> str:
    """A number as the language groups it; decimals only where there are some."""
    whole, _point, decimals = f"{Decimal(value):,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    if get_language() == "fr":
        whole = whole.replace(",", NARROW_SPACE)
    return f"{whole}{',' if get_language() == 'fr' else '.'}{decimals}" if decimals else whole


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in str(text).splitlines() if line.strip()]


@register.filter
def way(language: str) -> str:
    """How a language is written: "rtl" or "ltr"."""
    return direction(language)


@register.filter
def language_name(code: str) -> str:
    """The name of a language of the pages, in the active one."""
    return str(PageLanguage(code).label)


@register.filter
def own_name(code: str) -> str:
    """The name of a language of the pages, in itself."""
    return OWN_NAMES[code]


@register.simple_tag
def in_language(path: str, language: str) -> str:
    """The same address in another language of the pages, also where there is no page."""
    here = path.split("/")[1]
    return f"/{language}{path.removeprefix(f'/{here}')}" if here in PAGE_LANGUAGES else f"/{language}/"


@register.simple_tag(takes_context=True)
def this_page_in(context: Any, language: str) -> str:
    """What is shown, in another language; a preview stays the preview that it is."""
    request = context["request"]
    elsewhere = getattr(request, "in_languages", {})
    return elsewhere.get(language) or in_language(request.get_full_path(), language)


@register.simple_tag(takes_context=True)
def here(context: Any, address: str) -> SafeString:
    """Marks the link to the part of the site that the reader is in."""
    path = context["request"].path
    if path == address:
        return SafeString('aria-current="page"')
    return SafeString('aria-current="true"' if path.startswith(address) else "")


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: Any) -> str:
    """The present address with its query changed; None takes a key away."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = value
    return f"?{query.urlencode()}"
