"""A new case begins from a record of a dataset: found, looked at, and begun once, as an editor's draft."""

import importlib
import uuid
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from cases.models import Case
from desk.addresses import draft_address
from imports import actions
from imports.models import ImportedRecord
from publishing import rules
from publishing.actions import retracting, reviewing, undoing
from publishing.actions.publishing import propose, publish
from publishing.models import Proposal, Revision
from publishing.rules import Refusal, deciding
from publishing.vocabulary import Origin
from tests.desk.conftest import signed_in
from tests.desk.sheets import NOTE, Sheet
from tests.factories import an_account, publish_change
from tests.imports.tables import PAX, UCDP, csv_of
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

start_from_entries = importlib.import_module(
    "publishing.migrations.0030_let_stuck_drafts_start_from_their_entries"
).start_from_entries

RECORDS = reverse("imports:records")


@pytest.fixture
def client(administrator):
    return signed_in(administrator)


def page_of(record):
    return reverse("imports:record", args=[record.pk])


def text_of(answer):
    return Document.of(answer.content.decode()).text


def drafts():
    return Proposal.objects.filter(origin=Origin.EDITOR, state="draft")


@pytest.mark.every_database
def test_a_record_is_found_by_its_number_a_word_of_its_name_and_its_dataset(
    client, tmp_path, imported, government
):
    imported("pax", csv_of(tmp_path / "a.csv", PAX, {}, {"AgtId": "9002", "Agt": "Pact of Strelsau"}))
    imported("ucdp", csv_of(tmp_path / "b.csv", UCDP))

    def found(query):
        return [record.number for record, _name in client.get(RECORDS + query).context["records"]]

    assert found("") == ["9001", "9002", "8001"]
    assert found("?q=9002") == found("?q=strelsau") == found("?q=STRELSAU+pact") == ["9002"]
    assert found("?q=zenda&dataset=ucdp") == ["8001"]
    assert found("?q=nowhere") == []
    unknown = client.get(f"{RECORDS}?dataset=nonsense&q=9001&q=9002&what=1")
    assert text_of(unknown).count("Not understood:") == 4


def test_a_record_that_waits_begins_a_draft_of_what_it_says_and_does_so_once(
    client, tmp_path, imported, government
):
    imported("pax", csv_of(tmp_path / "a.csv", PAX))
    record = ImportedRecord.objects.get()
    shown = text_of(client.get(page_of(record)))
    assert "What the draft begins with" in shown
    assert "Accord of Zenda" in shown
    assert "Claim" in shown

    other = signed_in(an_account("colleague", is_staff=True, is_superuser=True))
    opened = {one.post(page_of(record)).url for one in (client, client, other)}

    draft = drafts().get()
    assert len(opened) == 1
    assert str(draft.pk) in opened.pop()
    assert draft.wanted["fields"]["review"] == "reviewed"
    assert draft.wanted["rows"]["claim"] == record.proposal.wanted["rows"]["claim"]
    assert {claim["locator"] for claim in draft.wanted["rows"]["claim"].values()} == {"AgtId 9001"}
    assert not Case.objects.exists()
    # The editor completes and publishes it; the dataset's own proposal is of a case that exists, then.
    form = Sheet(client, draft_address(draft))
    answer = form.type(finding_en="It held.", **NOTE).save(_save="Publish")
    assert answer.status_code == 302
    assert Case.objects.get(pk=record.entry_key).finding_en == "It held."
    assert not Case.objects.get().is_coded
    again = text_of(client.get(page_of(record)))
    assert "Editors have reviewed this case already." in again
    client.post(page_of(record))
    assert not drafts().exists()


def test_what_the_dataset_says_waits_for_the_draft_that_an_editor_began(
    client, administrator, tmp_path, imported, government
):
    batch = imported("pax", csv_of(tmp_path / "a.csv", PAX, {}, {"AgtId": "9002", "Agt": "Pact of Strelsau"}))
    record, other = ImportedRecord.objects.order_by("number")
    client.post(page_of(record))

    accepted = actions.accept_next(batch, by=administrator)

    assert (accepted.done, [left for left, _why in accepted.left]) == (1, [record.proposal])
    assert Case.objects.get().pk == other.entry_key
    page = text_of(client.get(batch.get_absolute_url()))
    assert "has begun a draft of this entry. The dataset’s proposal waits" in page
    with pytest.raises(Refusal, match="has begun a draft"):
        publish(record.proposal, by=administrator)
    form = Sheet(client, draft_address(drafts().get()))
    assert form.type(finding_en="It held.", **NOTE).save(_save="Publish").status_code == 302
    assert Case.objects.get(pk=record.entry_key).finding_en == "It held."


def test_what_the_dataset_says_is_accepted_once_the_draft_is_withdrawn(
    client, administrator, tmp_path, imported, government
):
    batch = imported("pax", csv_of(tmp_path / "a.csv", PAX))
    client.post(page_of(ImportedRecord.objects.get()))
    reviewing.step("withdraw", drafts().get(), by=administrator)

    assert actions.accept_next(batch, by=administrator).done == 1
    assert Case.objects.get().is_coded


def test_a_declined_draft_that_is_considered_again_starts_from_the_case_that_the_dataset_made_since(
    client, administrator, tmp_path, imported, government
):
    batch = imported("pax", csv_of(tmp_path / "a.csv", PAX))
    client.post(page_of(ImportedRecord.objects.get()))
    draft = drafts().get()
    form = Sheet(client, draft_address(draft))
    assert form.type(finding_en="It held.", **NOTE).save(_submit="1").status_code == 302
    reviewing.decline(draft, by=administrator, reason="other", note="Too early.")
    assert actions.accept_next(batch, by=administrator).done == 1

    reviewing.accept(undoing.reconsider(draft, by=administrator), by=administrator)

    case = Case.objects.get()
    assert (case.finding_en, case.is_coded, case.revision) == ("It held.", False, 2)


def test_a_draft_that_was_stuck_behind_what_the_dataset_says_starts_from_it(
    client, administrator, tmp_path, imported, government, monkeypatch
):
    batch = imported("pax", csv_of(tmp_path / "a.csv", PAX))
    record = ImportedRecord.objects.get()
    client.post(page_of(record))
    draft = drafts().get()
    with monkeypatch.context() as earlier:
        # As of casebooks in which the dataset's proposal did not wait for the draft.
        earlier.setattr(deciding, "why_not_add_many", lambda _proposals: None)
        earlier.setattr(rules, "why_not_add_many", lambda _proposals: None)
        assert actions.accept_next(batch, by=administrator).done == 1
    said = {"note": "", "note_language": "en", "change_class": "addition"}
    unmade = propose({**draft.wanted, "id": str(uuid.uuid4())}, by=administrator, base=None, **said)

    start_from_entries(apps, SimpleNamespace(connection=connection))

    draft.refresh_from_db()
    assert draft.base == Revision.objects.get(entry=record.entry_key)
    assert Proposal.objects.get(pk=unmade.pk).base is None
    # The record leads to it, and begins no second one; it is completed and published as any other.
    assert str(draft.pk) in client.post(page_of(record)).url
    form = Sheet(client, draft_address(draft))
    assert form.type(finding_en="It held.", **NOTE).save(_save="Publish").status_code == 302
    case = Case.objects.get()
    assert (case.finding_en, case.is_coded, case.revision) == ("It held.", False, 2)


def test_a_record_whose_coded_case_is_public_is_taken_on(client, tmp_path, imported, government):
    imported("pax", csv_of(tmp_path / "a.csv", PAX), accept=True)
    record, case = ImportedRecord.objects.get(), Case.objects.get()

    client.post(page_of(record))

    draft = drafts().get()
    assert (draft.entry_id, draft.wanted["fields"]["review"]) == (case.pk, "reviewed")
    publish_change(case, review="reviewed")
    assert "Editors have reviewed this case already." in text_of(client.get(page_of(record)))


def test_a_record_of_a_retracted_case_begins_nothing(client, administrator, tmp_path, imported, government):
    imported("pax", csv_of(tmp_path / "a.csv", PAX), accept=True)
    retracting.retract(Case.objects.get(), by=administrator, reason="Wrong.", language="en")
    page = page_of(ImportedRecord.objects.get())

    assert "The case of this record was retracted." in text_of(client.get(page))
    assert client.post(page).url == page
    assert not drafts().exists()


def test_the_list_of_cases_and_the_form_of_a_new_one_lead_to_the_records(client):
    for address in (reverse("admin:cases_case_changelist"), reverse("admin:cases_case_add")):
        assert f'href="{RECORDS}"' in client.get(address).content.decode()
