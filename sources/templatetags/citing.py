"""Template tags that show a fact of an entry and where its sources say so."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.fields.partial_dates import PartialDate, PartialDateField
from publishing.languages import active_language, columns_of_text, localized
from publishing.markdown_as_written import ARABIC_LETTER
from publishing.marks import mark_of
from publishing.models import Child, Entry
from publishing.templatetags.door import suggest, visually_hidden
from publishing.templatetags.reading import colon, date_in_words, say, title
from sources import facts, locators
from sources.models import Claim, Source
from sources.vocabulary import Stance

register = template.Library()
QUOTED = re.compile("(“[^”]*”)")
UNSOURCED = "unsourced"
# What a source may say of a fact, in the order of the line that counts them.
BEARINGS = (Stance.SUPPORTS, Stance.CONTEXT, Stance.EARLIER, UNSOURCED, Stance.DIFFERS)


@register.simple_tag
def list_of_claims(claims: Iterable[Claim]) -> SafeString:
    """Who says so, and who differs: a list of claims with their sources."""
    if not claims:
        return SafeString()
    return SafeString(f'\n<ul class="said">\n{_joined(map(_one_claim, claims))}\n</ul>\n')


@register.simple_tag(takes_context=True)
def sources_of(
    context: Any, claims: list[Claim], at: str | Child = "", label: Any = "", detail: Any = ""
) -> SafeString:
    """Who says so, folded into one line that opens, with the link to propose a change of what it is about.

    The line counts the sources, and names those that say otherwise. It is open where the page has
    `sources_open`. at, label, detail: as `suggest` has them.
    """
    return _folded(context, claims, at, label, detail)


@register.simple_block_tag(takes_context=True)
def sources_and_more(
    context: Any,
    content: SafeString,
    claims: list[Claim],
    at: str | Child = "",
    label: Any = "",
    detail: Any = "",
    more: Any = "",
) -> SafeString:
    """As `sources_of`, with what stands between the tags before the sources; `more` names it in the line."""
    return _folded(context, claims, at, label, detail, more, SafeString(content.strip()))


def _folded(
    context: Any,
    claims: list[Claim],
    at: str | Child,
    label: Any,
    detail: Any,
    more: Any = "",
    content: SafeString = SafeString(),  # noqa: B008
) -> SafeString:
    pencil = suggest(context, at, label=label, detail=detail) if at else SafeString()
    if not content and not more and not any(claim.source_id for claim in claims):
        # There is nothing behind the line: that a source is missing is said at once.
        return list_of_claims(claims) + pencil
    is_open = " open" if context.get("sources_open") else ""
    line = SafeString(f"{_counted(claims, more)}{visually_hidden(label, detail)}")
    inside = SafeString(f"{content}{list_of_claims(claims)}{pencil}")
    # All of it is safe already; a page has a hundred.
    return SafeString(f'<details class="vouched"{is_open}><summary>{line}</summary>{inside}</details>')


def _counted(claims: list[Claim], more: Any) -> SafeString:
    """How many sources say what, in one line: "2 sources, 1 for context, 1 says otherwise"."""
    counts = Counter(_bearing(claim) for claim in claims)
    line = _line(active_language(), *(counts[bearing] for bearing in BEARINGS))
    if not more or not line:
        return more or line
    return format_html("{}{}{}", more, _(", "), line)


@lru_cache(maxsize=1000)
def _line(_language: str, *numbers: int) -> SafeString:
    """The numbers of each of BEARINGS in words of the active language; a page has a hundred such lines."""
    forms = (
        ngettext("%(num)s source", "%(num)s sources", numbers[0]),
        ngettext("%(num)s for context", "%(num)s for context", numbers[1]),
        ngettext("%(num)s from before", "%(num)s from before", numbers[2]),
        ngettext("%(num)s statement without a source", "%(num)s statements without a source", numbers[3]),
        ngettext("%(num)s says otherwise", "%(num)s say otherwise", numbers[4]),
    )
    words = [form % {"num": number} if number else "" for form, number in zip(forms, numbers, strict=True)]
    if words[4]:
        # That somebody says otherwise is seen also where the rest is folded.
        words[4] = format_html('<strong class="differs">{}</strong>', words[4])
    return format_html_join(_(", "), "{}", ((one,) for one in words if one))


def _bearing(claim: Claim) -> str:
    """How a claim bears on what the page says, as its mark shows it."""
    if not claim.source_id:
        return UNSOURCED
    is_earlier = claim.is_outdated and claim.stance == Stance.SUPPORTS
    return Stance.EARLIER if is_earlier else claim.stance


def _one_claim(claim: Claim) -> SafeString:
    """What one source says. A page has hundreds, and a template for each would take most of its time."""
    says_the_same, source = claim.says_the_same, claim.source
    pieces = []
    if not says_the_same:
        pieces.append(format_html('<span class="stance">{}</span>', colon(claim.stance_label)))
    if (claim.is_apart or not says_the_same) and (value := say(claim, "value")):
        pieces.append(format_html('<span class="value">{}</span> —', value))
    pieces.append(_where(claim, source) if source else _no_source())
    if claim.quotation:
        quoted = '<q lang="{}" dir="auto">{}</q>'
        pieces.append(format_html(quoted, claim.quotation_language, claim.quotation))
    if claim.quotation_language != active_language() and (translation := say(claim, "translation")):
        pieces.append(format_html('<span class="translation">{}</span>', translation))
    if remark := say(claim, "remark"):
        pieces.append(format_html('<span class="remark">{}</span>', remark))
    is_earlier = claim.is_outdated and claim.stance == Stance.SUPPORTS
    marks = f"{'earlier' if is_earlier else Stance(claim.stance)}{'' if source else ' unsourced'}"
    return SafeString(f'<li class="{marks}">\n{_joined(pieces)}\n</li>')


def _where(claim: Claim, source: Source) -> SafeString:
    """The source of a claim, leading to the claim there, and where in it."""
    link = SafeString(f'<a href="{escape(claim.get_source_url())}">{title(source)}</a>')
    if not claim.locator:
        return link
    return SafeString(f'{link}{escape(_(", "))}<bdi class="locator">{locator(claim)}</bdi>')


def _no_source() -> SafeString:
    return format_html('<span class="no-source">{}</span>', _("No source yet"))


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return SafeString("\n".join(pieces))


@register.simple_tag(takes_context=True)
def fact(
    context: Any,
    entry: Entry,
    name: str,
    label: str = "",
    value: Any = None,
    code: str = "",
    remark: str = "",
) -> SafeString:
    """One fact of the entry's page: its label, its value, who says so, and where to propose a change.

    `name` is that of a column, or of several that are one fact to readers, separated by commas;
    `label` and `value` are given where the page says something else than the (first) column.
    code: sets the colour of an outcome; remark: what follows a list.
    """
    names, claims_by_fact = name.split(","), context["claims_by_fact"]
    value = _value(entry, names[0]) if value is None else value
    label = label or facts.label(type(entry), names[0])
    if not isinstance(value, str) and isinstance(value, Iterable):
        shown = _list(value, remark, getattr(context, "request", None))
    else:
        shown = format_html('<span class="value{}">{}</span>', f" outcome {code}" if code else "", value)
    as_of = getattr(entry, f"{name}_as_of", None)
    return format_html(
        "<div>\n<dt>{}</dt>\n<dd>{}{} {}</dd>\n</div>",
        label,
        shown,
        _as_of(as_of) if as_of else "",
        _folded(context, [one for part in names for one in claims_by_fact.get(part, [])], name, label, ""),
    )


def _list(entries: Iterable[Entry], remark: str, request: Any) -> SafeString:
    """Entries in one line, each leading to its page, and the remark after them."""
    links = [
        format_html('<a href="{}">{}</a>{}', one.get_absolute_url(), title(one), _mark(one, request))
        for one in entries
    ]
    line = format_html_join(_(", "), "{}", ((link,) for link in links))
    return format_html("{}{}{}", line, " — " if links and remark else "", remark)


def _mark(entry: Entry, request: Any) -> SafeString:
    text = mark_of(entry, request)
    return format_html(' <span class="coded">{}</span>', text) if text else SafeString()


def _as_of(day: PartialDate) -> SafeString:
    words = _("as of %(day)s") % {"day": date_in_words(day)}
    return format_html(' <span class="as-of">{}</span>', words)


def _value(entry: Entry, name: str) -> Any:
    """What the entry says in a column, in words; the entries that it points to, as a list."""
    column = facts.attributes(type(entry))[name]
    value = getattr(entry, name)
    if column.many_to_many:
        return value.all()
    if column.is_relation:
        return [value] if value else []
    if column.choices:
        return getattr(entry, f"get_{name}_display")()
    if isinstance(column, PartialDateField):
        return date_in_words(value)
    return say(entry, name)


@register.filter
def locator(of: Any) -> SafeString:
    """The locator of a claim or provision, in the reader's language; what it quotes has its own direction."""
    words = plain_locator(of)
    if "“" not in words:
        return escape(words)
    pieces = QUOTED.split(words)
    return format_html_join(
        "", "{}", ((format_html("<bdi>{}</bdi>", one) if QUOTED.fullmatch(one) else one,) for one in pieces)
    )


@register.filter
def plain_locator(of: Any) -> str:
    """As `locator`, without HTML."""
    return locators.localized(of.locator)


@register.filter
def publisher(source: Source) -> SafeString:
    """Who published the source, by the name that readers of the page know.

    Names of which none is as printed are those of an earlier publisher.
    """
    names = {getattr(source, column) for column in columns_of_text("publisher_name")}
    is_known = source.publisher in names
    name = localized(source, "publisher_name").text if is_known else source.publisher
    if ARABIC_LETTER.search(name):
        # It runs from the right, also where it begins with Latin letters.
        return format_html('<bdi dir="rtl">{}</bdi>', name)
    return format_html("<bdi>{}</bdi>", name)
