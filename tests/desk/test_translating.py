"""The translation desk: finding, writing and confirming translations; no input is lost."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.actions import publishing, retracting
from publishing.actions.translating import check_translations
from publishing.integrity import differing_translations
from publishing.models import Entry, Proposal, Revision, Translation, TranslationCheck
from publishing.rules import Refusal
from publishing.vocabulary import ChangeClass, ProposalState
from tests.factories import an_account, key, newest, publish_case, publish_change, publish_theme
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
BOARD = "/en/admin/translations/"
NOTE_FIELDS = {"note": "Translated.", "note_language": "en"}


@pytest.fixture
def case() -> Entry:
    """A case in Arabic with a stale title, a missing finding, and a text of a row that is done."""
    case = publish_case(
        title_en="Old", title_ar="قديم", title_fr="Vieux", finding_en="It held.", finding_fr="Il a tenu.",
        rows={"provision": [{"id": key(), "text_en": "Stop.", "text_ar": "كفّ.", "text_fr": "Cessez."}]},
    )  # fmt: skip
    publish_change(case, title_en="New", title_fr="Neuf")
    return case


def desk_of(entry: Entry, language: str = "ar", query: str = "") -> str:
    return f"{BOARD}{entry.pk}/{language}/{query}"


def send(client: Client, entry: Entry, language: str = "ar", **typed: Any) -> Any:
    """Send the form of the translation desk; paths: the fields `text:<path>` and `still:<path>`."""
    paths = {name.replace("__", ":"): value for name, value in typed.items()}
    based_on = paths.pop("based_on", newest(entry).number)
    return client.post(desk_of(entry, language), {**NOTE_FIELDS, "based_on": based_on, **paths})


def counts_of(entry: Entry, language: str) -> tuple[int, int, int]:
    one = Translation.objects.get(entry_id=entry.pk, language=language)
    return one.missing, one.stale, one.done


# --- the board ---------------------------------------------------------------------------------------


def titles(client: Client, query: str = "") -> list[str]:
    return [str(row["entry"]) for row in client.get(BOARD + query).context["rows"]]


def test_the_board_shows_the_longest_stale_first(desk: Client, case: Entry) -> None:
    publish_theme(title_en="Untouched")
    later = publish_theme(title_en="Later", title_ar="لاحق")
    publish_change(later, title_en="Much later")

    assert titles(desk) == ["New", "Much later", "Untouched"]


@pytest.mark.parametrize(
    "query, found",
    [
        ("?language=ar&state=stale", ["New"]),
        ("?language=fr&state=stale", []),
        ("?state=stale", ["New"]),
        ("?language=fr&state=missing", ["Whole"]),
        ("?language=fr&state=done", ["New"]),
        ("?state=done", []),
        ("?kind=theme", ["Whole"]),
        ("?q=ديم", ["New"]),
        ("?q=nothing+like+it", []),
        ("?kind=nonsense&language=xx&state=&q=&page=zzz", ["New", "Whole"]),
        ("?q=" + "a" * 5000, []),
    ],
)
def test_the_board_answers_what_is_asked(desk: Client, case: Entry, query: str, found: list[str]) -> None:
    publish_theme(title_en="Whole", title_ar="كامل")

    assert titles(desk, query) == found


def test_retracted_entries_are_not_on_the_board(desk: Client, case: Entry) -> None:
    retracting.retract(case, by=an_account(), reason="Gone.", language="en")

    assert titles(desk) == []
    assert desk.get(desk_of(case)).status_code == 404


def test_the_board_asks_as_often_for_twenty_entries_as_for_one(desk: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(BOARD).status_code == 200
        return len(captured)

    publish_theme()
    desk.get(BOARD)
    few = queries()
    for _number in range(20):
        publish_theme()

    assert queries() == few


def test_lists_can_be_narrowed_to_what_is_stale(desk: Client, case: Entry) -> None:
    publish_case(title_en="Fresh")
    address = "/en/admin/cases/case/"

    assert [str(one) for one in desk.get(f"{address}?stale=ar").context["cl"].result_list] == ["New"]
    assert len(desk.get(f"{address}?stale=fr").context["cl"].result_list) == 0
    assert len(desk.get(f"{address}?stale=nonsense").context["cl"].result_list) == 2


def test_the_first_page_and_the_entrys_form_lead_there(desk: Client, case: Entry) -> None:
    form = desk.get(f"/en/admin/cases/case/{case.pk}/change/").content.decode()

    assert BOARD in desk.get("/en/admin/").content.decode()
    assert desk_of(case) in form
    assert desk_of(case, "en") not in form


# --- two languages side by side ----------------------------------------------------------------------


def test_the_desk_shows_what_is_behind_and_on_demand_everything(desk: Client, case: Entry) -> None:
    behind = desk.get(desk_of(case)).context["form"].wordings
    everything = desk.get(desk_of(case, query="?all=1")).context["form"].wordings

    assert [(one.path, one.translation_status) for one in behind] == [
        ("title", "stale"),
        ("finding", "missing"),
    ]
    assert len(everything) == 3
    assert everything[-1].group.startswith("Provision")


def test_the_source_shows_its_changed_words_and_each_side_its_language(desk: Client, case: Entry) -> None:
    page = desk.get(desk_of(case)).content.decode()

    document = Document.of(page)
    words = next(one for one in document.all("div", lang="en", dir="ltr") if "words" in one.classes)
    assert [one.text for one in document.all("del")] == ["Removed: Old"]
    assert [one.text for one in document.all("ins")] == ["Added: New"]
    assert words.text == "Removed: OldAdded: New"
    assert 'lang="ar" dir="rtl"' in page


def test_what_was_written_is_published_with_its_note(desk: Client, editor: Any, case: Entry) -> None:
    answer = send(desk, case, text__title="جديد", text__finding="صمد.")

    assert answer.status_code == 302
    revision = newest(case)
    assert (revision.number, revision.author, revision.note) == (3, editor, "Translated.")
    assert revision.change_class == ChangeClass.CORRECTION
    assert counts_of(case, "ar") == (0, 0, 3)
    assert LogEntry.objects.get().object_id == str(case.pk)


def test_filling_in_what_was_empty_is_an_addition(desk: Client, case: Entry) -> None:
    send(desk, case, text__title="قديم", text__finding="صمد.")

    assert newest(case).change_class == ChangeClass.ADDITION
    assert counts_of(case, "ar") == (0, 1, 2)


def test_a_tick_makes_a_translation_done_without_a_revision(desk: Client, editor: Any, case: Entry) -> None:
    answer = send(desk, case, text__title="قديم", text__finding="", still__title="on", note="")

    assert answer.status_code == 302
    assert newest(case).number == 2
    assert counts_of(case, "ar") == (1, 0, 2)
    check = TranslationCheck.objects.get()
    assert (check.path, check.language, check.revision, check.by) == ("title", "ar", 2, editor)
    assert [*differing_translations()] == []


def test_a_tick_beside_new_wording_is_passed_over(desk: Client, case: Entry) -> None:
    send(desk, case, text__title="جديد", still__title="on")

    assert newest(case).number == 3
    assert not TranslationCheck.objects.exists()


def test_a_tick_counts_for_the_revision_that_was_seen(desk: Client, case: Entry) -> None:
    publish_change(case, title_en="Newer still")

    send(desk, case, text__title="قديم", still__title="on", based_on=2)

    assert counts_of(case, "ar") == (1, 1, 1)


# --- refusals and conflicts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"note": ""}, id="no note"),
        pytest.param({"note_language": "xx"}, id="no language of the note"),
        pytest.param({"based_on": "x"}, id="a number that is none"),
        pytest.param({"text__finding": "a\u202eb"}, id="what cannot be seen"),
        pytest.param({"text__finding": "a" * 20_001}, id="too long"),
    ],
)
def test_a_refusal_keeps_everything_that_was_typed(desk: Client, case: Entry, typed: dict) -> None:
    answer = send(desk, case, **{"text__title": "كتبته بتعب", **typed})

    assert answer.status_code == 200
    assert "كتبته بتعب" in answer.content.decode()
    assert "errorlist" in answer.content.decode()
    assert newest(case).number == 2


def test_nothing_changed_is_said(desk: Client, case: Entry) -> None:
    answer = send(desk, case, text__title="قديم", text__finding="")

    assert "Nothing was changed" in answer.content.decode()
    assert Proposal.objects.count() == 2


def test_what_was_typed_survives_a_retraction(desk: Client, case: Entry) -> None:
    retracting.retract(case, by=an_account(), reason="Gone.", language="en")

    answer = send(desk, case, text__title="كتبته بتعب", based_on=2)

    assert "retracted in the meantime" in answer.content.decode()
    assert "كتبته بتعب" in answer.content.decode()


def test_two_translators_of_one_text_meet_where_conflicts_are_resolved(
    desk: Client, editor: Any, case: Entry
) -> None:
    publish_change(case, title_ar="عنوان الآخر")

    answer = send(desk, case, text__title="عنواني", based_on=2)

    mine = Proposal.objects.get(state=ProposalState.DRAFT)
    assert answer["Location"] == f"/en/admin/publishing/proposal/{mine.pk}/resolve/"
    assert mine.wanted["fields"]["title_ar"] == "عنواني"
    assert mine.author == editor


def test_a_text_whose_row_was_taken_out_meanwhile_is_a_conflict_and_not_lost(
    desk: Client, case: Entry
) -> None:
    before = newest(case)
    (row,) = before.snapshot["rows"]["provision"]
    without = {**before.snapshot, "rows": {**before.snapshot["rows"], "provision": {}}}
    publishing.publish_at_once(without, by=an_account(), base=before, note="Out.", note_language="en",
                            change_class="correction")  # fmt: skip

    answer = desk.post(
        desk_of(case), {**NOTE_FIELDS, "based_on": before.number, f"text:provision/{row}/text": "كتبته بتعب"}
    )

    assert "/resolve/" in answer["Location"]
    assert (
        Proposal.objects.get(state=ProposalState.DRAFT).wanted["rows"]["provision"][row]["text_ar"]
        == "كتبته بتعب"
    )


@pytest.mark.parametrize(
    "path, status",
    [
        ("00000000-0000-4000-8000-000000000000/ar/", 404),
        ("{pk}/xx/", 404),
        ("{pk}/AR/", 404),
        ("not-a-key/ar/", 404),
    ],
)
def test_an_address_of_nothing_is_not_there(desk: Client, case: Entry, path: str, status: int) -> None:
    address = BOARD + path.format(pk=case.pk)

    assert desk.get(address).status_code == status
    assert desk.post(address, {"based_on": "1"}).status_code == status


def test_forged_names_write_nothing(desk: Client, case: Entry) -> None:
    answer = desk.post(
        desk_of(case),
        {
            **NOTE_FIELDS,
            "based_on": 2,
            "text:slug": "taken",
            "text:retraction_reason": "x",
            "still:finding": "on",
        },
    )

    assert answer.status_code == 200
    assert (Revision.objects.count(), TranslationCheck.objects.count()) == (2, 0)
    assert desk.post(desk_of(case), {**NOTE_FIELDS, "based_on": 99}).status_code == 404


def test_hostile_text_stays_text(desk: Client) -> None:
    theme = publish_theme(title_en="<script>one()</script>", title_ar="<b>ب</b>")
    publish_change(theme, title_en="<script>two()</script>")

    for address in (BOARD, desk_of(theme)):
        page = desk.get(address).content.decode()
        assert "<script>one" not in page
        assert "<script>two" not in page


def test_a_check_of_what_is_not_there_is_refused(case: Entry) -> None:
    for path in ("finding", "slug", "provision/x/text"):
        with pytest.raises(Refusal) as refused:
            check_translations(newest(case), by=an_account(), paths=[path], language="ar")
        assert refused.value.code == "no_such_text"


def test_a_check_by_somebody_without_the_right_is_refused(case: Entry, reader: Any) -> None:
    with pytest.raises(Refusal) as refused:
        check_translations(newest(case), by=reader, paths=["title"], language="ar")
    assert refused.value.code == "not_permitted"


# --- what readers see ---------------------------------------------------------------------------------


def test_readers_are_told_in_the_stale_language_alone(client: Client, case: Entry) -> None:
    pages = {
        language: client.get(f"/{language}/cases/{case.slug}/").content.decode()
        for language in ("en", "ar", "fr")
    }

    assert ['class="fallback stale"' in page for page in pages.values()] == [False, True, False]
    assert f'href="/en/cases/{case.slug}/" hreflang="en"' in pages["ar"]


def test_the_first_page_of_the_desk_leads_to_what_is_stale(desk: Client, case: Entry) -> None:
    page = Document.of(desk.get("/en/admin/").content.decode())

    links = {link["href"]: link.text for link in page.all("a")}
    assert links[desk_of(case)] == "New"
    assert f"{BOARD}?state=stale" in links
    assert desk_of(case, "fr") not in links
