"""Lines that cite a work, in the language of the page: its punctuation, its order of words, its dates."""

import datetime

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from publishing.citing.works import Work, casebook_name
from publishing.fields.partial_dates import PartialDate

# After these a title in quotation marks takes no full stop.
FINAL = ("?", "!", "؟", "…")


def chicago(work: Work) -> SafeString:
    """As the Chicago Manual of Style cites a web page, in its notes and bibliography."""
    if work.day is None:
        text = pgettext("citation in Chicago style", "%(author)s. “%(title)s.” %(address)s.")
    elif work.publication:
        text = pgettext(
            "citation in Chicago style",
            "%(author)s. “%(title)s.” As of %(month)s %(day)s, %(year)s. %(address)s.",
        )
    else:
        text = pgettext(
            "citation in Chicago style",
            "%(author)s. “%(title)s.” Revision %(number)s, last modified %(month)s %(day)s, %(year)s. "
            "%(address)s.",
        )
    if work.title.endswith(FINAL):
        text = text.replace("%(title)s.", "%(title)s")
    return _filled(text, work, _title(work))


def apa(work: Work) -> SafeString:
    """As the American Psychological Association's style cites a web page, in its seventh edition."""
    if work.day is None:
        text = pgettext("citation in APA style", "%(author)s. (n.d.). %(title)s. %(address)s")
    elif work.publication:
        text = pgettext(
            "citation in APA style", "%(author)s. (%(year)s, %(month)s %(day)s). %(title)s. %(address)s"
        )
    else:
        text = pgettext(
            "citation in APA style",
            "%(author)s. (%(year)s, %(month)s %(day)s). %(title)s (Revision %(number)s). %(address)s",
        )
    return _filled(text, work, format_html("<cite>{}</cite>", _title(work)))


def _filled(text: str, work: Work, title: SafeString) -> SafeString:
    values = {
        "author": escape(casebook_name()),
        "title": title,
        "number": str(work.number or ""),
        "address": format_html('<bdi dir="ltr" class="address">{}</bdi>', work.address),
        **(_day(work.day) if work.day else {}),
    }
    return SafeString(escape(text) % values)


def _title(work: Work) -> SafeString:
    return format_html('<bdi lang="{}">{}</bdi>', work.title_language, work.title.rstrip("."))


def _day(day: datetime.date) -> dict[str, str]:
    """The parts of the day, each as the active language writes it: French says "1er"."""
    first, rest = PartialDate.of(day).in_words().split(" ", 1)
    month, year = rest.rsplit(" ", 1)
    return {"day": escape(first), "month": escape(month), "year": escape(year)}
