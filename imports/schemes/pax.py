"""The PA-X Peace Agreements Database: a row for each document; both the coded file and the labelled one."""

import re
from collections.abc import Sequence

from cases.vocabulary import CeasefireClass, Sidedness, Written
from imports.records import Coded, Country, Record, Row
from imports.schemes.kinds import Scheme
from imports.values import coded, is_missing, line, number, written_date
from imports.vocabulary import Problem
from publishing.fields.partial_dates import PartialDate
from sources.vocabulary import Scheme as Catalogue

# Stage and substage; whatever else the document is, PA-X does not say that it stops the fighting.
CLASSES = {
    "Cea/Ceas": CeasefireClass.CESSATION_OF_HOSTILITIES,
    "Cea/CeaMix": CeasefireClass.PRELIMINARY_CEASEFIRE,
    "Cea/Rel": CeasefireClass.CEASEFIRE_RELATED,
}
STATUS = {
    # How many sides signed it, it does not say.
    "Multiparty signed/agreed": Sidedness.UNCLEAR,
    "Unilateral document": Sidedness.UNILATERAL,
    "Agreement with subsequent status": Sidedness.UNCLEAR,
    "Status unclear": Sidedness.UNCLEAR,
}
ENTITIES = re.compile(r"[()]")


def read(record: Record, rows: Sequence[Row]) -> None:
    """What the row says of its document."""
    (row,) = rows
    if name := line(record, "Agt", row["Agt"], most=300):
        record.names = {"en": name}
    stage = "/".join(part for part in (row["Stage"], row["StageSub"]) if not is_missing(part))
    if stage:
        record.facts["ceasefire_class"] = Coded(f"Stage {stage}", CLASSES.get(stage))
    if coding := coded(record, "Status", row["Status"], STATUS):
        record.facts["sidedness"] = coding
    if date := written_date(record, "Dat", row["Dat"]):
        record.facts["declared_on"] = Coded(PartialDate(date).in_words("en"), date)
    # It holds documents alone, and their texts can be read there.
    record.facts["written"] = Coded("Agt", Written.TEXT_KNOWN)
    record.countries = [*_countries(record, row)]
    record.numbers = [(Catalogue.PA_X, record.number)]
    for column, catalogue in (
        ("UcdpCon", Catalogue.UCDP_CONFLICT),
        ("UcdpAgr", Catalogue.UCDP_AGREEMENT),
        ("PamAgr", Catalogue.PAM),
    ):
        several = (number(one.strip()) for one in re.split(r"[,;]", row[column]))
        record.numbers += [(catalogue, one) for one in several if one.isdecimal()]
    for column in ("Part", "ThrdPart"):
        if text_of_it := line(record, column, row[column][:400]):
            record.remarks.append(f"{column}: {text_of_it}")


def _countries(record: Record, row: Row) -> list[Country]:
    found = []
    for place in ("Loc1", "Loc2"):
        iso, gw = row[f"{place}ISO"], number(row[f"{place}GWNO"])
        if not is_missing(iso) or gw:
            code = "" if is_missing(iso) else iso
            found.append(Country(code, int(gw) if gw.isdecimal() else None, code, f"{place}ISO"))
    if not found and (name := line(record, "Con", ENTITIES.sub("", row["Con"]), most=100)):
        record.note("Con", Problem.NO_PLACE, name)
    return found


SCHEME = Scheme(
    name="pax",
    label="PA-X",
    number="AgtId",
    needs=("AgtId", "Agt", "Dat", "Status", "Stage", "StageSub"),
    read=read,
    catalogue=Catalogue.PA_X,
    sources="pa-x-",
    release="v10",
    slug="pa-x",
    locator="AgtId",
)
