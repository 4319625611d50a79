"""The ETH/PRIO Civil Conflict Ceasefire dataset: a row for each actor that declares a ceasefire."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.vocabulary import CeasefireClass, Outcome, PartyRole, Scope, Sidedness, Written
from imports.records import PLACE, Coded, Country, Party, Record, Row
from imports.schemes.kinds import Scheme
from imports.values import agreed, all_texts, coded, date_of, line, number
from imports.vocabulary import Problem
from publishing.fields.partial_dates import PartialDate
from publishing.languages import PAGE_LANGUAGES
from sources.vocabulary import Scheme as Catalogue

CODES: dict[str, dict[str, Any]] = {
    "ceasefire_class": {
        "1": CeasefireClass.CESSATION_OF_HOSTILITIES,
        "2": CeasefireClass.PRELIMINARY_CEASEFIRE,
        "3": CeasefireClass.DEFINITIVE_CEASEFIRE,
    },
    "side": {"1": Sidedness.UNILATERAL, "2": Sidedness.BILATERAL, "3": Sidedness.MULTILATERAL},
    # That it covers all of the conflict does not say how much of the country that is.
    "partial": {"0": None, "1": Scope.PARTIAL},
    "written": {"0": Written.UNWRITTEN, "1": Written.WRITTEN, "2": Written.TEXT_KNOWN, "-1": Written.UNCLEAR},
    "ended": {
        "0": Outcome.HOLDING,
        "1": Outcome.EXPIRED,
        "2": Outcome.COLLAPSED,
        "3": Outcome.NEVER_TOOK_EFFECT,
        "4": Outcome.EXTENDED,
        "-1": Outcome.UNKNOWN,
    },
}
FACTS = {
    "ceasefire_class": "ceasefire_class",
    "sidedness": "side",
    "scope": "partial",
    "written": "written",
    "outcome": "ended",
}
DATES = {"declared_on": "cf_dec", "in_force_on": "cf_effect", "ended_on": "end"}
PURPOSES = {
    "is_humanitarian": "p_humanitarian",
    "is_for_peace_process": "p_peaceprocess",
    "is_for_holiday": "p_holiday",
    "is_for_election": "p_election",
    "has_other_purpose": "p_other",
}
KNOWN_UNTIL = "2020-12-31"


def read(record: Record, rows: Sequence[Row]) -> None:
    """What the rows of one ceasefire say together; where they disagree, nothing is chosen."""
    for fact, column in FACTS.items():
        if coding := _code(record, column, rows):
            record.facts[fact] = coding
    for fact, columns in DATES.items():
        if coding := _date(record, columns, rows):
            record.facts[fact] = coding
    record.known_until = KNOWN_UNTIL
    for flag, column in PURPOSES.items():
        record.flags[flag] = agreed(record, column, rows) == "1"
    code = number(agreed(record, "cc", rows))
    place = line(record, "location", agreed(record, "location", rows), most=100)
    record.countries = [Country(place, int(code) if code.isdecimal() else None, column="location")]
    for row in rows:
        if name := line(record, "actor_name", row["actor_name"], most=200):
            party = Party(name, PartyRole.DECLARING_PARTY, number(row["ucdp_actor_id"]), "actor_name")
            record.parties += [party] if party not in record.parties else []
    conflict = number(agreed(record, "ucdp_acd_id", rows))
    record.numbers = [(Catalogue.ETH_PRIO, record.number)]
    record.numbers += [(Catalogue.UCDP_CONFLICT, conflict)] if conflict else []
    agreements = list(dict.fromkeys(number(row["pax_id"]) for row in rows))
    record.numbers += [(Catalogue.PA_X, one) for one in agreements if one.isdecimal() and one != "0"]
    record.names = _names(record, place)


def _code(record: Record, column: str, rows: Sequence[Row]) -> Coded | None:
    """What the rows say by a code; where they disagree, all of it, of which nothing is chosen."""
    several = all_texts(column, rows)
    code = agreed(record, column, rows)
    if len(several) == 1:
        return coded(record, column, code, CODES[column])
    return Coded(f"{column} = {' / '.join(several)}")


def _date(record: Record, columns: str, rows: Sequence[Row]) -> Coded | None:
    """Likewise of a date in three columns."""
    names = [f"{columns}_{part}" for part in ("yr", "month", "day")]
    written = list(dict.fromkeys(tuple(row[name] for name in names) for row in rows))
    dates = [date for one in written if (date := date_of(record, names[0], *one))]
    words = " / ".join(dict.fromkeys(PartialDate(date).in_words("en") for date in dates))
    if len(written) == 1 or not dates:
        return Coded(words, dates[0]) if dates else None
    record.note(names[0], Problem.DISAGREE, words)
    return Coded(words)


def _names(record: Record, place: str) -> dict[str, str]:
    """The dataset gives ceasefires no names: where and when, and its number."""
    if not place:
        return {}
    dated = (record.facts.get(name) for name in ("declared_on", "in_force_on"))
    declared = next((one for one in dated if one and one.value), None)
    names = {}
    for language in PAGE_LANGUAGES:
        with override(language):
            if declared:
                # Translators: the title of a case that a dataset coded: “Mali: ceasefire, 6 January 1991”.
                name = _("%(place)s: ceasefire, %(date)s")
                date = PartialDate(declared.value).in_words(language)
            else:
                name, date = _("%(place)s: ceasefire, date not known"), ""
            names[language] = f"{name % {'place': PLACE, 'date': date}} (ETH/PRIO {record.number})"
    return names


SCHEME = Scheme(
    name="eth-prio",
    label="ETH/PRIO",
    number="uniq_id",
    needs=("uniq_id", "cc", "location", "actor_name", "cf_dec_yr", "ceasefire_class", "side", "ended"),
    read=read,
    catalogue=Catalogue.ETH_PRIO,
    sources="eth-prio-ceasefires",
    release="2022",
    slug="eth-prio",
    locator="ceasefire",
    actors=Catalogue.UCDP_ACTOR,
    has_many_rows=True,
)
