"""Drafts at the desk: all that was typed is restored, and others without permission cannot see it."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.actions import drafting, reviewing
from publishing.models import Entry, FormAutosave, Presence, Proposal
from publishing.vocabulary import ProposalState
from tests.desk.conftest import signed_in
from tests.desk.sheets import NOTE, Sheet, add_page, change_page
from tests.factories import an_account, edited, key, newest, proposal_of, publish_case, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SECRET = "zyxsecretword"
PROVENANCE = {"note": SECRET, "note_language": "en", "change_class": "correction"}


@pytest.fixture
def case() -> Any:
    return publish_case(rows={"provision": [{"id": key(), "text_en": "Fire ceases"}]})


# --- autosaves -------------------------------------------------------------------------------


def autosave(client: Client, form_key: Any, sheet: Sheet) -> None:
    """Send an autosave, as the script of the form does every few seconds."""
    address = reverse("admin:publishing_proposal_typing", args=[form_key])
    assert client.post(address, sheet.values).status_code == 200


@pytest.mark.every_database
def test_what_was_typed_over_a_published_entry_comes_back_with_its_rows(desk: Client, case: Entry) -> None:
    (provision,) = newest(case).snapshot["rows"]["provision"]
    sheet = Sheet.of(desk, case, finding_en="Typed")
    sheet.change("provisions", provision, text_en="Typed too").add(
        "events", title_en="A new day", event_type="talks"
    )
    autosave(desk, case.pk, sheet)

    assert "You typed more here" in desk.get(change_page(case)).content.decode()
    back = Sheet(desk, f"{change_page(case)}?typed=1")
    assert {**back.values, "csrfmiddlewaretoken": []} == {**sheet.values, "csrfmiddlewaretoken": []}
    assert newest(case).number == 1
    answer = back.save(_save="Publish")

    assert answer.status_code == 302
    published = newest(case).snapshot
    assert published["fields"]["finding_en"] == "Typed"
    assert published["rows"]["provision"][provision]["text_en"] == "Typed too"
    assert [row["title_en"] for row in published["rows"]["event"].values()] == ["A new day"]
    assert not FormAutosave.objects.exists()


def test_what_was_typed_over_a_draft_comes_back_and_can_be_published(desk: Client, case: Entry) -> None:
    draft = Sheet.of(desk, case, finding_en="Saved").save(_draft="Save draft").url
    form_key = Proposal.objects.get(state=ProposalState.DRAFT).pk
    autosave(desk, form_key, Sheet(desk, draft).type(finding_ar="كتب"))

    answer = Sheet(desk, f"{draft}&typed=1").save(_save="Publish")

    assert answer.status_code == 302
    fields = newest(case).snapshot["fields"]
    assert (fields["finding_en"], fields["finding_ar"]) == ("Saved", "كتب")


def test_what_was_typed_of_something_new_comes_back(desk: Client) -> None:
    sheet = Sheet.new(desk, "theme", title_en="Typed", slug="typed")
    autosave(desk, "add:theme", sheet)

    back = Sheet(desk, f"{add_page('theme')}?typed=1")

    assert back.values["title_en"] == ["Typed"]
    assert back.save(_save="Publish").status_code == 302
    assert Entry.objects.get(slug="typed").revision == 1


def test_what_another_typed_comes_back_to_nobody_else(desk: Client, other_desk: Client, case: Entry) -> None:
    autosave(desk, case.pk, Sheet.of(desk, case, finding_en=SECRET))

    for address in (change_page(case), f"{change_page(case)}?typed=1"):
        assert SECRET not in other_desk.get(address).content.decode()


# --- drafts of others --------------------------------------------------------------------------


@pytest.fixture
def outsider(db: None) -> Client:
    """An editor who may edit every kind of entry, and view only their own proposals."""
    account = an_account("outsider", is_staff=True)
    apps = ("pillars", "cases", "sources", "portal")
    account.user_permissions.set(Permission.objects.filter(content_type__app_label__in=apps))
    return signed_in(account)


@pytest.fixture
def drafts(case: Entry) -> list[Proposal]:
    """Drafts of another editor: of the case, of a new entry, one under review, and a late save."""
    by = an_account()
    over = drafting.begin_draft(edited(case, finding_en=SECRET), by=by, base=newest(case), **PROVENANCE)
    new = drafting.begin_draft(snapshot_of("theme", title_en=SECRET), by=by, base=None, **PROVENANCE)
    waiting = proposal_of(edited(case, finding_fr=SECRET), by=by, base=newest(case), note=SECRET)
    reviewing.submit(waiting, by=by)
    late = proposal_of(edited(case, finding_en=f"{SECRET} late"), by=by, base=newest(case), note=SECRET)
    Proposal.objects.filter(pk=late.pk).update(meant_for=over, meant_for_version=1)
    reviewing.share_preview(over, by=by, days=1)
    reviewing.comment(over, by=by, text=SECRET)
    Presence.objects.create(form_key=str(over.pk), by=by, seen_at=timezone.now())
    return [over, new, waiting, late]


def addresses_of(draft: Proposal) -> list[str]:
    """Every address of the desk that takes the key of the draft."""
    link = draft.preview_links.first()
    names = {
        "change": [], "history": [], "delete": [], "comment": [], "share": [], "resolve": [],
        "preview": ["ar"], "revoke": [link.pk if link else 1],
    }  # fmt: skip
    steps = ("submit", "take_back", "withdraw", "claim", "accept", "accept_some", "schedule", "decline")
    app = "cases" if draft.kind == "case" else "pillars"
    forms = [reverse(f"admin:{app}_{draft.kind}_add"), add_page("theme"), add_page("case")]
    forms += [change_page(Entry.objects.get(pk=draft.wanted["id"]))] if draft.base_id else []
    return [
        *(
            reverse(f"admin:publishing_proposal_{name}", args=[draft.pk, *more])
            for name, more in names.items()
        ),
        *(reverse("admin:publishing_proposal_step", args=[draft.pk, step]) for step in steps),
        *(f"{form}?proposal={draft.pk}{typed}" for form in forms for typed in ("", "&typed=1")),
    ]


def test_an_account_gets_at_no_draft_of_another_by_any_address_of_the_desk(
    outsider: Client, drafts: list[Proposal], all_rows: Callable
) -> None:
    before = all_rows()
    sent = {**NOTE, "note": "x", "text": "x", "title_en": "x", "slug": "x", "_save": "x", "days": 1, "against": 1,
            "reason": "unsourced", "draft_version": 1, "based_on": 1}  # fmt: skip

    for draft in drafts:
        for address in addresses_of(draft):
            for method in ("get", "post"):
                answer = getattr(outsider, method)(address, sent if method == "post" else None)

                assert answer.status_code in {403, 404}, (method, address, answer.status_code)
                assert SECRET not in answer.content.decode()
    assert all_rows() == before


def test_nobody_learns_who_writes_at_a_draft_that_they_may_not_see(
    outsider: Client, desk: Client, drafts: list[Proposal]
) -> None:
    address = reverse("admin:publishing_proposal_typing", args=[drafts[0].pk])

    assert outsider.post(address).status_code == 404
    (told,) = desk.post(address).json()["others"]
    assert told.startswith("\u2068publisher\u2069 has this form open since ")


def test_no_list_or_page_of_the_desk_names_a_draft_to_whoever_may_not_see_it(
    outsider: Client, drafts: list[Proposal], case: Entry
) -> None:
    addresses = [
        reverse("admin:index"), reverse("admin:publishing_proposal_changelist"), change_page(case),
        f"{reverse('admin:publishing_proposal_changelist')}?q={SECRET}", reverse("admin:publishing_entry_changelist"),
        f"{reverse('admin:publishing_entry_changelist')}?q={SECRET}", reverse("publishing:translations"),
        change_page(case).replace("change", "history"), reverse("publishing:translation", args=[case.pk, "ar"]),
    ]  # fmt: skip

    for address in addresses:
        answer = outsider.get(address)

        assert answer.status_code == 200, address
        html = answer.content.decode().replace(f"q={SECRET}", "").replace(f'value="{SECRET}"', "")
        assert SECRET not in html, address
        assert not any(str(draft.pk) in html for draft in drafts), address


def test_whoever_comes_to_a_form_reads_since_when_another_has_it_open(
    desk: Client, other_desk: Client, case: Entry
) -> None:
    address = reverse("admin:publishing_proposal_typing", args=[case.pk])
    desk.post(address)
    minutes_ago = timezone.now() - datetime.timedelta(minutes=10)
    Presence.objects.update(opened_at=minutes_ago)
    desk.post(address)

    page = other_desk.get(change_page(case)).content.decode()

    assert f"has this form open since {minutes_ago:%H:%M} UTC." in page
    assert Client().get(case.get_absolute_url()).content.decode().count("has this form open") == 0


def test_whoever_was_away_has_the_form_open_since_they_came_back(
    desk: Client, other_desk: Client, case: Entry
) -> None:
    address = reverse("admin:publishing_proposal_typing", args=[case.pk])
    desk.post(address)
    long_ago = timezone.now() - datetime.timedelta(hours=2)
    Presence.objects.update(opened_at=long_ago, seen_at=long_ago)
    assert other_desk.post(address).json()["others"] == []

    desk.post(address)

    assert Presence.objects.get(by__username="editor").opened_at > long_ago
