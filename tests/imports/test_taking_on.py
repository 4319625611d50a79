"""A case that a dataset coded becomes a reviewed one by a draft that takes it on, and in no other way."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from cases.vocabulary import Review
from publishing import snapshots
from publishing.models import Proposal
from tests.desk.conftest import signed_in
from tests.desk.sheets import NOTE, Sheet
from tests.factories import an_account, publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def client(administrator):
    return signed_in(administrator)


def address(case):
    return reverse("imports:take_on", args=[case.pk])


def test_a_coded_case_is_taken_on_by_a_draft(client):
    case = publish_case(slug="coded", title_en="Coded", review="coded")
    assert "Begin the draft" in client.get(address(case)).content.decode()

    opened = client.post(address(case))

    draft = Proposal.objects.get(entry=case, state="draft")
    assert str(draft.pk) in opened.url
    assert draft.wanted["fields"]["review"] == "reviewed"
    assert Case.objects.get().is_coded
    assert client.get(opened.url).status_code == 200


def test_a_case_that_somebody_has_begun_to_take_on_leads_to_that_draft(client):
    case = publish_case(review="coded")
    other = signed_in(an_account("colleague", is_staff=True, is_superuser=True))

    opened = {one.post(address(case)).url for one in (client, client, other)}

    draft = Proposal.objects.get(entry=case, state="draft")
    assert len(opened) == 1
    assert str(draft.pk) in opened.pop()
    Proposal.objects.filter(pk=draft.pk).update(state="submitted", submitted_at=timezone.now())
    review_page = reverse("admin:publishing_proposal_change", args=[draft.pk])
    assert other.post(address(case)).url == review_page


def test_another_draft_of_the_case_takes_nothing_on(client):
    case = publish_case(review="coded")
    Sheet.of(client, case, finding_en="It held.").save(_draft="Save draft")

    client.post(address(case))

    assert Proposal.objects.filter(entry=case, state="draft").count() == 2


def test_a_reviewed_case_cannot_be_taken_on(client):
    case = publish_case()

    assert "Begin the draft" not in client.get(address(case)).content.decode()
    client.post(address(case))
    assert not Proposal.objects.filter(state="draft").exists()


@pytest.mark.parametrize("was, said", [("coded", "reviewed"), ("reviewed", "coded")])
def test_the_form_of_a_case_says_which_it_is_and_changes_nothing_of_it(client, was, said):
    case = publish_case(review=was)
    sheet = Sheet.of(client, case, finding_en="It held.")
    assert "review" not in sheet.inputs
    page = client.get(reverse("admin:cases_case_change", args=[case.pk])).content.decode()
    assert str(Review(was).label) in page

    sheet.values["review"] = [said]
    assert sheet.save().status_code == 302

    case.refresh_from_db()
    assert (case.finding_en, case.review) == ("It held.", was)


def test_the_draft_that_takes_a_case_on_is_published_as_reviewed(client):
    case = publish_case(review="coded")
    draft = client.post(address(case)).url

    assert Sheet(client, draft).type(finding_en="It held.", **NOTE).save().status_code == 302

    case.refresh_from_db()
    assert (case.finding_en, case.review) == ("It held.", "reviewed")


def test_a_copy_of_a_coded_case_is_coded_by_nobody():
    case = publish_case(review="coded")

    assert snapshots.copied(snapshots.freeze(case), claims=False)["fields"]["review"] == "reviewed"
