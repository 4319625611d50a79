"""What the search finds follows each publication, in its transaction."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from publishing.actions import retracting
from publishing.finding import complete, documents, search
from publishing.models import Entry, SearchDocument, SearchWord
from publishing.search_documents import differs, prepare_index, remove_index
from tests.factories import (
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_change,
    publish_place,
    publish_source,
    publish_term,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def found(typed: str, **options: Any) -> list[str]:
    """The addresses of what is found, in their order."""
    return [one.entry.slug for one in documents([*search(typed, **options).keys])]


def test_what_is_published_is_found_in_each_language_and_by_other_names() -> None:
    publish_term(slug="truce", title_en="truce", title_ar="هدنة", title_fr="trêve", forms_en="lull")
    publish_actor(slug="las", title_en="League of Arab States", rows={"alias": [{"name": "Ligue arabe"}]})

    for typed in ("truces", "TREVE", "الهدنه", "lulls"):
        assert found(typed) == ["truce"]
    assert found("ligue arabe") == ["las"]


def test_agreements_and_bodies_are_found_by_their_initials_and_no_sources() -> None:
    publish_case(
        slug="peace", title_en="Sudan: Comprehensive Peace Agreement", title_fr="Accord de paix global"
    )
    publish_source(title_en="Comprehensive Peace Agreement")

    assert found("CPA") == found("apg sudan") == ["peace"]
    assert [one.word for one in SearchWord.objects.filter(word="cpa")] == []


def test_what_a_text_says_late_is_a_name_too() -> None:
    publish_case(slug="kashmir-line", title_en="Line", narrative_ar=f"{'كلمة ' * 1500}في كشمير")
    publish_case(slug="other", title_en="Other", finding_ar="كشمير " * 9)

    assert found("كشمير") == ["kashmir-line", "other"]


def test_agreement_accord_and_treaty_are_looked_for_together_and_that_is_said() -> None:
    publish_case(slug="taif", title_en="Lebanon: Taif Agreement")
    publish_case(slug="other", title_en="Another agreement")

    answer = search("Taif treaty")

    assert found("Taif treaty") == found("accord Taif") == ["taif"]
    assert answer.respelled == ("agreement", "accord", "traité")
    assert found("Taif treaty", is_literal=True)[0] == "taif"
    assert not search("Taif treaty", is_literal=True).respelled
    assert found("accord", is_literal=True) == []
    assert search("agreement").respelled == ()


def test_a_change_is_found_at_once_and_what_it_replaced_no_more() -> None:
    case = publish_case(slug="libya", title_en="Tripoli", finding_en="It was kept by sailors.")

    publish_change(case, finding_en="It was kept by gardeners.")

    assert found("gardener") == ["libya"]
    assert found("sailors", is_literal=True) == []


@pytest.mark.parametrize("changed", [{"remark_en": "Of Zabadani."}, {"authors": "Amal Nasr"}])
def test_the_document_is_right_whatever_changes_and_made_anew_where_it_was_lost(changed: Any) -> None:
    source, lost = publish_source(remark_en="Of Madaya."), publish_source()
    SearchDocument.objects.filter(entry=lost).delete()

    for one in (source, lost):
        publish_change(one, **changed)
        assert not differs(Entry.objects.select_related("searched").get(pk=one.pk), newest(one))


def test_what_is_proposed_is_not_found() -> None:
    case = publish_case(slug="libya", title_en="Tripoli")
    snapshot = snapshot_of("case", title_en="Zanzibar", slug="zanzibar")
    proposal_of(snapshot)
    proposal_of(
        newest(case).snapshot | {"fields": newest(case).snapshot["fields"] | {"title_en": "Zanzibar"}}
    )

    assert found("zanzibar") == []
    assert complete("zanzi") == []


def test_what_is_retracted_is_found_no_more_until_it_is_restored(editor: Any) -> None:
    case = publish_case(slug="libya", title_en="Tripoli")
    before = newest(case)

    retracting.retract(case, by=editor, reason="It was wrong.", language="en")
    assert found("tripoli") == []
    assert complete("tripo") == []

    retracting.restore(before, by=editor, note="It was right.", language="en")
    assert found("tripoli") == ["libya"]


def test_an_entry_that_nothing_public_uses_is_not_found() -> None:
    place = publish_place(slug="atlantis", title_en="Atlantis")
    Entry.objects.filter(pk=place.pk).update(is_in_use=False)

    assert found("atlantis") == []
    assert complete("atlan") == []


def test_a_publication_that_is_rolled_back_leaves_nothing_to_be_found() -> None:
    with transaction.atomic():
        publish_case(title_en="Zanzibar")
        transaction.set_rollback(True)

    assert found("zanzibar") == []
    assert not SearchDocument.objects.exists()


def test_all_words_phrases_and_what_is_left_out() -> None:
    publish_case(slug="a", title_en="Truce of the Arab League in Yemen")
    publish_case(slug="b", title_en="Truce in an Arab town, without any League")

    assert {*found("arab league truce")} == {"a", "b"}
    assert found('"arab league"') == ["a"]
    assert found("truce -yemen") == ["b"]
    assert found('truce -"arab league"') == ["b"]


def test_a_word_that_occurs_nowhere_is_replaced_unless_it_is_asked_literally() -> None:
    publish_actor(slug="hezbollah", title_en="Hezbollah")

    answer = search("hezbolleh")

    assert answer.repairs or answer.respelled
    assert found("hezbolleh") == ["hezbollah"]
    assert found("hezbolleh", is_literal=True) == []


def test_no_spelling_is_shown_that_only_a_retracted_entry_has(editor: Any) -> None:
    gone = publish_actor(title_en="Hodeidah")
    publish_actor(slug="port", title_en="Hodeida")
    assert {*search("hodeydah").respelled} == {"Hodeidah", "Hodeida"}

    retracting.retract(gone, by=editor, reason="It was wrong.", language="en")

    answer = search("hodeydah")
    assert answer.respelled == ("Hodeida",)
    assert found("hodeydah") == ["port"]


def test_nothing_with_all_words_is_said_and_some_are_shown() -> None:
    publish_actor(slug="qatar", title_en="Qatar")
    publish_actor(slug="oman", title_en="Oman")

    answer = search("qatar oman")

    assert answer.has_some_words
    assert {*found("qatar oman")} == {"qatar", "oman"}


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "'",
            '"',
            "''",
            '""',
            "%",
            "\\",
            "a:b",
            "a AND b",
            "NOT",
            "NEAR(a b)",
            "*",
            "^a",
            "(",
            "a | b & !c",
        ),
        *("'; DROP TABLE x; --", "🕊", "\u202eevil", "x" * 10_000, "word " * 5_000, '"a' * 500, "-a " * 500),
        *("هـ" * 3_000, "\ud800", "a\x00b", "{names} : a", "1e5 3.7 -1", "a-b-c-d'e’f"),
    ],
)
def test_whatever_is_typed_is_answered(typed: str) -> None:
    publish_case(slug="libya", title_en="Tripoli and NOT Benghazi")

    assert isinstance(found(typed), list)
    assert isinstance(complete(typed), list)


def test_names_complete_what_is_typed() -> None:
    publish_actor(slug="las", title_en="League of Arab States", title_ar="جامعة الدول العربية")

    assert [str(one) for one in complete("leag")] == ["League of Arab States"]
    assert [str(one) for one in complete("arab sta")] == ["League of Arab States"]
    assert [one.slug for one in complete("الجام")] == ["las"]
    assert complete("x") == complete("") == []


def verified() -> str:
    output = io.StringIO()
    call_command("verify", stdout=output, stderr=output)
    return output.getvalue()


@pytest.mark.parametrize("column", ["names", "called", "wholes", "body", "texts", "kind"])
def test_verify_notices_a_wrong_document_and_rebuilding_mends_it(column: str) -> None:
    case = publish_case(slug="libya", title_en="Tripoli")
    verified()

    SearchDocument.objects.filter(entry=case).update(**{column: "wrong"})
    with pytest.raises(CommandError, match="rebuild_search"):
        verified()

    call_command("rebuild_search", stdout=io.StringIO())
    verified()
    assert found("tripoli") == ["libya"]


def test_verify_notices_a_document_too_few_and_one_too_many(editor: Any) -> None:
    case = publish_case(title_en="Tripoli")
    SearchDocument.objects.all().delete()
    with pytest.raises(CommandError, match="rebuild_search"):
        verified()

    call_command("rebuild_search", stdout=io.StringIO())
    kept = SearchDocument.objects.get()
    retracting.retract(case, by=editor, reason="It was wrong.", language="en")
    kept.save(force_insert=True)
    with pytest.raises(CommandError, match="rebuild_search"):
        verified()


def test_an_index_that_is_lost_is_made_anew_of_the_documents() -> None:
    publish_case(slug="libya", title_en="Tripoli")

    # PostgreSQL changes no table for which a check of a row still waits.
    connection.check_constraints()
    remove_index()
    assert prepare_index() is True
    assert prepare_index() is False

    assert found("tripoli") == ["libya"]
    publish_case(slug="yemen", title_en="Aden")
    assert found("aden") == ["yemen"]


def test_rebuilding_forgets_words_that_no_name_has() -> None:
    case = publish_case(title_en="Zanzibar")
    publish_change(case, title_en="Tripoli")

    call_command("rebuild_search", stdout=io.StringIO())

    words = {*SearchWord.objects.values_list("word", flat=True)}
    assert "tripoli" in words
    assert "zanzibar" not in words


def test_an_answer_takes_as_many_queries_for_twenty_as_for_one(
    django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    publish_case(title_en="Tripoli")
    with django_assert_max_num_queries(8) as captured:
        found("tripoli")

    for number in range(20):
        publish_case(slug=f"case-{number}", title_en=f"Tripoli {number}")
    with django_assert_num_queries(len(captured)):
        assert len(found("tripoli")) == 21
    assert connection.in_atomic_block
