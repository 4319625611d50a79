"""Imports at the desk: a file is uploaded, checked, proposed, accepted or cancelled; names are answered."""

import re
import zlib
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cases.models import Case
from imports import jobs
from imports.models import ActorName, ImportBatch, ImportFile, Mapping
from imports.suggesting import suggestions
from imports.vocabulary import Answer, BatchState
from publishing.models import Proposal
from publishing.vocabulary import Origin
from tests.factories import publish_actor, publish_source
from tests.imports.tables import ETH_PRIO, PAX, csv_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AT = "/en/admin/datasets/"


@pytest.fixture
def client(administrator):
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def upload(client, datasets):
    def send(content, name="table.csv", **said):
        file = SimpleUploadedFile(name, content)
        return client.post(
            AT, {"scheme": "pax", "release": "", "source": "", "mapping": "", "file": file, **said}
        )

    return send


def worker():
    return [*jobs.go_on_with_imports(timezone.now())]


def content_of(tmp_path, row, *changes):
    return csv_of(tmp_path / "a.csv", row, *changes).read_bytes()


def test_a_file_goes_all_the_way(tmp_path, client, upload, ruritania):
    sent = upload(content_of(tmp_path, PAX, {}, {"AgtId": "NA"}, {"AgtId": "9002", "Dat": "2001-02-30"}))
    batch = ImportBatch.objects.get()
    at = batch.get_absolute_url()
    assert (sent.status_code, sent.url, batch.state, batch.rows) == (302, at, BatchState.CHECKING, 3)

    worker()
    page = client.get(at).content.decode()
    assert Proposal.objects.filter(origin=Origin.IMPORT).count() == 0
    assert "It has no number" in page
    assert "There is no such day: \u20682001-02-30\u2069." in page
    assert "Propose all of this" in page

    client.post(at, {"step": "start"})
    worker()
    batch.refresh_from_db()
    assert (batch.state, batch.proposed, batch.reported, batch.waiting) == (BatchState.DONE, 2, 1, 2)
    assert not batch.pieces.exists()
    assert "Accept the 2 proposals that wait" in client.get(at).content.decode()

    client.post(at, {"step": "accept"})
    worker()
    batch.refresh_from_db()
    assert (batch.state, batch.accepted, Case.objects.count()) == (BatchState.DONE, 2, 2)


def test_its_proposals_are_looked_at_one_by_one_and_no_others(tmp_path, client, upload, ruritania):
    for number in ("9001", "9002"):
        upload(content_of(tmp_path, PAX, {"AgtId": number}))
        worker()
        batch = ImportBatch.objects.latest("created_at")
        client.post(batch.get_absolute_url(), {"step": "start"})
        worker()
    one = batch.records.get().proposal

    at = re.search(
        r'href="(/en/admin/publishing/proposal/\?[^"]*)"',
        client.get(batch.get_absolute_url()).content.decode(),
    )
    shown = client.get(unescape(at[1]))

    assert Proposal.objects.waiting().count() == 2
    assert [*shown.context["cl"].queryset] == [one]
    assert str(batch) in shown.content.decode()
    for unknown in (uuid4(), "nonsense"):
        assert client.get(f"/en/admin/publishing/proposal/?import={unknown}").status_code == 302


def test_cancelled_it_leaves_nothing_waiting(tmp_path, client, upload, ruritania):
    upload(content_of(tmp_path, PAX))
    batch = ImportBatch.objects.get()
    worker()
    client.post(batch.get_absolute_url(), {"step": "start"})
    worker()

    client.post(batch.get_absolute_url(), {"step": "cancel"})
    worker()

    batch.refresh_from_db()
    assert (batch.state, batch.waiting, Case.objects.count()) == (BatchState.CANCELLED, 0, 0)


def test_the_worker_goes_on_after_each_round_where_it_was(tmp_path, client, upload, ruritania, monkeypatch):
    monkeypatch.setattr("imports.planning.AT_ONCE", 1)
    monkeypatch.setattr("imports.jobs.A_ROUND", 0.0001)
    upload(content_of(tmp_path, PAX, *({"AgtId": str(9000 + number)} for number in range(3))))
    batch = ImportBatch.objects.get()

    rounds = 0
    while batch.state == BatchState.CHECKING and rounds < 10:
        worker()
        batch.refresh_from_db()
        rounds += 1

    assert (batch.state, batch.read) == (BatchState.CHECKED, 3)
    assert rounds > 2


@pytest.mark.parametrize(
    "content, said, message",
    [
        (b"id\n", {}, "one column"),
        (b"a,b\n1,2\n", {}, "Columns of PA-X are missing"),
        (",".join(PAX).encode(), {}, "Below its head"),
        (b"PK\x03\x04", {}, "damaged"),
        (b"a,b\n1,2\n", {"scheme": "csv"}, "needs a mapping"),
        (b"a,b\n1,2\n", {"source": "no-such-source"}, "Nothing here has that name."),
    ],
)
def test_a_file_that_cannot_be_read_is_not_kept(client, upload, content, said, message):
    page = upload(content, **said)

    assert page.status_code == 200
    assert message in page.content.decode()
    assert not ImportBatch.objects.exists()


def test_what_cannot_be_read_any_longer_fails_with_a_message(tmp_path, client, upload, ruritania):
    upload(content_of(tmp_path, PAX))
    content = zlib.compress(b"a,b\n1,2\n")
    ImportFile.objects.update(content=content)

    worker()

    batch = ImportBatch.objects.get()
    assert batch.state == BatchState.FAILED
    assert "AgtId" in batch.why
    assert "Check it again" in client.get(batch.get_absolute_url()).content.decode()


def test_any_table_is_read_by_a_mapping(client, upload, ruritania):
    rules = 'number = "id"\ntitle = "name"\ncountry = "where"\nby = "iso"\nmissing = ["x"]\nknown_until = "2020"\nfirst = "day"\n[dates]\ndeclared_on = "day"\n'
    Mapping.objects.create(
        name="mine", rules=rules + '[codes.outcome]\ncolumn = "end"\nwords = {b = "collapsed"}\n'
    )
    publish_source(slug="my-table", title_en="My table", source_type="dataset")

    upload(
        b"id;name;where;day;end\n1;First;RUR;04/03/2001;b\n2;Second;x;x;c\n",
        scheme="csv",
        mapping="mine",
        source="my-table",
    )
    batch = ImportBatch.objects.get()
    worker()
    client.post(batch.get_absolute_url(), {"step": "start"})
    worker()
    client.post(batch.get_absolute_url(), {"step": "accept"})
    worker()

    first, second = Case.objects.order_by("slug")
    assert (first.title_en, str(first.declared_on), first.outcome) == ("First", "2001-03-04", "collapsed")
    assert [*first.countries.all()] == [ruritania]
    assert (second.declared_on, second.outcome) == (None, "unknown")


# --- names ---------------------------------------------------------------------------------------


@pytest.fixture
def name(tmp_path, imported, ruritania):
    imported("eth-prio", csv_of(tmp_path / "a.csv", {**ETH_PRIO, "actor_name": "Black Dukes"}))
    return ActorName.objects.get()


def test_a_name_is_answered_by_a_suggestion_or_another_actor_or_nobody(client, name):
    duke, king = (
        publish_actor(slug="duke", title_en="The Black Duke"),
        publish_actor(slug="king", title_en="Rudolf"),
    )
    page = client.get(f"{AT}names/").content.decode()
    assert 'value="duke"' in page
    assert 'value="king"' not in page

    assert (
        f'<a href="{AT}names/">' in client.get(ImportBatch.objects.get().get_absolute_url()).content.decode()
    )
    for said, answer in (
        ({"suggested": "duke"}, (Answer.ACTOR, duke)),
        ({"actor": "Rudolf"}, (Answer.ACTOR, king)),
        ({"suggested": "nobody"}, (Answer.NOBODY, None)),
    ):
        assert client.post(f"{AT}names/", {"name": name.pk, **said}).status_code == 302
        name.refresh_from_db()
        assert (name.answer, name.actor) == answer


def test_an_answer_is_found_again_and_taken_back(client, name):
    publish_actor(slug="duke", title_en="The Black Duke")
    client.post(f"{AT}names/", {"name": name.pk, "suggested": "duke"})

    assert (
        f'href="{AT}names/answered/">1 name that is answered<' in client.get(f"{AT}names/").content.decode()
    )
    page = client.get(f"{AT}names/answered/").content.decode()
    assert all(words in page for words in ("Black Dukes", "The Black Duke", f'name="name" value="{name.pk}"'))
    assert client.post(f"{AT}names/answered/", {"name": name.pk}).status_code == 302
    name.refresh_from_db()
    assert (name.answer, name.actor, name.by) == (Answer.OPEN, None, None)
    assert "No name is answered yet." in client.get(f"{AT}names/answered/").content.decode()


def test_whoever_governs_the_place_in_a_name_is_suggested_first(client, ruritania):
    name = ActorName.objects.create(name="Government of Ruritania", folded="government of ruritania")
    kings = [
        publish_actor(
            slug=f"king-{number}", title_en=f"King {number}", actor_type="government", home=ruritania
        )
        for number in range(2)
    ]
    publish_actor(slug="fao", title_en="Food and Agriculture Organization")

    assert {*suggestions([name])[name.pk]} == {*kings}


@pytest.mark.parametrize("said", [{}, {"actor": "Nobody at all"}, {"suggested": "no-such-actor"}])
def test_an_answer_that_names_nobody_is_asked_again(client, name, said):
    page = client.post(f"{AT}names/", {"name": name.pk, **said})

    name.refresh_from_db()
    assert (page.status_code, name.answer) == (200, Answer.OPEN)


@pytest.mark.parametrize("typed", ["", "0", "x", "9" * 40, "\u0663"])
def test_an_answer_to_no_question_is_not_found(client, typed):
    assert client.post(f"{AT}names/", {"name": typed, "suggested": "nobody"}).status_code == 404


def test_moderators_find_imports_on_the_first_page(client):
    page = client.get("/en/admin/").content.decode()

    assert f'href="{AT}"' in page
    assert f'href="{AT}names/"' in page
