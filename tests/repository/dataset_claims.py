"""Compares what claims say of datasets with the datasets: `python -m tests.repository.dataset_claims FOLDER`.

The folder holds the files as their publishers give them (their licences forbid to keep rows of them here):
eth_prio_ceasefires.csv and pax_all_agreements_v10.csv. Compared are the numbers of the records, the codes
("ImPK = 1", "class 3") and, for claims that bear out a date of the case, that date.
"""

import csv
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.env import ROOT

ETH_PRIO, PA_X = "eth-prio-ceasefires", "pa-x-v10"
FILES = {ETH_PRIO: ("eth_prio_ceasefires.csv", "uniq_id"), PA_X: ("pax_all_agreements_v10.csv", "AgtId")}
LOCATORS = {
    ETH_PRIO: re.compile(r"\b(?:ceasefires?|uniq_id) ([\d, andto]+)"),
    PA_X: re.compile(r"\bAgtId ([\d, andto]+)"),
}
CODE = re.compile(r"\b([A-Za-z_]\w{1,15}) = (-?\d)\b")
CLASS = re.compile(r"\bclass (\d)\b", re.IGNORECASE)
RANGE = re.compile(r"(\d+) to (\d+)")
# The columns of ETH/PRIO that say the year, the month and the day; -1 and 0 stand for what is not known.
DATES = {"declared_on": "cf_dec", "in_force_on": "cf_effect", "ended_on": "end"}
Records = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Difference:
    """What a claim says, and what the dataset does not."""

    entry: str
    claim: str
    what: str

    def __str__(self) -> str:
        return f"{self.entry}: claim {self.claim}: {self.what}"


def records_in(folder: Path) -> dict[str, Records]:
    """The rows of each dataset, by source and number of the record."""
    found: dict[str, Records] = {}
    csv.field_size_limit(10_000_000)
    for source, (name, column) in FILES.items():
        found[source] = {}
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found[source].setdefault(row[column], []).append(row)
    return found


def numbers_in(locator: str, source: str) -> list[str]:
    """The numbers of the records that a locator names; those between the ends of a range too."""
    named = LOCATORS[source].search(locator)
    if named is None:
        return []
    ends = RANGE.findall(named[1])
    between = [str(one) for first, last in ends for one in range(int(first) + 1, int(last))]
    return [*re.findall(r"\d+", named[1]), *between]


def differences(entries: list[dict[str, Any]], records: dict[str, Records]) -> Iterator[Difference]:
    """What the claims of the starter entries say otherwise than the datasets."""
    for entry in entries:
        for claim in entry.get("claim", []):
            if claim.get("source") in records:
                yield from _of_claim(entry, claim, records[claim["source"]])


def _of_claim(entry: dict[str, Any], claim: dict[str, Any], records: Records) -> Iterator[Difference]:
    value, locator, about = _value_of(claim), claim.get("locator", ""), claim.get("about", "")
    name, label = entry["name"], f"{claim['key']} “{value}” ({locator})"
    numbers = numbers_in(locator, claim["source"])
    missing = [number for number in numbers if number not in records]
    # Between the ends of a range not every number is used.
    if missing and not RANGE.search(locator):
        yield Difference(name, label, f"no such record: {', '.join(missing)}")
    rows = [row for number in numbers for row in records.get(number, [])]
    if not rows:
        return
    for column, code in CODE.findall(value):
        values = {row[column] for row in rows if column in row}
        if values and code not in values:
            yield Difference(name, label, f"{column} is {', '.join(sorted(values))}")
    if claim["source"] == ETH_PRIO:
        classes = {row["ceasefire_class"] for row in rows}
        if wrong := {*CLASS.findall(value)} - classes:
            yield Difference(name, label, f"class is {', '.join(sorted(classes))}, not {', '.join(wrong)}")
    dates = _dates(rows, claim["source"], about) if claim.get("stance", "supports") == "supports" else set()
    wanted = entry.get(about, "")
    if dates and not any(_agree(wanted, date) for date in dates):
        yield Difference(name, label, f"{about} is {wanted}, the record has {', '.join(sorted(dates))}")


def _value_of(claim: dict[str, Any]) -> str:
    return claim.get("value", {}).get("en", "")


def _dates(rows: list[dict[str, str]], source: str, about: str) -> set[str]:
    """The dates that the records have for the fact, as far as they know them; none for other facts."""
    if source == PA_X:
        return {row["Dat"] for row in rows} if about == "declared_on" else set()
    return {_date(row, DATES[about]) for row in rows} if about in DATES else set()


def _agree(wanted: str, date: str) -> bool:
    """Whether one says the other, more or less exactly; a date that is not known agrees with none."""
    return wanted == date or bool(wanted and date and (wanted.startswith(date) or date.startswith(wanted)))


def _date(row: dict[str, str], prefix: str) -> str:
    parts = []
    for part in ("yr", "month", "day"):
        value = row[f"{prefix}_{part}"]
        if not value.lstrip("-").isdigit() or int(value) <= 0:
            break
        parts.append(f"{int(value):0{4 if part == 'yr' else 2}}")
    return "-".join(parts)


def starter_entries() -> list[dict[str, Any]]:
    """The starter entries as their files have them, each with its name."""
    content = ROOT / "portal" / "starter" / "content"
    return [
        {"name": f"{folder}/{file.stem}", **tomllib.loads(file.read_text(encoding="utf-8"))}
        for folder in ("cases", "initiatives", "pillars")
        for file in sorted((content / folder).glob("*.toml"))
    ]


if __name__ == "__main__":
    found = [*differences(starter_entries(), records_in(Path(sys.argv[1])))]
    sys.stdout.write("".join(f"{one}\n" for one in found) + f"{len(found)} differences\n")
    sys.exit(bool(found))
