"""The preview beside an entry's form: what was typed as a page, for whoever may open the form alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from publishing.actions import drafting, retracting
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from tests.desk.conftest import signed_in
from tests.desk.sheets import Sheet
from tests.factories import an_account, edited, newest, publish_case, publish_theme
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TOKEN = "A" * 22
PROVENANCE = {"note": "Better.", "note_language": "en", "change_class": "correction"}


@pytest.fixture
def theme(db: None) -> Entry:
    return publish_theme(title_en="Justice", title_fr="La justice", summary_en="Courts.")


def beside(form_key: Any, language: str = "en", token: str = TOKEN, kind: str = "pillars_theme") -> str:
    return reverse(f"admin:{kind}_beside", args=[f"{form_key}:{token}", language])


def type_into(client: Client, sheet: Sheet, form_key: Any) -> None:
    """Keep what is typed, as the browser does while somebody types."""
    address = reverse("admin:publishing_proposal_typing", args=[f"{form_key}:{TOKEN}"])
    assert client.post(address, sheet.values).status_code == 200


@pytest.fixture
def writer(db: None) -> Any:
    """An editor who may change themes, and decides nothing."""
    account = an_account("writer", is_staff=True)
    wanted = ("add_theme", "change_theme", "view_theme")
    account.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return account


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_what_was_typed_is_shown_as_a_page_in_each_language(
    desk: Client, theme: Entry, language: str
) -> None:
    sheet = Sheet.of(desk, theme, title_en="Law", title_ar="القانون", title_fr="Le droit")
    type_into(desk, sheet, theme.pk)

    page = desk.get(beside(theme.pk, language)).content.decode()

    assert {"en": "Law", "ar": "القانون", "fr": "Le droit"}[language] in page
    assert f'<html lang="{language}"' in page


def test_before_anything_is_typed_the_page_is_as_it_was_opened(desk: Client, theme: Entry) -> None:
    draft = drafting.begin_draft(
        edited(theme, title_en="Drafted"), by=an_account(), base=newest(theme), **PROVENANCE
    )

    assert "Justice" in desk.get(beside(theme.pk)).content.decode()
    assert "Drafted" in desk.get(beside(draft.pk)).content.decode()
    assert "Nothing is typed yet." in desk.get(beside("add:theme")).content.decode()


def test_what_is_typed_into_another_opened_form_is_not_shown_here(desk: Client, theme: Entry) -> None:
    type_into(desk, Sheet.of(desk, theme, title_en="Law"), theme.pk)

    assert "Justice" in desk.get(beside(theme.pk, token="B" * 22)).content.decode()
    assert "Justice" in desk.get(beside(theme.pk).replace(f":{TOKEN}", "")).content.decode()


def test_a_new_entry_is_shown_before_it_has_an_address(desk: Client) -> None:
    type_into(desk, Sheet.new(desk, "theme", title_en="Brand new", slug="brand-new"), "add:theme")

    assert "Brand new" in desk.get(beside("add:theme")).content.decode()


def test_what_cannot_be_shown_says_what_is_to_be_mended(desk: Client, theme: Entry) -> None:
    type_into(desk, Sheet.of(desk, theme, slug="not an address!"), theme.pk)

    page = desk.get(beside(theme.pk))

    assert page.status_code == 200
    assert "The page is shown once this is corrected:" in page.content.decode()
    assert "Address" in page.content.decode()


def test_the_address_of_another_entry_makes_no_page(desk: Client, theme: Entry) -> None:
    publish_theme(slug="taken")
    type_into(desk, Sheet.of(desk, theme, slug="taken"), theme.pk)

    assert 'class="page-banner"' not in desk.get(beside(theme.pk)).content.decode()


@pytest.mark.every_database
def test_a_preview_writes_nothing(
    desk: Client, theme: Entry, all_rows: Callable[[], dict[str, list[str]]]
) -> None:
    type_into(desk, Sheet.of(desk, theme, title_en="Law"), theme.pk)
    before = all_rows()

    desk.get(beside(theme.pk))

    assert all_rows() == before


def test_nobody_sees_what_another_person_types(desk: Client, other_desk: Client, theme: Entry) -> None:
    type_into(desk, Sheet.of(desk, theme, title_en="Secret"), theme.pk)

    assert "Secret" not in other_desk.get(beside(theme.pk)).content.decode()


def test_the_draft_of_another_is_shown_to_whoever_may_see_it_alone(writer: Any, theme: Entry) -> None:
    draft = drafting.begin_draft(
        edited(theme, title_en="Drafted"), by=an_account(), base=newest(theme), **PROVENANCE
    )

    assert signed_in(writer).get(beside(draft.pk)).status_code == 404
    assert signed_in(writer).get(beside(theme.pk)).status_code == 200


def test_whoever_may_not_open_a_form_sees_no_page_beside_it(writer: Any) -> None:
    case = publish_case()
    client = signed_in(writer)

    assert client.get(beside(case.pk, kind="cases_case")).status_code == 403
    assert client.get(beside("add:case", kind="cases_case")).status_code == 403
    assert Client().get(beside(case.pk, kind="cases_case")).status_code == 302


@pytest.mark.parametrize(
    "form_key, language, token",
    [
        ("add:case", "en", TOKEN),
        ("texts:11111111-1111-1111-1111-111111111111:fr", "en", TOKEN),
        ("11111111-1111-1111-1111-111111111111", "en", TOKEN),
        ("add:theme", "de", TOKEN),
        ("add:theme", "en", "short"),
        ("%00", "en", TOKEN),
        ("nonsense", "en", TOKEN),
    ],
)
def test_what_is_no_form_of_this_kind_has_no_page(
    desk: Client, form_key: str, language: str, token: str
) -> None:
    assert desk.get(beside(form_key, language, token)).status_code in {400, 404}


def test_a_retracted_entry_has_no_page(desk: Client, theme: Entry) -> None:
    retracting.retract(theme, by=an_account(), reason="Gone.", language="en")

    assert desk.get(beside(theme.pk)).status_code == 404


# --- the frame --------------------------------------------------------------------------------


def test_the_form_may_show_our_own_pages_and_these_alone_may_stand_in_it(desk: Client, theme: Entry) -> None:
    form = desk.get(reverse("admin:pillars_theme_change", args=[theme.pk]))
    shown = desk.get(beside(theme.pk))

    assert "frame-src 'self'" in form.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in form.headers["Content-Security-Policy"]
    assert form.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src" not in shown.headers["Content-Security-Policy"]
    assert shown.headers["Cache-Control"].startswith("no-store, private")
    assert shown.headers["X-Robots-Tag"] == "noindex"


def test_without_script_links_open_the_page_in_each_language(desk: Client, theme: Entry) -> None:
    page = Document.of(desk.get(reverse("admin:pillars_theme_change", args=[theme.pk])).content.decode())

    links = [one for one in page.all("a") if one["data-language"]]
    assert [one["data-language"] for one in links] == [*PAGE_LANGUAGES]
    assert {one["target"] for one in links} == {"_blank"}
    assert all(desk.get(one["href"]).status_code == 200 for one in links)
