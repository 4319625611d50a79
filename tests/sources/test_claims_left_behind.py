"""A reviewer is pointed to a fact that changed while its claims stayed as they were."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.snapshots import Snapshot
from sources.rules import claims_left_behind
from tests.factories import an_account, edited, key, newest, proposal_of, publish_case, publish_source
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CLAIM = key()
PROVISION = key()


@kept
def case() -> Any:
    source = publish_source(title_en="The agreement", published_on="2022")
    claims = [
        {"id": CLAIM, "source": source, "about": "declared_on"},
        {"source": source, "about": "finding"},
        {"source": source, "about": "outcome"},
        {"source": source, "about": f"provision/{PROVISION}"},
        {"source": source, "about": "ended_on", "stance": "differs", "value_en": "2021"},
    ]
    rows = {"provision": [{"id": PROVISION, "text_en": "All leave."}], "claim": claims}
    return publish_case(
        declared_on="2020-10-23",
        ended_on="2022",
        outcome="expired",
        outcome_as_of="2021",
        finding_en="It held.",
        finding_fr="Il a tenu.",
        rows=rows,
    )


def noted(case: Any, wanted: Snapshot) -> list[str]:
    return [str(path) for path, _message in claims_left_behind(newest(case).snapshot, wanted)]


def with_row(case: Any, name: str, row: str, **values: Any) -> Snapshot:
    snapshot = newest(case).snapshot
    rows = {**snapshot["rows"][name], row: {**snapshot["rows"][name][row], **values}}
    return {**snapshot, "rows": {**snapshot["rows"], name: rows}}


@pytest.mark.parametrize(
    "changes, paths",
    [
        ({"declared_on": "2020-10-24"}, ["declared_on"]),
        ({"outcome": "collapsed", "outcome_as_of": "2023"}, ["outcome"]),
        ({"finding_en": "It did not hold."}, ["finding_en"]),
        ({"finding_ar": "صمد."}, []),
        ({"declared_on": None}, []),
        ({"ended_on": "2023"}, []),
        ({"title_en": "Another"}, []),
    ],
    ids=[
        "a fact",
        "a judgement that is younger than its source",
        "a text",
        "a translation that was missing",
        "emptied",
        "no claim says the same",
        "no claim",
    ],
)
def test_a_fact_that_changes_alone_is_noted(case: Any, changes: dict[str, Any], paths: list[str]) -> None:
    assert noted(case, edited(case, **changes)) == paths


def test_a_row_that_changes_alone_is_noted(case: Any) -> None:
    changed = with_row(case, "provision", PROVISION, text_en="Most leave.")

    assert noted(case, changed) == [f"provision/{PROVISION}/text_en"]


def test_a_fact_that_changes_with_its_claims_is_not(case: Any) -> None:
    both = with_row(case, "claim", CLAIM, locator="2")
    both["fields"] = {**both["fields"], "declared_on": "2020-10-24"}

    assert noted(case, both) == []


@pytest.mark.parametrize(
    "language, asked",
    [("en", "Do these sources support"), ("ar", "هل تؤيد هذه"), ("fr", "Ces sources appuient")],
)
def test_the_review_names_the_sources_beside_the_change(case: Any, language: str, asked: str) -> None:
    proposal = proposal_of(edited(case, declared_on="2020-10-24"), by=an_account(), base=newest(case))
    client = Client()
    client.force_login(an_account())

    address = reverse("admin:publishing_proposal_change", args=[proposal.pk])
    page = client.get(f"/{language}{address[3:]}").content.decode()

    assert asked in page
    assert page.count("to-note") == 1
    assert "The agreement" in page
