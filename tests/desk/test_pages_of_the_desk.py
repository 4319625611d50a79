"""Every page of the desk: in three languages, and only for those with the permission."""

import itertools
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from publishing.languages import PAGE_LANGUAGES, direction
from publishing.models import Entry
from publishing.models.entry import kinds
from tests.desk.conftest import signed_in
from tests.desk.sheets import Fields, Sheet, ShownSheet, add_page, change_page, list_page
from tests.factories import an_account, newest, publish_case, publish_theme
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def in_language(address: str, language: str) -> str:
    return re.sub(r"^/\w\w/", f"/{language}/", address)


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_form_opens_leads_to_its_page_and_each_text_has_its_language_and_direction(
    desk: Client, client: Client, language: str, one_of_each: dict[str, Entry]
) -> None:
    stands_at = {change_page(entry): entry.get_absolute_url() for entry in one_of_each.values()}
    # What leads there is made alike for every kind: one after the other is read in another language.
    read_in = dict(zip(stands_at, itertools.cycle(PAGE_LANGUAGES), strict=False))

    for address in [*map(add_page, kinds()), *stands_at]:
        answer = desk.get(in_language(address, language))
        page = answer.content.decode()

        assert answer.status_code == 200, address
        assert re.search(rf'<html lang="{language}" dir="{direction(language)}"', page), address
        inputs = Fields(page).inputs
        texts = {name: attributes for name, attributes in inputs.items() if re.search(r"_(en|ar|fr)$", name)}
        assert texts, address
        for name, attributes in texts.items():
            written_in = name[-2:]
            assert (attributes.get("lang"), attributes.get("dir")) == (written_in, direction(written_in)), (
                address,
                name,
            )
        if address in stands_at:
            leads_to = unescape(re.search(r'<a href="([^"]+)" class="viewsitelink"', page)[1])
            assert leads_to == in_language(stands_at[address], language)
            assert read_in[address] != language or client.get(leads_to).status_code == 200, leads_to


def test_the_first_page_names_everything_in_the_language_of_the_desk(administrator: Any) -> None:
    page = Document.of(signed_in(administrator).get("/ar/admin/").content.decode())

    names = [one.text.strip() for one in page.all("th") if one["scope"] == "row"]
    names += [one.text.strip() for one in page.all("h2")]
    assert len(names) > 20
    assert [name for name in names if re.search(r"[a-z]", name, re.IGNORECASE)] == []
    assert "وزارة الخارجية" not in names


def test_an_address_of_no_entry_leads_nowhere_and_never_fails(desk: Client) -> None:
    case = publish_case()
    strange = ["0", "abc", "00000000-0000-0000-0000-000000000000", "%00", "9" * 60, str(publish_theme().pk)]

    for key in strange:
        for page in ("change", "delete", "history"):
            for method in (desk.get, desk.post):
                answer = method(change_page(case).replace(str(case.pk), key).replace("change", page))
                assert answer.status_code in {302, 404}, (key, page)


def test_numbers_and_keys_of_no_revision_or_proposal_are_not_found(administrator: Any) -> None:
    desk = signed_in(administrator)

    for kind, key in [
        ("revision", "x"),
        ("revision", "9" * 30),
        ("revision", "0"),
        ("proposal", "x"),
        ("proposal", "0"),
    ]:
        assert desk.get(f"/en/admin/publishing/{kind}/{key}/change/").status_code == 404


# --- permissions -------------------------------------------------------------------------------


def pages_of(entry: Entry) -> list[str]:
    opened = change_page(entry)
    return [
        list_page(entry.kind),
        add_page(entry.kind),
        opened,
        *(opened.replace("change", one) for one in ("delete", "history")),
    ]


def test_staff_without_permission_is_refused_every_page_of_every_kind(one_of_each: dict[str, Entry]) -> None:
    client = signed_in(an_account("newcomer", is_staff=True))

    for entry in one_of_each.values():
        for address in pages_of(entry):
            assert client.get(address).status_code == 403, address
            assert client.post(address, {"note": "x", "note_language": "en"}).status_code == 403, address


def test_readers_and_strangers_are_led_to_the_sign_in(reader: Any) -> None:
    case = publish_case()

    for client in (Client(), signed_in(reader)):
        for address in pages_of(case):
            assert client.get(address).url.startswith("/en/admin/login/"), address


def test_somebody_who_may_only_look_sees_and_changes_nothing() -> None:
    visitor = an_account("visitor", is_staff=True)
    visitor.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client, case = signed_in(visitor), publish_case()

    seen = client.get(change_page(case))
    saved = client.post(
        change_page(case), {"title_en": "Mine", "based_on": "1", "public_note": "x", "note_language": "en"}
    )
    restored = client.post(
        reverse("admin:publishing_revision_change", args=[newest(case).pk]),
        {"note": "x", "note_language": "en"},
    )

    assert (seen.status_code, saved.status_code) == (200, 403)
    assert "may not do this" in restored.content.decode()
    assert newest(case).number == 1


def test_somebody_who_may_only_add_cannot_change() -> None:
    author = an_account("author", is_staff=True)
    author.user_permissions.set(Permission.objects.filter(codename="add_theme"))
    client, theme = signed_in(author), publish_theme()

    added = Sheet.new(client, "theme", title_en="New", slug="new").save()

    assert added.status_code == 302
    assert Entry.objects.filter(slug="new").exists()
    assert client.post(change_page(theme), {"title_en": "Mine"}).status_code == 403


# --- small windows -------------------------------------------------------------------------------


def test_an_entry_added_in_a_small_window_is_published_and_handed_back(desk: Client) -> None:
    sheet = Sheet(desk, add_page("actor") + "?_to_field=entry_ptr&_popup=1")
    sheet.type(
        title_en="A new actor", slug="a-new-actor", actor_type="state", public_note="New", note_language="en"
    )

    answer = sheet.save()

    added = Entry.objects.get(slug="a-new-actor")
    assert answer.status_code == 200
    assert str(added.pk) in answer.content.decode()
    assert added.revision == 1


def test_an_entry_changed_in_a_small_window_is_published(desk: Client) -> None:
    theme = publish_theme()
    sheet = Sheet(desk, change_page(theme) + "?_popup=1")

    answer = sheet.type(title_fr="Thème", public_note="French", note_language="fr").save()

    assert answer.status_code == 200
    assert newest(theme).snapshot["fields"]["title_fr"] == "Thème"


# --- facts of claims -----------------------------------------------------------------------------


def test_claims_speak_of_the_facts_and_rows_of_their_own_entry_only(desk: Client) -> None:
    case = publish_case(rows={"event": [{"title_en": "Ours"}], "claim": [{}]})
    other = publish_case(rows={"event": [{"title_en": "Not ours"}]})
    (ours,), (foreign,) = (newest(one).snapshot["rows"]["event"] for one in (case, other))

    sheet = ShownSheet.of(desk, case)
    page = sheet.answer.content.decode()
    in_claims = page.partition('id="claims-group"')[2]
    refused = sheet.add("claims", about=f"event/{foreign}", confidence="low").save()
    taken = Sheet.of(desk, case).add("claims", about=f"event/{ours}", value_en="So", confidence="low").save()

    assert f'value="event/{ours}"' in page
    assert f'value="event/{foreign}"' not in page
    for column in ("finding", "outcome", "countries", "narrative"):
        assert f'<option value="{column}"' in page
    boxes, _end, _comments = in_claims.partition('class="desk-threads"')
    for column in ("slug", "verify_by", "finding_en", "position"):
        assert f'<option value="{column}"' not in boxes
    assert "What this source speaks of is empty, or no longer there." in refused.content.decode()
    assert taken.status_code == 302


def test_a_claim_of_a_row_that_is_gone_stands_until_somebody_moves_it(desk: Client) -> None:
    case = publish_case(rows={"event": [{}], "claim": [{}]})
    (event,), (claim,) = (newest(case).snapshot["rows"][name] for name in ("event", "claim"))
    Sheet.of(desk, case).change("claims", claim, about=f"event/{event}").save()
    Sheet.of(desk, case).delete("events", event).save()

    sheet = ShownSheet.of(desk, case, finding_en="Still fine.")

    assert "(no longer there)" in sheet.answer.content.decode()
    assert sheet.save().status_code == 302
    assert newest(case).snapshot["rows"]["claim"][claim]["about"] == f"event/{event}"


def test_a_row_of_another_entry_named_by_a_forged_key_stays_where_it_is(desk: Client) -> None:
    case, other = publish_case(rows={"event": [{}]}), publish_case(rows={"event": [{"title_en": "Theirs"}]})
    (ours,), (foreign,) = (newest(one).snapshot["rows"]["event"] for one in (case, other))
    sheet = Sheet.of(desk, case).change("events", ours, title_en="Stolen", id=foreign)

    answer = sheet.save()

    assert answer.status_code == 200
    assert newest(other).snapshot["rows"]["event"][foreign]["title_en"] == "Theirs"
    assert newest(case).number == newest(other).number == 1
