"""Actors and places are found by numbers and exact names; never by likeness alone."""

import pytest

from cases.vocabulary import PartyRole
from imports.actions import answer_name, ask_names, reopen_name
from imports.matching import Known
from imports.models import ActorName
from imports.records import Country, Party, Record
from imports.vocabulary import Answer, Problem
from tests.factories import an_account, publish_actor, publish_place
from tests.imports.tables import ETH_PRIO, csv_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def found(name, number="", known=None):
    record = Record("1", [2])
    actor = (known or Known("ucdp_actor")).actor(
        record, Party(name, PartyRole.SIGNATORY, number, "actor_name")
    )
    return actor, [note.problem for note in record.notes]


def test_likeness_alone_finds_nobody(db):
    somalia = publish_place(slug="somalia", title_en="Somalia")
    publish_actor(title_en="Somali government", actor_type="government", home=somalia)
    publish_place(slug="mali", title_en="Mali")
    publish_actor(title_en="EFTA")

    assert found("Government of Mali") == (None, [Problem.NO_ACTOR])
    assert found("ETA") == (None, [Problem.NO_ACTOR])
    assert found("Somali governments") == (None, [Problem.NO_ACTOR])


def test_an_actor_is_found_by_its_number_before_its_name(ruritania):
    by_number = publish_actor(
        title_en="The Crown", rows={"externalid": [{"scheme": "ucdp_actor", "value": "7001"}]}
    )
    publish_actor(title_en="Black Duke")

    assert found("Black Duke", "7001") == (by_number.pk, [])


@pytest.mark.parametrize("name", ["Black Duke", "black duke", "BLACK  DUKE", "Duc noir"])
def test_an_actor_is_found_by_any_of_its_exact_names(ruritania, name):
    duke = publish_actor(title_en="Black Duke", rows={"alias": [{"name": "Duc noir"}]})

    assert found(name) == (duke.pk, [])


def test_a_name_of_two_actors_is_asked(ruritania):
    publish_actor(slug="one", title_en="Black Duke")
    publish_actor(slug="two", title_en="Black Duke")

    assert found("Black Duke") == (None, [Problem.NO_ACTOR])


def test_the_government_of_a_place_is_its_only_government(ruritania, government):
    publish_actor(title_en="Ruritania", actor_type="state", home=ruritania)

    assert found("Government of Ruritania") == (government.pk, [])
    assert found("Government of the Ruritania")[0] == government.pk


def test_the_government_of_a_place_with_two_is_asked(ruritania, government):
    publish_actor(title_en="Rival king", actor_type="government", home=ruritania)

    assert found("Government of Ruritania") == (None, [Problem.NO_ACTOR])


def test_an_answer_is_remembered_and_can_be_taken_back(ruritania):
    duke = publish_actor(title_en="Michael")
    name = ActorName.objects.create(
        catalogue="ucdp_actor", number="7002", name="Black Duke", folded="black duke"
    )

    answer_name(name, actor=duke, by=an_account())
    assert found("Black Duke", "7002") == (duke.pk, [])
    answer_name(name, actor=None, by=an_account())
    assert found("Black Duke", "7002") == (None, [])
    reopen_name(name)
    assert found("Black Duke", "7002") == (None, [Problem.NO_ACTOR])


def test_a_name_is_asked_once_however_often_it_is_met(tmp_path, imported, ruritania):
    rows = ({}, {"uniq_id": "990002"}, {"uniq_id": "990003"})
    path = csv_of(tmp_path / "a.csv", ETH_PRIO, *rows)

    imported("eth-prio", path)
    ask_names("ucdp_actor", [])

    assert ActorName.objects.values_list("name", "records", "answer").get() == (
        "Government of Ruritania",
        3,
        Answer.OPEN,
    )


def test_once_a_name_is_answered_the_next_import_proposes_the_party(tmp_path, imported, ruritania):
    path = csv_of(tmp_path / "a.csv", ETH_PRIO)
    imported("eth-prio", path, accept=True)
    king = publish_actor(title_en="Rudolf")
    answer_name(ActorName.objects.get(), actor=king, by=an_account())

    batch = imported("eth-prio", path, accept=True)

    assert (batch.proposed, batch.accepted) == (1, 1)
    assert [part.case.slug for part in king.participations.all()] == ["eth-prio-990001"]
    assert imported("eth-prio", path).proposed == 0


@pytest.mark.parametrize(
    "country",
    [Country(gw_number=990), Country(iso_code="RUR"), Country("Ruritania"), Country("RURITANIA", 1, "XXX")],
)
def test_a_place_is_found_by_number_code_or_exact_name(ruritania, country):
    assert Known("").place(country) == ruritania.pk


def test_a_place_is_not_found_by_likeness(ruritania):
    assert Known("").place(Country("Ruritanian", 99, "RUT")) is None
