"""The form in which a moderator improves a proposal: folded to what is proposed, with what the sender says."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from contributions.models import Contribution
from publishing.models import Proposal
from tests.factories import a_contribution, an_account, edited, key, newest, publish_case, publish_source
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def desk(db: None) -> Client:
    client = Client()
    client.force_login(an_account("moderator", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def case(db: None) -> Case:
    """A case with two claims, one of them about the finding, and an event."""
    claims = [{"source": publish_source(), "about": about} for about in ("finding", "outcome")]
    return publish_case(
        slug="libya-2020", finding_en="It was signed.", rows={"claim": claims, "event": [{"title_en": "Old"}]}
    )


def improved(desk: Client, one: Contribution) -> tuple[str, Document]:
    """The address of the form, and its page."""
    answer = desk.post(reverse("admin:contributions_contribution_decide", args=[one.pk, "improve"]))
    return answer.url, Document.of(desk.get(answer.url).content.decode())


def marked(page: Document, name: str = "is-proposed") -> set[str]:
    return {
        one["name"] or ""
        for tag in ("input", "textarea", "select")
        for one in page.all(tag)
        if name in (one["class"] or "").split()
    }


def test_it_marks_what_is_proposed_and_says_what_was_there(desk: Client, case: Case) -> None:
    one = a_contribution(
        edited(case, finding_en="It was signed in Geneva."), base=newest(case), source_reference="",
        why_no_source="I was there.",
    )  # fmt: skip

    address, page = improved(desk, one)

    assert "only=proposed" in address
    assert marked(page) == {"finding_en"}
    assert "only-proposed" in (page.one("body")["class"] or "")
    assert "Proposed. Before: It was signed." in " ".join(page.text.split())


def test_it_shows_what_the_sender_says(desk: Client, case: Case) -> None:
    one = a_contribution(
        edited(case, finding_en="It was signed in Geneva."), base=newest(case),
        source_reference="S/2020/1043", source_page="p. 4", source_quotation="Signed at Geneva",
    )  # fmt: skip

    _address, page = improved(desk, one)

    said = " ".join(page.text.split())
    for text in (one.reason, "S/2020/1043, p. 4", "Signed at Geneva"):
        assert text in said


def test_it_opens_the_claims_of_what_is_proposed_and_no_others(desk: Client, case: Case) -> None:
    one = a_contribution(
        edited(case, finding_en="It was signed in Geneva."), base=newest(case), source_reference="S/2020/1043"
    )

    _address, page = improved(desk, one)

    shown = {name.rpartition("-")[0] for name in marked(page, "is-kept") if name.endswith("-about")}
    abouts = {one_["name"]: one_ for one_ in page.all("select") if (one_["name"] or "").endswith("-about")}
    claims = Proposal.objects.get(pk=one.proposal_id).wanted["rows"]["claim"].values()
    about_finding = [claim for claim in claims if claim["about"] == "finding"]
    assert len(about_finding) == 2
    assert len(shown) == len(about_finding)
    assert len([name for name in abouts if "__prefix__" not in name]) == 3


def test_it_marks_each_field_of_a_row_that_is_proposed(desk: Client, case: Case) -> None:
    row = key()
    one = a_contribution(edited(case, {"event": [{"id": row, "title_en": "New"}]}), base=newest(case))

    _address, page = improved(desk, one)

    prefixes = {name.rsplit("-", 1)[0] for name in marked(page) if name.startswith("event")}
    assert len(prefixes) == 1
    [prefix] = prefixes
    assert page.one("input", name=f"{prefix}-id")["value"] == row
    assert f"{prefix}-title_en" in marked(page)


def test_the_whole_form_is_there_and_a_box_unfolds_it(desk: Client, case: Case) -> None:
    one = a_contribution(edited(case, finding_en="It was signed in Geneva."), base=newest(case))

    _address, page = improved(desk, one)

    box = page.one("input", id="whole-form")
    assert not box["name"]
    assert page.one("textarea", name="narrative_en")


def test_other_forms_are_not_folded(desk: Client, case: Case) -> None:
    a_contribution(edited(case, finding_en="It was signed in Geneva."), base=newest(case))

    page = desk.get(reverse("admin:cases_case_change", args=[case.pk]), {"only": "proposed"})

    assert "only-proposed" not in page.content.decode()


def test_of_a_new_entry_the_whole_form_is_open(desk: Client) -> None:
    one = a_contribution()

    _address, page = improved(desk, one)

    assert "only-proposed" not in (page.one("body")["class"] or "")


def test_who_goes_on_comes_back_to_the_folded_form(desk: Client, case: Case, settings: Any) -> None:
    one = a_contribution(edited(case, finding_en="It was signed in Geneva."), base=newest(case))
    improved(desk, one)

    page = desk.get(reverse("admin:contributions_contribution_change", args=[one.pk])).content.decode()

    assert f"?proposal={one.proposal_id}&amp;only=proposed" in page
