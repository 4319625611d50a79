"""Any other table, read as a mapping says: rules in TOML, kept as data.

number = "id"                  # the column with the number of a record
title = "name"                 # or titles = {en = "name_en", ar = "name_ar"}
language = "en"                # of the title
missing = ["-99", "."]         # what else stands for nothing
locator = "record"             # what stands before the number, where a claim says where it is read
country = "iso3"               # by = "iso", "gw" or "name"
by = "iso"
parties = "parties"            # several, parted by `separator`
separator = ";"
said = ["comment"]             # what is said of the case as a whole
first = "day"                  # of dates as 03/10/2022, or "month"; if it is not said, they are noted

[roles]                        # others than those who agreed, parted likewise
mediator = "mediators"

[dates]
declared_on = "signed"         # one column, or three: ["year", "month", "day"]

[codes.ceasefire_class]
column = "type"
words = {"1" = "cessation_of_hostilities", "2" = ""}   # "": the casebook has no word for it
"""

import tomllib
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case
from cases.vocabulary import PartyRole
from imports.records import Coded, Country, Party, Record, Row
from imports.schemes.kinds import Scheme
from imports.values import DAY, MONTH, coded, date_of, is_missing, line, number, written_date
from publishing.fields.partial_dates import PartialDate
from publishing.languages import PAGE_LANGUAGES

DATES = ("declared_on", "in_force_on", "ended_on")
CODES = ("ceasefire_class", "scope", "written", "sidedness", "outcome")
KNOWN = {
    *("number", "title", "titles", "language", "missing", "locator", "country", "by", "parties", "separator"),
    *("said", "dates", "codes", "known_until", "roles", "first"),
}


class InvalidMapping(Exception):
    """The rules cannot be followed; says which."""


def scheme_of(name: str, rules: str) -> Scheme:
    """The dataset that the rules describe; raises InvalidMapping, or TOMLDecodeError."""
    mapping = tomllib.loads(rules)
    if unknown := sorted(mapping.keys() - KNOWN):
        raise InvalidMapping(_("Unknown rules: %(names)s.") % {"names": ", ".join(unknown)})
    if not isinstance(mapping.get("number"), str) or not (mapping.get("title") or mapping.get("titles")):
        raise InvalidMapping(_("It must say which column is the number, and which the title."))
    if wrong := _misshapen(mapping):
        message = _("These rules are not written as they are to be: %(names)s.")
        raise InvalidMapping(message % {"names": ", ".join(wrong)})
    _check_parts(mapping)
    columns = [mapping["number"], *_titles(mapping).values()]
    columns += [one for columns_ in mapping.get("dates", {}).values() for one in _listed(columns_)]
    columns += [one["column"] for one in mapping.get("codes", {}).values()]
    columns += [mapping[name] for name in ("country", "parties") if name in mapping]
    columns += mapping.get("roles", {}).values()
    columns += mapping.get("said", [])
    if not all(isinstance(one, str) for one in columns):
        raise InvalidMapping(_("Columns are named by texts."))
    return Scheme(
        name=f"csv:{name}"[:90],
        label=name,
        number=mapping["number"],
        needs=tuple(dict.fromkeys(filter(None, columns))),
        read=partial(_read, mapping),
        slug=name,
        locator=str(mapping.get("locator", "")),
    )


def _misshapen(mapping: dict[str, Any]) -> list[str]:
    """Those rules that are no text, no list or no table where they ought to be one."""
    texts = ("title", "language", "country", "by", "parties", "separator", "first")
    fitting = {
        **{name: isinstance(mapping.get(name, ""), str) for name in texts},
        "titles": _is_table(mapping.get("titles", {})),
        "roles": _is_table(mapping.get("roles", {})),
        "dates": _is_table(mapping.get("dates", {}), (str, list)),
        "codes": _is_table(mapping.get("codes", {}), dict),
        "said": _is_list(mapping.get("said", [])),
        "missing": _is_list(mapping.get("missing", []), (str, int, float)),
        "locator": isinstance(mapping.get("locator", ""), str | int),
    }
    codes = mapping.get("codes", {})
    if fitting["codes"]:
        fitting |= {f"codes.{fact}": _is_table(rule.get("words", {})) for fact, rule in codes.items()}
    return [name for name, is_fitting in fitting.items() if not is_fitting]


def _is_table(value: Any, of: Any = str) -> bool:
    return isinstance(value, dict) and _is_list([*value.values()], of)


def _is_list(value: Any, of: Any = str) -> bool:
    return isinstance(value, list) and all(isinstance(one, of) for one in value)


def _check_parts(mapping: dict[str, Any]) -> None:
    dates, codes = mapping.get("dates", {}), mapping.get("codes", {})
    if unknown := sorted({*dates} - {*DATES} | {*codes} - {*CODES}):
        raise InvalidMapping(_("Unknown rules: %(names)s.") % {"names": ", ".join(unknown)})
    if wrong := sorted({*mapping.get("roles", {})} - {*PartyRole.values}):
        raise InvalidMapping(_("Unknown rules: %(names)s.") % {"names": ", ".join(wrong)})
    if any(len(_listed(one)) not in (1, 3) for one in dates.values()):
        raise InvalidMapping(_("A date is one column, or three: the year, the month and the day."))
    if wrong := sorted({*_titles(mapping)} - {*PAGE_LANGUAGES}):
        raise InvalidMapping(_("The casebook has no texts in: %(names)s.") % {"names": ", ".join(wrong)})
    for fact, rule in codes.items():
        if not isinstance(rule, dict) or not isinstance(rule.get("column"), str):
            raise InvalidMapping(_("It must say which column holds %(fact)s.") % {"fact": fact})
        choices = {code for code, _label in Case._meta.get_field(fact).choices or ()}  # type: ignore[union-attr]
        if wrong := sorted({*rule.get("words", {}).values()} - choices - {""}):
            message = _("The casebook has no such words for %(fact)s: %(names)s.")
            raise InvalidMapping(message % {"fact": fact, "names": ", ".join(wrong)})
    if known_until := mapping.get("known_until"):
        try:
            PartialDate.parse(str(known_until))
        except ValueError as error:
            message = _("Not understood as a date: %(value)s.")
            raise InvalidMapping(message % {"value": known_until}) from error
    if mapping.get("first", DAY) not in {DAY, MONTH}:
        raise InvalidMapping(_("In dates the “day” comes first, or the “month”."))
    if mapping.get("by", "name") not in {"iso", "gw", "name"}:
        raise InvalidMapping(_("Countries are found by “iso”, “gw” or “name”."))


def _listed(columns: Any) -> list[Any]:
    return columns if isinstance(columns, list) else [columns]


def _titles(mapping: dict[str, Any]) -> dict[str, Any]:
    return mapping.get("titles") or {mapping.get("language", PAGE_LANGUAGES[0]): mapping["title"]}


def _read(mapping: dict[str, Any], record: Record, rows: Sequence[Row]) -> None:
    """What the row says, by the rules."""
    (row,) = rows
    missing = frozenset(map(str, mapping.get("missing", ())))

    def cell(column: str) -> str:
        return "" if row[column] in missing else row[column]

    for language, column in _titles(mapping).items():
        if name := line(record, column, cell(column), most=300):
            record.names[language] = name
    for fact, columns in mapping.get("dates", {}).items():
        named = _listed(columns)
        cells = [cell(one) for one in named]
        date = (
            written_date(record, named[0], cells[0], mapping.get("first", ""))
            if len(cells) == 1
            else date_of(record, named[0], *cells)
        )
        if date:
            record.facts[fact] = Coded(PartialDate(date).in_words("en"), date)
    for fact, rule in mapping.get("codes", {}).items():
        words = {str(code): word or None for code, word in rule.get("words", {}).items()}
        if (found := coded(record, rule["column"], cell(rule["column"]), words)) is not None:
            record.facts[fact] = found
    if "country" in mapping and not is_missing(place := cell(mapping["country"])):
        record.countries = [_country(mapping, place)]
    parties = [(PartyRole.SIGNATORY.value, mapping["parties"])] if "parties" in mapping else []
    for role, column in [*parties, *mapping.get("roles", {}).items()]:
        for name in cell(column).split(mapping.get("separator") or ";"):
            if clean := line(record, column, name.strip(), most=200):
                record.parties.append(Party(clean, role, column=column))
    for column in mapping.get("said", ()):
        if text := line(record, column, cell(column)[:400]):
            record.remarks.append(f"{column}: {text}")
    record.known_until = str(mapping.get("known_until", ""))


def _country(mapping: dict[str, Any], place: str) -> Country:
    by, column = mapping.get("by", "name"), mapping["country"]
    if by == "gw":
        bare = number(place)
        return Country(place, int(bare) if bare.isdecimal() else None, column=column)
    return Country(place, None, place if by == "iso" else "", column)
