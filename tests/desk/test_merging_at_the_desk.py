"""Merging at the desk: choose an entry, see the plan, give a note."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from publishing import snapshots
from publishing.models import Entry, Revision
from tests.desk.conftest import signed_in
from tests.factories import an_account, publish_actor, publish_case, publish_source, publish_theme
from tests.kept import kept
from tests.publishing.merges import merge

NOBODY = "00000000-0000-4000-8000-000000000000"
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOTE_FIELDS = {"note": "They are one.", "note_language": "en"}


@kept
def two() -> tuple[Entry, Entry, Entry]:
    """An actor to keep, one to drop, and a case that points to the second."""
    keep, drop = publish_actor(title_en="League"), publish_actor(title_en="<i>Arab League</i>")
    return keep, drop, publish_case(title_en="A truce", rows={"participation": [{"actor": drop}]})


def page_of(entry: Entry) -> str:
    app = "sources" if entry.kind == "source" else "cases"
    return f"/en/admin/{app}/{entry.kind}/{entry.pk}/merge/"


def seen(client: Client, keep: Entry, drop: Entry) -> str:
    return client.get(page_of(drop), {"keep": keep.pk}).context["plan"].fingerprint


def test_the_entrys_form_leads_there_for_actors_and_sources(desk: Client) -> None:
    for entry, app in ((publish_actor(), "cases"), (publish_source(), "sources")):
        page = desk.get(f"/en/admin/{app}/{entry.kind}/{entry.pk}/change/").content.decode()
        assert page_of(entry) in page


def test_what_will_move_is_shown_before_anything_does(desk: Client, two: Any) -> None:
    keep, drop, case = two

    page = desk.get(page_of(drop), {"keep": keep.pk}).content.decode()

    assert f'href="/en/cases/{case.slug}/"' in page
    assert "&lt;i&gt;Arab League&lt;/i&gt;" in page
    assert "<i>Arab" not in page
    assert Revision.objects.count() == 3


@pytest.mark.every_database
def test_the_merge_is_done_logged_and_told(desk: Client, two: Any) -> None:
    keep, drop, case = two

    answer = desk.post(
        page_of(drop), {"keep": keep.pk, "seen": seen(desk, keep, drop), **NOTE_FIELDS}, follow=True
    )

    assert answer.redirect_chain == [(f"/en/admin/cases/actor/{keep.pk}/change/", 302)]
    assert "is merged into" in answer.content.decode()
    assert snapshots.references(snapshots.freeze(case)) == {str(keep.pk)}
    assert LogEntry.objects.get().object_id == str(drop.pk)
    assert desk.get(page_of(drop)).status_code == 404


def test_a_source_is_merged_the_same_way(desk: Client) -> None:
    keep, drop = publish_source(), publish_source()
    publish_case(rows={"claim": [{"source": drop}]})

    answer = desk.post(page_of(drop), {"keep": keep.pk, "seen": seen(desk, keep, drop), **NOTE_FIELDS})

    assert answer.status_code == 302
    assert desk.get(f"/fr/sources/{drop.slug}/")["Location"] == f"/fr/sources/{keep.slug}/"


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"note": ""}, id="no note"),
        pytest.param({"seen": "0" * 64}, id="another plan"),
        pytest.param({"seen": ""}, id="no plan"),
        pytest.param({"note_language": "xx"}, id="no language"),
    ],
)
def test_a_refusal_says_why_and_shows_the_plan_again(desk: Client, two: Any, typed: dict) -> None:
    keep, drop, _case = two
    whole = {"keep": keep.pk, "seen": seen(desk, keep, drop), **NOTE_FIELDS, **typed}

    answer = desk.post(page_of(drop), whole)

    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.index('class="errornote"') < page.index('class="merge-step"') < page.index('id="merge"')
    assert Revision.objects.count() == 3


@pytest.mark.parametrize(
    "keep",
    [
        "",
        "nonsense",
        pytest.param("%00", marks=pytest.mark.every_database),
        "'; --",
        pytest.param(NOBODY, marks=pytest.mark.every_database),
        "self",
        "theme",
    ],
)
def test_what_cannot_be_kept_is_refused(desk: Client, two: Any, keep: str) -> None:
    _keep, drop, _case = two
    named = {"self": str(drop.pk), "theme": str(publish_theme().pk)}.get(keep, keep)
    before = Revision.objects.count()

    asked = desk.get(page_of(drop), {"keep": named})
    sent = desk.post(page_of(drop), {"keep": named, "seen": "x", **NOTE_FIELDS})

    for answer in (asked, sent):
        assert answer.status_code == 200
        assert answer.context["plan"] is None
    assert Revision.objects.count() == before


def test_who_may_not_change_what_would_move_is_told_so(two: Any) -> None:
    keep, drop, _case = two
    account = an_account("only actors", is_staff=True)
    account.user_permissions.set(Permission.objects.filter(codename__endswith="_actor"))
    client = signed_in(account)

    answer = client.post(page_of(drop), {"keep": keep.pk, "seen": seen(client, keep, drop), **NOTE_FIELDS})

    assert answer.status_code == 200
    assert "may not" in answer.content.decode()
    assert Revision.objects.count() == 3


def test_who_may_not_retract_does_not_get_the_page(two: Any) -> None:
    _keep, drop, _case = two
    account = an_account("no deleting", is_staff=True)
    account.user_permissions.set(Permission.objects.filter(codename__startswith="change_"))
    client = signed_in(account)

    assert client.get(page_of(drop)).status_code == 403
    assert page_of(drop) not in client.get(f"/en/admin/cases/actor/{drop.pk}/change/").content.decode()


def test_the_page_of_the_retraction_undoes_the_merge(desk: Client, two: Any) -> None:
    keep, drop, case = two
    retraction = merge(keep, drop)
    page = f"/en/admin/publishing/revision/{retraction.pk}/change/"

    shown = desk.get(page).content.decode()
    done = desk.post(page, {**NOTE_FIELDS, "_part": "x"}, follow=True).content.decode()

    assert "in a draft, which you check" not in shown
    assert "and makes 2 entries that the merge changed what they were before." in shown
    assert "The merge is undone; 2 entries are as they were." in done
    assert snapshots.references(snapshots.freeze(case)) == {str(drop.pk)}
    assert "Undo the merge" not in desk.get(page).content.decode()
