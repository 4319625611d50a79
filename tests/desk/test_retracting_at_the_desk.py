"""Retraction with a reason instead of deletion; the history, and restoring from it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from publishing.models import Entry, Revision
from publishing.vocabulary import ChangeClass
from tests.desk.sheets import change_page
from tests.factories import newest, publish_actor, publish_case, publish_change, publish_one_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

REASON = {"note": "سُحبت لخطأ في المصدر.", "note_language": "ar"}


def at(entry: Entry, page: str) -> str:
    return change_page(entry).replace("/change/", f"/{page}/")


def revision_page(revision: Revision) -> str:
    return reverse("admin:publishing_revision_change", args=[revision.pk])


def test_a_deletion_asks_for_a_reason_and_changes_nothing_yet(desk: Client) -> None:
    case = publish_case()

    asked = desk.get(at(case, "delete"))
    empty = desk.post(at(case, "delete"), {"note": " ", "note_language": "en"})
    stock = desk.post(at(case, "delete"), {"post": "yes"})

    assert [answer.status_code for answer in (asked, empty, stock)] == [200, 200, 200]
    assert "This field is required." in empty.content.decode()
    assert newest(case).number == 1


def test_a_deletion_with_a_reason_retracts_and_the_public_reads_why(desk: Client, client: Client) -> None:
    case = publish_case()

    answer = desk.post(at(case, "delete"), REASON)

    assert answer.url == reverse("admin:cases_case_changelist")
    assert newest(case).change_class == ChangeClass.RETRACTION
    public = client.get(case.get_absolute_url())
    assert public.status_code == 410
    assert REASON["note"] in public.content.decode()


@pytest.mark.parametrize(
    "kind", ["theme", "place", "source", "organisation", "case", "initiative", "pillar", "term", "page"]
)
def test_every_kind_is_retracted_at_its_own_desk_or_refused_by_name(desk: Client, kind: str) -> None:
    entry = publish_one_of_each()[kind]

    answer = desk.post(at(entry, "delete"), REASON, follow=True)

    assert answer.status_code == 200
    is_gone = Entry.objects.get(pk=entry.pk).is_retracted
    assert is_gone == (kind in {"pillar", "term", "page"})
    assert is_gone or "Other entries use it" in answer.content.decode()


def test_an_actor_that_is_in_use_is_refused_by_the_names_of_its_users(desk: Client) -> None:
    actor = publish_actor()
    publish_case(title_en="Truce <of> ours", rows={"participation": [{"actor": actor}]})

    answer = desk.post(at(actor, "delete"), REASON)

    assert answer.status_code == 200
    assert "Other entries use it: Truce &lt;of&gt; ours." in answer.content.decode()
    assert REASON["note"] in answer.content.decode()
    assert newest(actor).number == 1


def test_what_is_retracted_has_no_change_page_and_leads_to_its_revisions_from_the_overview(
    desk: Client, administrator: Any
) -> None:
    case = publish_case()
    desk.post(at(case, "delete"), REASON)
    chief = Client()
    chief.force_login(administrator)

    gone = desk.get(change_page(case))
    overview = chief.get(reverse("admin:publishing_entry_changelist"))

    assert gone.status_code == 302
    assert f"?entry__id__exact={case.pk}" in overview.content.decode()
    assert (
        chief.get(reverse("admin:publishing_revision_changelist"), {"entry__id__exact": case.pk}).status_code
        == 200
    )
    assert desk.get(at(case, "delete")).status_code == 404
    assert desk.get(at(case, "history")).status_code == 404


def test_the_history_holds_every_revision_with_its_note_newest_first(
    desk: Client, administrator: Any
) -> None:
    case = publish_case()
    publish_change(case, by=administrator, finding_en="Second")

    page = desk.get(at(case, "history")).content.decode()

    first, second = (
        page.index(revision_page(one)) for one in Revision.objects.filter(entry_id=case.pk).order_by("number")
    )
    assert second < first
    assert "A test wants it." in page
    assert "administrator" in page


def test_a_revision_page_shows_what_it_changed_in_words(administrator: Any) -> None:
    desk = Client()
    desk.force_login(administrator)
    case = publish_case(outcome="unknown", rows={"event": [{"title_en": "Signed"}]})
    revision = publish_change(
        case, outcome="collapsed", outcome_as_of="2020-12", finding_en="It <b>fell</b>."
    )

    page = desk.get(revision_page(revision)).content.decode()

    for text in ("Outcome", "Unknown", "Collapsed", "December 2020", "It &lt;b&gt;fell&lt;/b&gt;."):
        assert text in page, text
    assert "Signed" not in page


def test_a_revision_is_restored_from_its_page_with_a_note(administrator: Any) -> None:
    desk = Client()
    desk.force_login(administrator)
    case = publish_case(finding_en="First")
    publish_change(case, finding_en="Second")
    first = Revision.objects.get(entry_id=case.pk, number=1)

    without = desk.post(revision_page(first), {"note": "", "note_language": "en"})
    answer = desk.post(revision_page(first), {"note": "Back.", "note_language": "en"})

    assert without.status_code == 200
    assert answer.url == change_page(case)
    assert (newest(case).number, newest(case).change_class) == (3, ChangeClass.RESTORATION)
    assert Case.objects.get().finding_en == "First"


def test_what_was_retracted_is_restored_from_a_revision_page(administrator: Any, client: Client) -> None:
    desk = Client()
    desk.force_login(administrator)
    case = publish_case(rows={"provision": [{}]})
    desk.post(at(case, "delete"), REASON)

    answer = desk.post(revision_page(newest(case)), {"note": "Back.", "note_language": "en"}, follow=True)

    assert answer.status_code == 200
    assert Case.objects.get().provisions.count() == 1
    assert client.get(case.get_absolute_url()).status_code == 200


def test_restoring_what_stands_already_says_so(administrator: Any) -> None:
    desk = Client()
    desk.force_login(administrator)
    case = publish_case()

    answer = desk.post(revision_page(newest(case)), {"note": "Back.", "note_language": "en"})

    assert "Nothing was changed" in answer.content.decode()
    assert newest(case).number == 1
