"""No claim says of a dataset what the dataset does not say; it is compared with the files where they are there."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.repository.dataset_claims import (
    ETH_PRIO,
    PA_X,
    differences,
    numbers_in,
    records_in,
    starter_entries,
)

HEADS = {
    "eth_prio_ceasefires.csv": (
        "uniq_id,ceasefire_class,ended,"
        "cf_dec_yr,cf_dec_month,cf_dec_day,cf_effect_yr,cf_effect_month,cf_effect_day,end_yr,end_month,end_day"
    ),
    "pax_all_agreements_v10.csv": "AgtId,Dat,ImPK,Ce",
}
ROWS = {
    "eth_prio_ceasefires.csv": ["7001,3,0,2008,5,20,2008,5,-1,,,", "7002,1,1,-1,0,0,-1,0,0,2010,1,2"],
    "pax_all_agreements_v10.csv": ["729,2008-05-21,0,2"],
}


@pytest.fixture
def records(tmp_path: Path) -> dict[str, Any]:
    for name, head in HEADS.items():
        (tmp_path / name).write_text("\ufeff" + "\n".join([head, *ROWS[name]]), encoding="utf-8")
    return records_in(tmp_path)


def said(
    about: str, value: str, locator: str, source: str = ETH_PRIO, stance: str = "supports", **fields: Any
) -> list[dict]:
    claim = {"key": "1", "about": about, "value": {"en": value}, "locator": locator, "source": source}
    dates = {"declared_on": "2008-05-20", "in_force_on": "2008-05-20"}
    return [{"name": "cases/a", **dates, **fields, "claim": [{**claim, "stance": stance}]}]


RIGHT = [
    said("declared_on", "20 May", "ceasefire 7001"),
    said("in_force_on", "May 2008", "ceasefire 7001"),
    said("outcome", "Did not end (ended = 0)", "ceasefire 7001"),
    said("ceasefire_class", "Class 3", "ceasefires 7001 and 7002"),
    said("declared_on", "No day", "ceasefire 7002", declared_on=""),
    said("declared_on", "21 May", "AgtId 729", PA_X, declared_on="2008-05-21"),
    said("declared_on", "20 May", "AgtId 729", PA_X, stance="differs"),
    said("outcome", "Ce = 2, ImPK = 0", "AgtId 729, point 2", PA_X),
    said("outcome", "It says so", "para. 3", "letter"),
]
WRONG = [
    (said("declared_on", "20 May", "ceasefire 9999"), "no such record"),
    (said("declared_on", "21 May", "ceasefire 7001", declared_on="2008-05-21"), "declared_on is 2008-05-21"),
    (said("declared_on", "May", "ceasefire 7002"), "declared_on is 2008-05-20"),
    (said("ended_on", "2010", "ceasefire 7002", ended_on="2011"), "ended_on is 2011"),
    (said("outcome", "ended = 1", "ceasefire 7001"), "ended is 0"),
    (said("ceasefire_class", "Class 2", "ceasefire 7001"), "class is 3"),
    (said("declared_on", "20 May", "AgtId 729", PA_X), "declared_on is 2008-05-20"),
    (said("outcome", "ImPK = 1", "AgtId 729", PA_X), "ImPK is 0"),
]


@pytest.mark.parametrize("entries", RIGHT, ids=lambda entries: str(len(entries)))
def test_what_the_dataset_says_too_is_no_difference(records, entries):
    assert [*differences(entries, records)] == []


@pytest.mark.parametrize("entries, why", WRONG, ids=[why for _entries, why in WRONG])
def test_what_the_dataset_says_otherwise_is_found(records, entries, why):
    (found,) = differences(entries, records)

    assert why in str(found)


def test_a_range_names_what_lies_between():
    assert numbers_in("ceasefires 10 to 12 and 15", ETH_PRIO) == ["10", "12", "15", "11"]


def datasets() -> list[Path]:
    """The folder with the real files, where there is one: DATASETS=FOLDER."""
    return [Path(os.environ["DATASETS"])] if os.environ.get("DATASETS") else []


def test_no_claim_of_the_starter_content_differs_from_the_datasets():
    entries = starter_entries()
    locators = [
        (claim.get("locator", ""), claim["source"])
        for entry in entries
        for claim in entry.get("claim", [])
        if claim.get("source") in {ETH_PRIO, PA_X}
    ]

    # Nearly all are written as the comparison reads them; the others name a variable of the dataset.
    assert len([one for one in locators if not numbers_in(*one)]) < len(locators) / 20
    for folder in datasets():
        assert [*map(str, differences(entries, records_in(folder)))] == []
