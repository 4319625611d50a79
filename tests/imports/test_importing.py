"""Records become cases of their own, or claims beside what editors say; a second import proposes nothing."""

import pytest

from cases.models import Case
from imports import actions
from imports.models import ActorName, ImportedRecord
from imports.reading import read_table
from imports.schemes import SCHEMES
from imports.vocabulary import BatchState, Problem
from publishing.integrity import broken_links, differing_entries
from publishing.models import Proposal, Revision
from publishing.vocabulary import Origin, ProposalState
from tests.factories import key, publish_case, publish_change
from tests.imports.tables import ETH_PRIO, PAX, UCDP, csv_of

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

SECOND_ROW = {"ucdp_actor_id": "7002", "actor_name": "Black Duke"}
TWO_ROWS = ({}, SECOND_ROW)


def fates(batch):
    batch.refresh_from_db()
    return batch.proposed, batch.unchanged, batch.reported


def problems(batch):
    return sorted((note.row, note.column, Problem(note.problem)) for note in batch.notes.all())


def test_a_ceasefire_over_two_rows_is_one_case(tmp_path, imported, government, ruritania):
    batch = imported("eth-prio", csv_of(tmp_path / "a.csv", ETH_PRIO, *TWO_ROWS), accept=True)

    case = Case.objects.get()
    assert fates(batch) == (2, 0, 0)
    assert (batch.rows, batch.accepted, batch.state) == (2, 1, BatchState.DONE)
    assert case.is_coded
    assert (case.slug, str(case.declared_on), str(case.in_force_on), str(case.ended_on)) == (
        "eth-prio-990001", "2001-03-04", "2001-03-05", "2001-06-07",
    )  # fmt: skip
    assert (case.ceasefire_class, case.sidedness, case.written, case.scope) == (
        "cessation_of_hostilities", "bilateral", "written", "unclear",
    )  # fmt: skip
    assert (case.outcome, str(case.outcome_as_of)) == ("collapsed", "2001-06-07")
    assert case.is_for_peace_process
    assert not case.is_humanitarian
    assert [*case.countries.all()] == [ruritania]
    assert case.title_en.startswith("Ruritania: ceasefire")
    assert [part.actor for part in case.participations.all()] == [government]
    assert {(one.scheme, one.value) for one in case.external_ids.all()} == {
        ("eth_prio", "990001"),
        ("ucdp_conflict", "4711"),
    }
    said = {claim.about: (claim.value_en, claim.locator, claim.stance) for claim in case.claims.all()}
    assert said["outcome"] == ("ended = 2", "ceasefire 990001", "supports")
    assert said["declared_on"] == ("4 March 2001", "ceasefire 990001", "supports")
    assert problems(batch) == [(2, "actor_name", Problem.NO_ACTOR)]
    assert ActorName.objects.values_list("name", "number").get() == ("Black Duke", "7002")
    assert [*differing_entries()] == []
    assert [*broken_links()] == []


def test_what_waits_in_the_queue_is_public_only_once_it_is_accepted(tmp_path, imported, government):
    imported("pax", csv_of(tmp_path / "a.csv", PAX))

    proposal = Proposal.objects.get(kind="case")
    assert not Case.objects.exists()
    assert (proposal.origin, proposal.state) == (Origin.IMPORT, ProposalState.SUBMITTED)


@pytest.mark.parametrize("name, row", [("eth-prio", ETH_PRIO), ("pax", PAX), ("ucdp", UCDP)])
def test_a_second_import_proposes_nothing(tmp_path, imported, government, name, row):
    path = csv_of(tmp_path / "a.csv", row)

    first, again = imported(name, path), imported(name, path)
    while actions.accept_next(first, by=first.by):
        pass
    after = imported(name, path)

    assert [fates(one) for one in (first, again, after)] == [(1, 0, 0), (0, 1, 0), (0, 1, 0)]
    assert Case.objects.count() == 1


def test_a_newer_release_proposes_what_changed_and_leaves_what_editors_wrote(tmp_path, imported, government):
    row = {**PAX, "Agt": "Accord"}
    imported("pax", csv_of(tmp_path / "a.csv", row, {}, {"AgtId": "9002"}), accept=True)
    case = Case.objects.get(slug="pa-x-9001")
    publish_change(case, title_en="The Accord of Zenda", finding_en="It stopped the fighting.")
    newer = csv_of(
        tmp_path / "b.csv",
        {**row, "Dat": "2001-03-05"},
        {"Agt": "Zenda Accord"},
        {"AgtId": "9002", "Dat": "2001-03-04"},
    )

    batch = imported("pax", newer, release="v11", accept=True)

    case.refresh_from_db()
    assert fates(batch)[0] == 2
    assert (case.title_en, case.finding_en) == ("The Accord of Zenda", "It stopped the fighting.")
    assert str(case.declared_on) == "2001-03-05"
    assert (2, "", Problem.EDITED) in problems(batch)


def test_a_record_that_waits_is_not_proposed_twice(tmp_path, imported, government):
    imported("pax", csv_of(tmp_path / "a.csv", PAX))

    batch = imported("pax", csv_of(tmp_path / "b.csv", {**PAX, "Dat": "2002"}), release="v11")

    assert fates(batch) == (0, 0, 1)
    assert problems(batch) == [(2, "AgtId", Problem.WAITS)]


# --- beside the editors' values -------------------------------------------------------------------


def covered(**fields):
    numbers = [{"scheme": "eth_prio", "value": "990001"}]
    said = {"declared_on": "2001-03-04", "outcome": "holding", "outcome_as_of": "2020", **fields}
    return publish_case(rows={"externalid": numbers}, slug="zenda", title_en="Zenda", **said)


def test_what_a_reviewed_case_covers_arrives_as_claims(tmp_path, imported, government):
    case = covered()
    before = {column.name: getattr(case, column.name) for column in Case._meta.concrete_fields}

    imported("eth-prio", csv_of(tmp_path / "a.csv", ETH_PRIO, *TWO_ROWS), accept=True)

    case = Case.objects.get()
    changed = {"revision", "changed_at"}
    assert {name for name, value in before.items() if getattr(case, name) != value} == changed
    stances = {claim.about: claim.stance for claim in case.claims.all()}
    assert stances["declared_on"] == "supports"
    assert stances["outcome"] == "differs"
    assert stances["scope"] == "context"


def test_a_claim_that_editors_took_from_the_record_is_not_repeated(tmp_path, imported, government, datasets):
    claim = {
        "id": key(),
        "about": "outcome",
        "source": datasets["eth-prio"],
        "locator": "ceasefires 990001 and 990002",
        "value_en": "Ours",
    }
    case = publish_case(
        rows={"externalid": [{"scheme": "eth_prio", "value": "990001"}], "claim": [claim]}, slug="zenda"
    )

    imported("eth-prio", csv_of(tmp_path / "a.csv", ETH_PRIO), accept=True)

    assert [one.value_en for one in case.claims.filter(about="outcome")] == ["Ours"]
    assert case.claims.filter(about="ended_on").exists()


def test_of_a_case_with_several_records_none_says_otherwise(tmp_path, imported, government):
    numbers = [{"scheme": "eth_prio", "value": one} for one in ("990001", "990002")]
    case = publish_case(rows={"externalid": numbers}, outcome="holding", outcome_as_of="2020")

    imported("eth-prio", csv_of(tmp_path / "a.csv", ETH_PRIO), accept=True)

    assert not case.claims.filter(stance="differs").exists()


def test_the_number_of_its_text_covers_it_unless_the_case_names_its_own_records(
    tmp_path, imported, government
):
    path = csv_of(tmp_path / "a.csv", {**ETH_PRIO, "pax_id": "9001"})
    publish_case(rows={"externalid": [{"scheme": "pa_x", "value": "9001"}]}, slug="zenda")

    imported("eth-prio", path, accept=True)

    assert Case.objects.count() == 1


def test_several_cases_with_the_number_are_reported(tmp_path, imported, government):
    for slug in ("one", "two"):
        publish_case(rows={"externalid": [{"scheme": "pa_x", "value": "9001"}]}, slug=slug)

    batch = imported("pax", csv_of(tmp_path / "a.csv", PAX))

    assert (fates(batch), problems(batch)) == ((0, 0, 1), [(2, "AgtId", Problem.SEVERAL_CASES)])


# --- dirt --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change, column, problem",
    [
        ({"end_yr": "2020", "end_month": "6", "end_day": "31"}, "end_yr", Problem.NO_SUCH_DAY),
        ({"end_yr": "2000"}, "ended_on", Problem.NOT_IN_ORDER),
        ({"ceasefire_class": "7"}, "ceasefire_class", Problem.UNKNOWN_CODE),
        ({"location": "Rurit\ufffdnia"}, "location", Problem.DAMAGED),
        ({"cc": "991", "location": "Nowhere"}, "location", Problem.NO_PLACE),
    ],
)
def test_dirt_is_reported_with_its_column_and_the_rest_is_proposed(
    tmp_path, imported, government, change, column, problem
):
    batch = imported("eth-prio", csv_of(tmp_path / "a.csv", {**ETH_PRIO, **change}), accept=True)

    assert fates(batch) == (1, 0, 0)
    assert (2, column, problem) in problems(batch)
    assert Case.objects.count() == 1


def test_of_rows_that_disagree_nothing_is_chosen(tmp_path, imported, government):
    batch = imported(
        "eth-prio", csv_of(tmp_path / "a.csv", ETH_PRIO, {}, {**SECOND_ROW, "ended": "1"}), accept=True
    )

    case = Case.objects.get()
    assert case.outcome == "unknown"
    assert case.claims.get(about="outcome").value_en == "ended = 2 / 1"
    assert (2, "ended", Problem.DISAGREE) in problems(batch)


def test_rows_without_a_number_or_with_that_of_another_are_reported(tmp_path, imported, government):
    batch = imported(
        "pax",
        csv_of(
            tmp_path / "a.csv", PAX, {"AgtId": "NA"}, {}, {}, {"AgtId": "9002"}, {"AgtId": "9003", "Agt": "."}
        ),
    )

    assert fates(batch) == (1, 0, 4)
    assert problems(batch) == [
        (2, "AgtId", Problem.NO_NUMBER),
        (3, "AgtId", Problem.TWICE),
        (4, "AgtId", Problem.TWICE),
        (6, "", Problem.NO_NAME),
    ]


# --- broken off --------------------------------------------------------------------------------


def test_a_batch_that_was_broken_off_goes_on_where_it_was(
    tmp_path, administrator, datasets, monkeypatch, ruritania
):
    monkeypatch.setattr("imports.planning.AT_ONCE", 2)
    path = csv_of(tmp_path / "a.csv", PAX, *({"AgtId": str(9001 + number)} for number in range(5)))
    said = {
        "scheme": "pax",
        "release": "v10",
        "source": datasets["pax"],
        "file_name": "a",
        "by": administrator,
    }
    batch = actions.begin(digest=actions.digest_of(path), **said)
    scheme = SCHEMES["pax"]
    next(actions.go_on(batch, actions.plan_for(batch, scheme), read_table(path)))

    found = actions.unfinished(digest=actions.digest_of(path), scheme="pax", release="v10")
    assert (found, found.done, Proposal.objects.filter(kind="case", origin=Origin.IMPORT).count()) == (
        batch,
        2,
        2,
    )
    list(actions.go_on(found, actions.plan_for(found, scheme), read_table(path)))

    assert fates(found) == (5, 0, 0)
    assert ImportedRecord.objects.count() == 5


def test_a_cancelled_batch_takes_back_what_waits_and_can_be_imported_again(tmp_path, imported, government):
    path = csv_of(tmp_path / "a.csv", PAX)
    batch = imported("pax", path)

    assert actions.cancel(batch, by=batch.by) == 1

    assert Proposal.objects.get(kind="case").state == ProposalState.WITHDRAWN
    assert fates(imported("pax", path)) == (1, 0, 0)


def test_each_accepted_record_has_a_revision_signed_by_who_imported_it(tmp_path, imported, government):
    batch = imported("pax", csv_of(tmp_path / "a.csv", PAX, {}, {"AgtId": "9002"}), accept=True)

    assert {one.author for one in Revision.objects.filter(kind="case")} == {batch.by}
    assert batch.accepted == 2


def test_a_number_of_a_country_is_no_word_for_its_place(tmp_path, imported):
    imported("ucdp", csv_of(tmp_path / "a.csv", UCDP, {"gwno": "552"}), accept=True)

    case = Case.objects.get()
    assert (case.place_name_en, case.countries.count()) == ("", 0)
