"""The UCDP Peace Agreement Dataset: a row for each agreement; cells hold lists of conflicts and actors."""

from collections.abc import Sequence

from cases.vocabulary import CeasefireClass, PartyRole, Written
from imports.records import Coded, Country, Party, Record, Row
from imports.schemes.kinds import Scheme
from imports.values import coded, is_missing, line, number, written_date
from publishing.fields.partial_dates import PartialDate
from sources.vocabulary import Scheme as Catalogue

# Whether it stopped the fighting is another question: `cease`.
TYPES = {"1": CeasefireClass.UNCLEAR, "2": CeasefireClass.UNCLEAR, "3": CeasefireClass.UNCLEAR}
# Without a text there may still be one that nobody has.
TEXTS = {"0": None, "1": Written.TEXT_KNOWN}
# That an agreement ended does not say how.
ENDED = {"true": Coded("agreement ended (ended = True)"), "false": Coded("no end coded (ended = False)")}
KNOWN_UNTIL = "2021-12-31"


def read(record: Record, rows: Sequence[Row]) -> None:
    """What the row says of its agreement."""
    (row,) = rows
    if name := line(record, "pa_name", row["pa_name"], most=300):
        record.names = {"en": name}
    for fact, column, words in (("ceasefire_class", "pa_type", TYPES), ("written", "txt", TEXTS)):
        if (coding := coded(record, column, row[column], words)) is not None:
            record.facts[fact] = coding
    if kind := record.facts.pop("ceasefire_class", None):
        record.facts["ceasefire_class"] = Coded(kind.written)
    for fact, column in (("declared_on", "pa_date"), ("ended_on", "duration")):
        if date := written_date(record, column, row[column]):
            record.facts[fact] = Coded(PartialDate(date).in_words("en"), date)
    if ended := ENDED.get(row["ended"].lower()):
        record.facts["outcome"] = ended
    record.known_until = KNOWN_UNTIL
    record.countries = [
        Country(place, int(code) if code.isdecimal() else None, column="gwno")
        for code, place in ((number(one), number(one)) for one in _several(row["gwno"]))
        if code
    ]
    record.parties = [*_parties(record, row)]
    conflicts = (number(one) for one in _several(row["conflict_id"]))
    record.numbers = [(Catalogue.UCDP_AGREEMENT, record.number)]
    record.numbers += [(Catalogue.UCDP_CONFLICT, one) for one in conflicts if one.isdecimal()]
    for column in ("pa_sign", "pa_3rd"):
        if text_of_it := line(record, column, row[column][:400]):
            record.remarks.append(f"{column}: {text_of_it}")


def _several(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(",") if not is_missing(one.strip())]


def _parties(record: Record, row: Row) -> list[Party]:
    """Each actor once. Names may hold commas: they belong to the numbers only where there are as many."""
    numbers, names = _several(row["actor_id"]), _several(row["actor_name"])
    if len(numbers) != len(names):
        names = [""] * len(numbers)
    found: dict[str, Party] = {}
    for one, name in zip(numbers, names, strict=True):
        clean = line(record, "actor_name", name, most=200) if name else ""
        found.setdefault(number(one), Party(clean, PartyRole.SIGNATORY, number(one), "actor_name"))
    return [*found.values()]


SCHEME = Scheme(
    name="ucdp",
    label="UCDP",
    number="paid",
    needs=("paid", "pa_name", "pa_date", "gwno", "actor_id", "pa_type"),
    read=read,
    catalogue=Catalogue.UCDP_AGREEMENT,
    sources="ucdp-peace-agreements",
    release="22.1",
    slug="ucdp",
    locator="paid",
    actors=Catalogue.UCDP_ACTOR,
)
