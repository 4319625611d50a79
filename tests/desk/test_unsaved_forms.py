"""What was typed into several forms of new entries is told apart where it is offered again."""

import pytest
from django.test import Client
from django.urls import reverse

from desk.panels import unsaved
from publishing.actions import drafting
from tests.desk.conftest import signed_in
from tests.factories import an_account

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FORM = "add:case"


def test_each_form_of_a_new_entry_is_named_by_the_title_that_was_typed() -> None:
    editor = an_account("editor", is_staff=True, is_superuser=True)
    client: Client = signed_in(editor)
    for letter, fields in (
        ("A", [["title_ar", "هدنة"], ["title_en", "Truce of Zenda"]]),
        ("B", [["title_fr", "Trêve"]]),
        ("C", [["slug", "x"]]),
    ):
        drafting.autosave_form(f"{FORM}:{letter * 12}", fields, by=editor)

    (panel,) = unsaved(editor)
    names = [item.label.replace("\u2068", "").replace("\u2069", "") for item in panel.items]
    assert names == [
        "New: ceasefire case", "New: ceasefire case · Trêve", "New: ceasefire case · Truce of Zenda"
    ]  # fmt: skip
    page = client.get(reverse("admin:cases_case_add")).content.decode()
    assert "<bdi>Truce of Zenda</bdi> ·" in page
    assert "<bdi>Trêve</bdi> ·" in page
