"""The desk's first page and the heads of its forms: in the order of work, each thing by one name."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from contributions.models import BlockedWord
from publishing.actions import drafting
from tests.desk.conftest import signed_in
from tests.factories import an_account, edited, newest, publish_case, publish_theme
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROVENANCE = {"note": "Better.", "note_language": "en", "change_class": "correction"}


def home_of(account: Any, language: str = "en") -> Document:
    return Document.of(signed_in(account).get(f"/{language}/admin/").content.decode())


def lists_of(page: Document) -> list[str]:
    return [one.text.strip() for one in page.all("th") if one["scope"] == "row"]


def test_the_lists_stand_in_the_order_of_work(administrator: Any) -> None:
    lists = lists_of(home_of(administrator))

    assert lists[:6] == [
        *("Ceasefire cases", "Reconstruction initiatives", "Pillars", "Sources", "Pictures", "Terms"),
    ]
    following = [
        lists.index(one) for one in ("Proposals from the public", "Log entries", "Users", "Blocked words")
    ]
    assert following == sorted(following)
    assert following[0] > 5


def test_no_list_of_the_desk_is_left_out_or_named_twice(administrator: Any, rf: Any) -> None:
    request = rf.get("/")
    request.user = administrator

    models = [model["model"] for part in admin.site.get_app_list(request) for model in part["models"]]

    shown = {
        model for model in admin.site._registry if admin.site._registry[model].has_module_permission(request)
    }
    assert len(models) == len({*models})
    assert {*models} == shown


def test_what_waits_comes_first_and_news_last(administrator: Any) -> None:
    theme = publish_theme()
    drafting.begin_draft(edited(theme, summary_en="x"), by=administrator, base=newest(theme), **PROVENANCE)

    text = home_of(administrator).text

    order = [text.index(one) for one in ("What waits for you", "My drafts", "The casebook", "Latest changes")]
    assert order == sorted(order)


def test_a_desk_on_which_nothing_waits_says_so() -> None:
    account = an_account("new", is_staff=True)
    account.user_permissions.add(Permission.objects.get(codename="add_case"))

    assert "Nothing waits for you." in home_of(account).text


def test_a_part_of_the_work_without_a_list_for_the_person_is_not_named() -> None:
    account = an_account("new", is_staff=True)
    account.user_permissions.add(Permission.objects.get(codename="add_case"))

    page = home_of(account)

    parts = [one.text.strip() for one in page.all("h2")]
    assert "Accounts" not in parts
    assert "The casebook" in parts


@pytest.mark.parametrize("who", ["administrator", "editor"])
def test_at_most_three_buttons_lead_a_form_and_the_rest_is_folded(who: str, request: Any) -> None:
    case = publish_case()
    client = signed_in(request.getfixturevalue(who))

    page = Document.of(client.get(reverse("admin:cases_case_change", args=[case.pk])).content.decode())

    for row in page.all("div", class_="submit-row"):
        inside = [one for one in page.all("input", type="submit") if row in one.above]
        folded = [one for one in inside if any(above.name == "details" for above in one.above)]
        assert [one["name"] for one in inside if one not in folded] == ["_draft", "_submit", "_save"]
        assert [one["name"] for one in folded] == ["_continue", "_addanother"]
    tools = [one for one in page.all("li") if any(above["class"] == "object-tools" for above in one.above)]
    assert len(tools) == 3


def test_the_way_to_a_list_and_its_forms_has_the_names_of_the_first_page_alone(administrator: Any) -> None:
    client = signed_in(administrator)
    case = publish_case(title_en="Truce")
    blocked = BlockedWord.objects.create(word="x", by=administrator)
    pages = {
        "admin:cases_case_changelist": "Home › Ceasefire cases",
        "admin:cases_case_add": "Home › Ceasefire cases › Add ceasefire case",
        "admin:contributions_blockedword_changelist": "Home › Blocked words",
    }
    of_one = {
        ("admin:cases_case_change", case.pk): "Home › Ceasefire cases › Truce",
        ("admin:contributions_blockedword_change", blocked.pk): "Home › Blocked words › x",
        ("admin:contributions_blockedword_delete", blocked.pk): "Home › Blocked words › x › Delete",
    }
    addresses = {reverse(name): way for name, way in pages.items()}
    addresses |= {reverse(name, args=[key]): way for (name, key), way in of_one.items()}

    for address, way in addresses.items():
        page = Document.of(client.get(address).content.decode())
        assert [" ".join(one.text.split()) for one in page.all("div", class_="breadcrumbs")] == [way]
