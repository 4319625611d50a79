"""What a pasted cell means for its box: one value, or a doubt with what it could be; nothing is guessed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.addresses import parse_uuid
from desk.pasting.boxes import CHOICE, DATE, ENTRY, FLAG, Option, PasteBox
from publishing.fields.partial_dates import PartialDate
from publishing.fields.written_dates import NoSuchDay, read_month_first, with_centuries
from publishing.models.names import has_name
from publishing.named_entries import particulars
from search.folding import folded, spellings

DAY_FIRST, MONTH_FIRST = "day", "month"
DATE_ORDERS = {
    "": gettext_lazy("Ask at each date"),
    DAY_FIRST: gettext_lazy("The day comes first"),
    MONTH_FIRST: gettext_lazy("The month comes first"),
}
OF_CENTURIES = {
    "": gettext_lazy("Ask at each year like 21"),
    "20": gettext_lazy("21 means 2021"),
    "19": gettext_lazy("21 means 1921"),
}
YES = frozenset(["yes", "y", "true", "on", "x", "1", "✓", "oui", "o", "vrai", "نعم", "صحيح"])
NO = frozenset(["no", "n", "false", "off", "0", "non", "faux", "لا", "كلا", "خطا"])
# So many names are asked for in one question.
AT_ONCE = 50


@dataclass(frozen=True)
class Value:
    """What is sent for the box, and what it is in words; or what is doubtful, and what can be chosen then."""

    sent: str = ""
    words: str = ""
    doubt: str = ""
    options: tuple[Option, ...] = ()


class Reader:
    """Reads the cells of one paste.

    date_orders: for each box of a date, what comes first in 3/4/2001, day or month, once it was chosen.
    centuries: the same for the century of years of two digits.
    """

    def __init__(self, date_orders: Mapping[str, str], centuries: Mapping[str, str] | None = None) -> None:
        self.date_orders, self.centuries = date_orders, centuries or {}
        self.entries: dict[type, dict[str, list[Any]]] = {}

    def look_up(self, box: PasteBox, texts: Iterable[str]) -> None:
        """Find the entries that have these names, in a few questions for all."""
        if box.sort != ENTRY:
            return
        known = self.entries.setdefault(box.field.queryset.model, {})
        wanted = [*dict.fromkeys(text for text in texts if text and text not in known)]
        for start in range(0, len(wanted), AT_ONCE):
            names = wanted[start : start + AT_ONCE]
            keys = [key for name in names if (key := parse_uuid(name)) is not None]
            named = box.field.queryset.filter(has_name(names)).select_related("names")
            found = [(one, {*one.names.folded.split("\n")}) for one in named]
            for one in box.field.queryset.filter(pk__in=keys) if keys else ():
                found.append((one, {folded(str(one.pk))}))
            for name in names:
                mine = {*spellings(name)}
                known[name] = [one for one, of_it in found if mine & of_it]

    def read(self, box: PasteBox, text: str) -> Value:
        """The value of a cell."""
        if not text:
            return Value()
        if box.sort == DATE:
            return self._date(box, text)
        if box.sort == ENTRY:
            return self._entry(box, text)
        if box.sort == CHOICE:
            return _choice(box, text)
        return _flag(text) if box.sort == FLAG else _cleaned(box, text)

    def _date(self, box: PasteBox, text: str) -> Value:
        short = with_centuries(text)
        if not short:
            return _asked_if_several(
                self._meant(box, text), _("Which of them is the day, and which the month?")
            )
        meant = {
            value.sent: value
            for one in short
            if self.centuries.get(box.name, "") in {"", one.century}
            if not (one.is_year_first and self.date_orders.get(box.name))
            for value in self._meant(box, one.text)
            if not value.doubt
        }
        return _asked_if_several(
            [*meant.values()] or [_cleaned(box, text)], _("Which of these dates is meant?")
        )

    def _meant(self, box: PasteBox, text: str) -> list[Value]:
        """What the date may mean: one value, or two as long as nobody chose what comes first."""
        value = _cleaned(box, text)
        other = None if value.doubt else _month_first(text)
        if other is None or other.sent == value.sent:
            return [value]
        order = self.date_orders.get(box.name, "")
        return [one for of, one in ((DAY_FIRST, value), (MONTH_FIRST, other)) if order in {"", of}]

    def _entry(self, box: PasteBox, text: str) -> Value:
        found = self.entries.get(box.field.queryset.model, {}).get(text, [])
        if not found:
            return Value(doubt=_("Nothing in the casebook has this name. Write another, or none."))
        options = tuple(Option(str(one.pk), " · ".join([str(one), *particulars(one)])) for one in found)
        if len(options) > 1:
            return Value(doubt=_("Several have this name."), options=options)
        return Value(options[0].value, str(found[0]))


def _asked_if_several(values: Sequence[Value], doubt: str) -> Value:
    if len(values) == 1:
        return values[0]
    return Value(doubt=doubt, options=tuple(Option(one.sent, one.words) for one in values))


def _month_first(text: str) -> Value | None:
    try:
        read = read_month_first(text)
        return Value(read.text, PartialDate(read.text).in_words()) if read else None
    except NoSuchDay:
        return None


def _choice(box: PasteBox, text: str) -> Value:
    found = box.options_by_name.get(text.casefold()) or box.options_by_name.get(folded(text)) or []
    if len(found) == 1:
        return Value(found[0].value, found[0].words)
    doubt = _("Several have this name.") if found else _("That is none of the choices.")
    return Value(doubt=doubt, options=tuple(found) or box.options)


def _flag(text: str) -> Value:
    word = text.casefold() if text.casefold() in YES | NO else folded(text)
    if word in YES:
        return Value("on", _("Yes"))
    if word in NO:
        return Value("", _("No"))
    return Value(doubt=_("Is that yes or no?"), options=(Option("yes", _("Yes")), Option("no", _("No"))))


def _cleaned(box: PasteBox, text: str) -> Value:
    """As the box itself reads it."""
    try:
        value = box.field.clean(text)
    except ValidationError as error:
        return Value(doubt=" ".join(error.messages))
    if isinstance(value, PartialDate):
        return Value(value.text, value.in_words())
    return Value(text, text if isinstance(value, str) else str(value))
