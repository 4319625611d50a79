"""Mappings of tables at the desk: made by a sample, tried before they are saved, and then imported by."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cases.models import Case
from imports import jobs
from imports.models import ImportBatch, Mapping
from imports.records import Record, Row
from imports.schemes.mapped import scheme_of
from imports.schemes.toml import as_toml
from imports.vocabulary import BatchState, Problem
from publishing.models import Proposal
from tests.factories import publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AT = "/en/admin/datasets/mappings/"
TABLE = """id;name;where;day;end;who;between
1;First;RUR;04/03/2001;b;Black Duke;Rudolf | Michael
2;Second;RUR;2001-02-30;c;x;
3;Third;Atlantis;2001;b;x;
;Fourth;RUR;2001;z;x;
"""
# As a browser sends the boxes that were filled in.
SAID = {
    **{"number": "id", "title:en": "name", "country": "where", "by": "iso", "declared_on": "day"},
    **{"outcome": "end", "parties": "between", "separator": "|", "role:0": "mediator", "missing": "x\r\n"},
    **{"role:0:column": "who", "known_until": "2002", "said": ["name"], "locator": "record", "first": "day"},
}
WORDS = {"word:outcome:b": "collapsed", "word:outcome:c": "", "word:outcome:z": "?"}


@pytest.fixture
def desk(administrator: Any) -> Client:
    """The desk of an administrator."""
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def mapping(desk: Client) -> Mapping:
    """One without rules, beside its sample."""
    sent = desk.post(AT, {"name": "mine", "file": SimpleUploadedFile("a.csv", TABLE.encode())})
    made = Mapping.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, made.get_absolute_url())
    return made


def post(desk: Client, mapping: Mapping, step: str, said: dict[str, Any]) -> Any:
    seen = Mapping.objects.get(pk=mapping.pk).changed_at.isoformat()
    return desk.post(mapping.get_absolute_url(), {"seen": seen, **said, "step": step})


def test_a_mapping_is_made_tried_saved_and_imported_by(
    desk: Client, mapping: Mapping, ruritania: Any
) -> None:
    page = desk.get(mapping.get_absolute_url()).content.decode()
    assert all(f">{one}<" in page for one in ("where", "04/03/2001", "Rudolf | Michael"))

    tried = post(desk, mapping, "try", SAID)
    form, trial = tried.context["form"], tried.context["trial"]
    assert {key: form[key].value() for key in WORDS} == dict.fromkeys(WORDS, "?")
    assert (trial.counts["proposed"], trial.counts["reported"]) == (3, 1)
    mapping.refresh_from_db()
    assert (mapping.rules, Proposal.objects.filter(origin="import").count()) == ("", 0)

    tried = post(desk, mapping, "try", {**SAID, **WORDS, "more:outcome": "y", "more:outcome:word": "expired"})
    notes = {(one.row, one.column, one.problem) for one in tried.context["trial"].notes}
    assert {(3, "day", "no_such_day"), (4, "where", "no_place"), (5, "id", "no_number")} <= notes
    assert (2, "end", "unknown_code") not in notes
    text = tried.content.decode()
    assert "There is no such day: \u20682001-02-30\u2069." in text
    assert "Collapsed (end = b)" in text
    assert "word:outcome:y" in tried.context["form"].fields

    assert post(desk, mapping, "save", {**SAID, **WORDS}).status_code == 302
    mapping.refresh_from_db()
    again = desk.get(mapping.get_absolute_url())
    kept = again.context["form"].initial
    assert {name: kept[name] for name in SAID} == {**SAID, "missing": "x"}
    publish_source(slug="my-table", title_en="My table", source_type="dataset")
    assert 'value="mine" selected' in desk.get("/en/admin/datasets/?mapping=mine").content.decode()
    file = SimpleUploadedFile("a.csv", TABLE.encode())
    desk.post("/en/admin/datasets/", {"scheme": "csv", "mapping": "mine", "source": "my-table", "file": file})
    batch = ImportBatch.objects.get()
    for step in ("start", "accept"):
        [*jobs.go_on_with_imports(timezone.now())]
        desk.post(batch.get_absolute_url(), {"step": step})
    [*jobs.go_on_with_imports(timezone.now())]
    first = Case.objects.get(title_en="First")
    assert (str(first.declared_on), first.outcome, first.countries.get()) == (
        "2001-03-04",
        "collapsed",
        ruritania,
    )


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"number": ""}, "This field is required."),
        ({"number": "no such column"}, "no such column is not one of the available choices"),
        ({"title:en": ""}, "which the title"),
        ({"declared_on": "", "declared_on:month": "day"}, "which column has the year"),
        ({"outcome": "end", "word:outcome:b": "won"}, "won is not one of the available choices"),
        ({"by": "likeness"}, "likeness is not one of the available choices"),
        ({"known_until": "soon"}, "Not understood as a date: soon."),
        ({"separator": "123456"}, "at most 5 characters"),
        ({"locator": "a\x00b"}, "Null characters"),
    ],
)
def test_rules_that_nobody_can_follow_are_not_kept(
    desk: Client, mapping: Mapping, changes: dict[str, str], said: str
) -> None:
    for step in ("try", "save"):
        page = post(desk, mapping, step, {**SAID, **changes})
        assert page.status_code == 200
        assert said in page.content.decode()
    mapping.refresh_from_db()
    assert mapping.rules == ""


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("my mapping", TABLE.encode(), "valid “slug”"),
        ("mine", TABLE.encode(), "already exists"),
        ("other", b"\x89PNG", "picture"),
        ("other", b"", "empty"),
    ],
)
def test_a_new_mapping_needs_a_name_of_its_own_and_a_table(
    desk: Client, mapping: Mapping, name: str, content: bytes, said: str
) -> None:
    page = desk.post(AT, {"name": name, "file": SimpleUploadedFile("a.csv", content)})

    assert said in page.content.decode()
    assert Mapping.objects.count() == 1


def test_another_sample_is_tried_by_what_was_chosen_and_nothing_of_it_is_lost(
    desk: Client, mapping: Mapping
) -> None:
    post(desk, mapping, "save", {**SAID, "locator": "kept"})
    chosen = {**SAID, **WORDS, "role:2": "witness", "role:2:column": "end"}
    other = SimpleUploadedFile("b.csv", TABLE.replace("id;", "key;").encode())
    picture = SimpleUploadedFile("c", b"GIF89a")

    refused = post(desk, mapping, "sample", {**chosen, "file": picture})
    taken = post(desk, mapping, "sample", {**chosen, "file": other})
    begun = post(
        desk, mapping, "sample", {"role:0": "witness", "file": SimpleUploadedFile("d.csv", b"a,b\n1,2\n")}
    )

    assert "picture" in refused.content.decode()
    for page in (refused, taken):
        form = page.context["form"]
        assert {name: form[name].value() for name in chosen} == chosen
    assert taken.context["trial"].why == "Columns of mine are missing: id. Is it another dataset?"
    assert taken.context["is_unsaved"]
    assert taken.context["form"].fields["number"].choices[-1] == ("id", "id")
    assert (begun.context["form"]["role:0"].value(), begun.context["trial"]) == ("witness", None)
    mapping.refresh_from_db()
    assert ('locator = "kept"' in mapping.rules, (mapping.sample or {})["columns"]) == (True, ["a", "b"])
    saved = post(desk, mapping, "save", {**SAID, "seen": begun.context["seen"]})
    assert saved.status_code == 302


def test_the_boxes_are_sent_with_another_sample_and_none_of_them_holds_it_up(
    desk: Client, mapping: Mapping
) -> None:
    page = desk.get(mapping.get_absolute_url()).content.decode()
    form = page[page.index('class="mapping-form"') :]
    form = form[: form.index("</form>")]

    assert 'enctype="multipart/form-data"' in page[: page.index(form)].rsplit("<form", 1)[1] + form[:200]
    assert form.index('value="try"') < form.index('value="save"') < form.index('value="sample"')
    assert "formnovalidate" in form[form.index('value="sample"') :].split(">")[0]
    assert "required" not in form[form.index('type="file"') :].split(">")[0]


def test_rules_stay_while_an_import_reads_by_them_and_the_mapping_for_ever(
    desk: Client, mapping: Mapping, administrator: Any
) -> None:
    post(desk, mapping, "save", SAID)
    source = publish_source(source_type="dataset")
    batch = ImportBatch.objects.create(
        scheme="csv", mapping=mapping, source=source, by=administrator, state=BatchState.CHECKING
    )

    assert "is reading by this mapping" in post(desk, mapping, "save", SAID).content.decode()
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.DONE)
    assert post(desk, mapping, "save", SAID).status_code == 302
    post(desk, mapping, "delete", {})
    assert Mapping.objects.exists()
    batch.delete()
    post(desk, mapping, "delete", {})
    assert not Mapping.objects.exists()


@pytest.mark.parametrize(
    "rules", ["# Not finished.\n", "number =", 'number = "id"\ntitle = "name"\nwhat = 1\n']
)
def test_rules_that_were_broken_by_hand_are_chosen_anew(desk: Client, mapping: Mapping, rules: str) -> None:
    Mapping.objects.update(rules=rules)

    assert "Its rules cannot be followed" in desk.get(mapping.get_absolute_url()).content.decode()
    assert post(desk, mapping, "save", SAID).status_code == 302


@pytest.mark.parametrize("columns", [30, 279])
def test_a_broad_table_has_a_page_of_bearable_size(desk: Client, columns: int) -> None:
    table = [";".join(f"{word}{one}" for one in range(columns)) for word in ("column ", "value ")]
    desk.post(AT, {"name": "broad", "file": SimpleUploadedFile("a.csv", "\n".join(table).encode())})

    page = desk.get(f"{AT}broad/").content

    assert b"column 29" in page
    assert len(page) < 400_000


@pytest.mark.parametrize(
    "first, dates, noted",
    [
        ("", ["2001-04-13", "2001-04-13", "2001-05-05"], ["03/04/2001"]),
        ("day", ["2001-04-03", "2001-04-13", "2001-05-05"], ["2001-13-4"]),
        ("month", ["2001-03-04", "2001-04-13", "2001-05-05"], ["2001-13-04"]),
    ],
)
def test_dates_of_numbers_are_noted_until_somebody_says_what_comes_first(
    first: str, dates: list[str], noted: list[str]
) -> None:
    rules = {
        "number": "n",
        "title": "n",
        "dates": {"declared_on": "on"},
        **({"first": first} if first else {}),
    }
    scheme = scheme_of("mine", as_toml(rules))
    records = [
        Record(on, [number])
        for number, on in enumerate(["03/04/2001", "13/04/2001", "4.13.2001", "5/5/2001"])
    ]
    for record in records:
        scheme.read(record, [Row(1, ["n", "on"], ["one", record.number])])

    either_way = {note.problem for record in records for note in record.notes} == {Problem.EITHER_WAY}
    assert either_way == (not first)
    found = [record.facts["declared_on"].value for record in records if "declared_on" in record.facts]
    assert (found, [note.value for record in records for note in record.notes]) == (dates, noted)


def test_rules_are_written_as_they_are_read() -> None:
    rules = {
        "number": 'a "b" \\ c',
        "missing": ["\x7f", "\U0001f54a", "\t"],
        "titles": {"ar": "عنوان"},
        "dates": {"declared_on": ["y", "m", "d"]},
        "codes": {"outcome": {"column": "end", "words": {"1.0": "expired", "": "", "نعم": "holding"}}},
    }

    scheme = scheme_of("a", as_toml(rules))

    assert scheme.read.args[0] == rules  # type: ignore[attr-defined]
