"""A refused form lists its errors at the top, each with a link to its input."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from desk.addresses import draft_address
from publishing.actions import drafting, reviewing
from publishing.models import Entry
from tests.desk.conftest import signed_in
from tests.desk.sheets import Sheet, change_page
from tests.factories import an_account, edited, key, newest, publish_case, publish_theme
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROVENANCE = {"note": "Better.", "note_language": "en", "change_class": "correction"}
PROVISION = key()


@pytest.fixture
def case(db: None) -> Entry:
    return publish_case(
        title_en="Truce", rows={"provision": [{"id": PROVISION, "text_en": "All leave."}], "event": [{}]}
    )


def an_editor(name: str = "leila", **traits: Any) -> Any:
    editor = an_account(name, is_staff=True, **traits)
    wanted = [f"{verb}_{kind}" for verb in ("add", "change", "view") for kind in ("case", "theme")]
    editor.user_permissions.add(*Permission.objects.filter(codename__in=[*wanted, "view_proposal"]))
    return editor


def mistakes(answer: Any) -> dict[str, str]:
    """The errors in the summary, by the target of their links."""
    page = Document.of(answer.content.decode())
    (summary,) = page.all("div", class_="mistakes")
    links = [one for one in page.all("a") if summary in one.above]
    for link in links:
        assert link["href"].removeprefix("#") in page.ids, link["href"]
    return {link["href"]: " ".join(link.text.split()) for link in links}


def test_each_mistake_leads_to_its_box(desk: Client, case: Entry) -> None:
    answer = Sheet.of(desk, case, public_note="", declared_on="tomorrow").save()

    found = mistakes(answer)
    assert found.keys() == {"#id_public_note", "#id_declared_on"}
    assert found["#id_public_note"].startswith("Public note:")
    assert "Error:" in answer.content.decode().partition("</title>")[0]


def test_a_mistake_in_a_row_names_the_row(desk: Client, case: Entry) -> None:
    answer = Sheet.of(desk, case).change("events", case.events.get().pk, happened_on="never").save()

    (target,) = mistakes(answer)
    assert target == "#id_events-0-happened_on"
    assert mistakes(answer)[target].startswith("Event 1, ")


def test_what_speaks_against_publishing_leads_to_the_fact_or_row(desk: Client, case: Entry) -> None:
    sheet = Sheet.of(desk, case, declared_on="2020-10-23", override_reason="")

    answer = sheet.type(finding_en="It failed.").save()

    found = mistakes(answer)
    assert "No source supports this key fact" in found["#id_declared_on"]
    assert "#id_finding_en" in found


def test_what_cannot_be_a_draft_yet_is_a_notice_and_what_is_wrong_a_mistake(
    desk: Client, case: Entry
) -> None:
    answer = Sheet.of(desk, case, declared_on="tomorrow").save(_draft="1")

    assert mistakes(answer).keys() == {"#id_declared_on"}
    assert answer.content.decode().count("It is kept as you typed it") == 1


def test_a_form_without_mistakes_has_no_summary(desk: Client, case: Entry) -> None:
    page = Document.of(desk.get(change_page(case)).content.decode())

    assert not any(page.all("div", class_="mistakes"))


def test_the_answer_to_a_refused_save_counts_as_unsaved(desk: Client, case: Entry) -> None:
    def is_unsaved(answer: Any) -> str:
        return Document.of(answer.content.decode()).one("div", id="about-work")["data-is-unsaved"]

    assert is_unsaved(desk.get(change_page(case))) == ""
    assert is_unsaved(Sheet.of(desk, case, public_note="").save()) == "1"


# --- what an editor sees -----------------------------------------------------------------------------


def test_only_whoever_may_publish_is_asked_for_a_date_or_a_reason_against_rules(
    desk: Client, case: Entry
) -> None:
    of_editor = Document.of(signed_in(an_editor()).get(change_page(case)).content.decode()).ids
    of_publisher = Document.of(signed_in(an_account()).get(change_page(case)).content.decode()).ids

    asked = {"id_publish_at_0", "id_override_reason"}
    assert asked & {*of_editor} == set()
    assert asked <= {*of_publisher}


def test_ones_own_draft_is_offered_first_and_that_of_others_named(db: None) -> None:
    theme, mine, other = publish_theme(), an_editor(), an_editor("omar", first_name="Omar", last_name="Said")
    wanted = edited(theme, title_en="Better")
    drafts = [drafting.begin_draft(wanted, by=by, base=newest(theme), **PROVENANCE) for by in (other, mine)]

    page = signed_in(mine).get(change_page(theme)).content.decode()

    assert page.index("You have a draft of this entry.") < page.index("Omar Said</bdi> has a draft")
    links = [*Document.of(page).all("a")]
    (own,) = (one for one in links if one.text == "Continue your draft")
    assert f"proposal={drafts[1].pk}" in own["href"]
    assert reverse("admin:publishing_proposal_change", args=[drafts[0].pk]) in [one["href"] for one in links]


def test_a_second_draft_of_ones_own_is_not_taken_for_what_is_published(db: None) -> None:
    theme, mine = publish_theme(), an_editor()
    wanted = edited(theme, title_en="Better")
    drafts = [drafting.begin_draft(wanted, by=mine, base=newest(theme), **PROVENANCE) for _number in (1, 2)]

    page = signed_in(mine).get(draft_address(drafts[1])).content.decode()

    assert "You have another draft of this entry." in page
    assert "What you see below is what is published." not in page


def test_a_form_that_was_not_accepted_is_opened_again(db: None) -> None:
    theme, desk = publish_theme(), Client(enforce_csrf_checks=True)
    desk.force_login(an_editor())

    page = desk.post(change_page(theme), {"title_en": "Better"})

    assert page.status_code == 403
    assert f'href="{change_page(theme)}">Open the form again' in page.content.decode()
    assert "Open the desk" in desk.post(f"{change_page(theme)}nowhere/").content.decode()


def test_a_proposal_that_waits_is_no_draft(db: None) -> None:
    theme, mine = publish_theme(), an_editor(first_name="Leila")
    draft = drafting.begin_draft(edited(theme, title_en="Better"), by=mine, base=newest(theme), **PROVENANCE)
    reviewing.submit(draft, by=mine)

    page = signed_in(mine).get(change_page(theme)).content.decode()

    assert "A proposal for this entry waits (Submitted), by <bdi>Leila</bdi>." in page
    assert "You have a draft" not in page


# --- restoring and previews --------------------------------------------------------------------------


def test_a_draft_that_undoes_a_change_says_so(desk: Client, administrator: Any) -> None:
    theme = publish_theme(title_en="Old")
    Sheet.of(desk, theme, title_en="New").save()
    client = signed_in(administrator)

    address = reverse("admin:publishing_revision_restore", args=[newest(theme).pk])
    page = client.post(address, {"path": "title_en"}, follow=True).content.decode()

    assert "This draft undoes what revision 2 changed." in page
    assert 'value="Old"' in page


def test_a_preview_of_the_desk_leads_back_and_a_shared_one_does_not(db: None) -> None:
    theme, mine = publish_theme(), an_editor()
    draft = drafting.begin_draft(edited(theme, title_en="Better"), by=mine, base=newest(theme), **PROVENANCE)
    _link, token = reviewing.share_preview(draft, by=mine, days=1)
    review = reverse("admin:publishing_proposal_change", args=[draft.pk])
    preview = reverse("admin:publishing_proposal_preview", args=[draft.pk, "en"])

    at_the_desk = signed_in(mine).get(preview).content.decode()
    shared = Client().get(reverse("preview", args=[token])).content.decode()

    assert f'<a href="{review}">Back to the proposal</a>' in at_the_desk
    assert "/admin/publishing/proposal/" not in shared
