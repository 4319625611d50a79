"""Which texts the card of an entry has."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language_bidi, override

from cases.models import Case, Initiative
from cases.vocabulary import Outcome
from portal.cards.drawing import Card
from publishing.fields.partial_dates import PartialDate
from publishing.models import Entry

MARK_OF: dict[str, str] = {
    Outcome.HOLDING: "held",
    Outcome.SUPERSEDED: "settled",
    Outcome.COLLAPSED: "broken",
    Outcome.NEVER_TOOK_EFFECT: "broken",
    Outcome.EXTENDED: "replaced",
    Outcome.EXPIRED: "open",
    Outcome.DISPUTED: "open",
}
BETWEEN = " · "


def card_of(entry: Entry, language: str) -> Card:
    """The card of the entry, of its own kind, in the language."""
    with override(language):
        facts, mark = _facts(entry)
        kind = capfirst(str(type(entry)._meta.verbose_name))
        return Card(language, get_language_bidi(), kind, str(entry), BETWEEN.join(facts), mark)


def _facts(entry: Any) -> tuple[list[str], str]:
    if isinstance(entry, Case):
        outcome = "" if entry.outcome == Outcome.UNKNOWN else entry.get_outcome_display()
        facts = [outcome, _span(entry.declared_on, entry.ended_on)]
        return [one for one in facts if one], MARK_OF.get(entry.outcome, "") if outcome else ""
    if isinstance(entry, Initiative):
        return [one for one in [_span(entry.began_on, entry.ended_on)] if one], ""
    return [], ""


def _span(began: PartialDate | None, ended: PartialDate | None) -> str:
    days = [one.in_words() for one in dict.fromkeys((began, ended)) if one]
    return " – ".join(days)
