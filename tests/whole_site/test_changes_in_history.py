"""A revision on its public page: what it changed, and any two of them compared."""

from typing import Any

import pytest
from django.test import Client

from publishing.models import Revision
from tests.whole_site.conftest import ONCE
from tests.whole_site.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def changed(document: Document) -> dict[str, str]:
    """What the page says of each change, by its path."""
    return {
        one["id"].removeprefix("change-"): " ".join(one.text.split())
        for one in document.all("li")
        if one["id"].startswith("change-")
    }


def test_a_revision_shows_what_it_changed(client: Client, truce: Any) -> None:
    told = changed(read(client, f"{truce.get_history_url()}2/"))

    assert [*told] == ["finding_en"]
    assert f"Removed: {ONCE}" in told["finding_en"]
    assert "Added: For years" in told["finding_en"]


def test_what_is_put_in_and_taken_out_is_marked_without_colour(client: Client, truce: Any) -> None:
    page = read(client, f"{truce.get_history_url()}2/")

    assert [one.text for one in page.all("del")] == [f"Removed: {ONCE}"]
    assert [one.text for one in page.all("ins")] == ["Added: For years"]


@pytest.mark.parametrize("asked", ["3/?with=1", "1/?with=3"])
def test_any_two_revisions_are_compared_from_the_older_to_the_newer(
    client: Client, truce: Any, asked: str
) -> None:
    page = read(client, f"{truce.get_history_url()}{asked}")

    told = changed(page)
    assert "What changed from revision 1 to revision 3" in page.text
    assert {path.split("/")[0] for path in told} == {"finding_en", "narrative_en", "provision"}
    assert "New" in next(text for path, text in told.items() if path.startswith("provision"))


def test_a_revision_compared_with_itself_changed_nothing(client: Client, truce: Any) -> None:
    page = read(client, f"{truce.get_history_url()}2/?with=2")

    assert changed(page) == {}
    assert "Nothing in the content of the entry." in page.text


def test_whoever_may_edit_is_led_from_a_comparison_to_where_it_is_undone(
    client: Client, truce: Any, editor: Any, reader: Any
) -> None:
    address, desk = (
        f"{truce.get_history_url()}2/",
        Revision.objects.get(entry=truce.pk, number=2).get_admin_url(),
    )

    def is_led() -> bool:
        return desk in {link["href"] for link in read(client, address).all("a")}

    seen = [is_led()]
    for somebody in (reader, editor):
        client.force_login(somebody)
        seen.append(is_led())

    assert seen == [False, False, True]


def test_the_first_revision_has_none_before_it(client: Client, truce: Any) -> None:
    page = read(client, f"{truce.get_history_url()}1/")

    assert changed(page) == {}
    assert "there is no earlier one to compare with" in page.text
