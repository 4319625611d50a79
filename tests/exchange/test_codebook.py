"""The codebook says what every kind, column and code means, and how often it occurs."""

import pytest
from django.test import Client

from exchange import codebook
from exchange.counterparts import DATASETS, FIELDS, WORDS
from publishing.fields.columns import stem
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from publishing.models.entry import children_of, kinds
from publishing.policy import columns_of
from tests.exchange.reading import loaded, rows_of_csv
from tests.factories import publish_actor, publish_case, publish_term
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MODELS = {**kinds(), **{name: row for kind in kinds().values() for name, row in children_of(kind).items()}}
COLUMNS = {f"{name}.{stem(column)}": column for name, model in MODELS.items() for column in columns_of(model)}


def test_every_kind_is_in_the_codebook() -> None:
    assert codebook.names_of_kinds() == codebook.FIRST_KINDS
    assert sorted(codebook.names_of_kinds()) == sorted(kinds())


def test_a_kind_that_nobody_gave_a_place_follows_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codebook, "FIRST_KINDS", ("term", "case"))

    assert codebook.names_of_kinds.__wrapped__() == (
        "term",
        "case",
        *sorted(kinds().keys() - {"term", "case"}),
    )


def test_every_column_and_code_is_on_the_page(client: Client) -> None:
    page = Document.of(client.get("/en/codebook/").content.decode())
    ids = {one["id"] for one in page.all("div") if "id" in one.attributes}

    assert {name for name in COLUMNS if name not in ids} == set()


def test_every_code_is_in_the_table(client: Client) -> None:
    rows = rows_of_csv(client, "/en/codebook.csv")

    said = {(row["row"] or row["kind"], row["field"], row["code"]) for row in rows if row["code"]}
    for name, column in COLUMNS.items():
        of, _dot, field = name.partition(".")
        assert {(of, field, str(code)) for code, _label in column.flatchoices or ()} <= said


def test_a_counterpart_is_that_of_a_column_or_code_that_is_there() -> None:
    codes = {f"{stem(one)}.{code}" for one in COLUMNS.values() for code, _label in one.flatchoices or ()}

    assert {*FIELDS} - {*COLUMNS} == set()
    assert {*WORDS} - codes == set()
    assert {name for one in (*FIELDS.values(), *WORDS.values()) for name in one} == {*DATASETS}


def test_counterparts_are_said_in_every_form(client: Client) -> None:
    row = next(one for one in rows_of_csv(client, "/fr/codebook.csv") if one["code"] == "collapsed")

    assert (row["field"], row["label"], row["eth_prio"]) == ("outcome", "Effondré", "ended: 2")
    assert "ended: 2" in client.get("/fr/codebook/").content.decode()


def test_a_code_is_counted_in_the_published_entries(client: Client) -> None:
    publish_case(rows={"provision": [{"strength": 3}, {"strength": 3}, {"strength": 1}]})
    rows = loaded(client, "/en/codebook.json")["rows"]
    found = {row["code"]: row["number"] for row in rows if row["field"] == "strength" and row["code"]}

    assert found == {"1": 1, "2": 0, "3": 2}


def test_what_readers_do_not_find_is_not_counted(client: Client) -> None:
    for slug, kind in (("found", "state"), ("unused", "armed_group")):
        name = {"name": f"Also {slug}", "language": "en"}
        actor = publish_actor(slug=slug, actor_type=kind, rows={"alias": [name]})
    Entry.objects.filter(pk=actor.pk).update(is_in_use=False)

    rows = loaded(client, "/en/codebook.json")["rows"]
    kinds_of_actors = {
        row["code"]: row["number"] for row in rows if row["field"] == "actor_type" and row["code"]
    }
    [aliases] = [row["number"] for row in rows if row["row"] == "alias" and not row["field"]]

    assert (kinds_of_actors["state"], kinds_of_actors["armed_group"], aliases) == (1, 0, 1)


def test_a_code_has_the_meaning_that_the_glossary_gives_it(client: Client) -> None:
    meaning = {"definition_en": "On the whole still kept.", "definition_ar": "لا يزال مصوناً في مجمله."}
    publish_term(title_en="holding", title_ar="صامد", **meaning)

    row = next(one for one in rows_of_csv(client, "/ar/codebook.csv") if one["code"] == "holding")

    assert row["meaning"] == "لا يزال مصوناً في مجمله."
    assert row["label"] == "صامد"


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_codebook_is_in_the_language_of_its_address(client: Client, language: str) -> None:
    page = client.get(f"/{language}/codebook/").content.decode()

    assert f'href="/{language}/codebook.csv"' in page
    assert loaded(client, f"/{language}/codebook.json")["rows"][0]["label"] in page


def test_a_question_to_the_codebook_is_not_understood(client: Client) -> None:
    assert client.get("/en/codebook.csv?kind=case").status_code == 400
