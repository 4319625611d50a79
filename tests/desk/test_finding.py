"""What is looked for at the desk is found however it is written, the closest first."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from publishing.actions import retracting
from publishing.integrity import differing_names
from publishing.models import EntryNames, Proposal
from tests.desk.sheets import list_page
from tests.factories import (
    a_contribution,
    an_account,
    edited,
    newest,
    proposal_of,
    publish_actor,
    publish_change,
    publish_source,
    publish_theme,
    snapshot_of,
)
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

ASKED = {
    "the hamza is left out": ("الامارات", "الإمارات العربية المتحدة"),
    "as it is written": ("الإمارات", "الإمارات العربية المتحدة"),
    "ta marbuta as ha": ("الامم المتحده", "الأمم المتحدة"),
    "with harakat": ("لِيبيا", "ليبيا"),
    "with tatweel": ("ليبيــا", "ليبيا"),
    "without accents": ("comite d'evaluation", "Comité d’évaluation"),
    "words in another order": ("evaluation comité", "Comité d’évaluation"),
    "without the hyphen": ("ceasefire office", "Cease-fire Office"),
    "another name": ("party of god", "Hezbollah"),
    "the address": ("the-address", "Somebody"),
}


@kept
def actors() -> None:
    for name in ("الإمارات العربية المتحدة", "الأمم المتحدة", "ليبيا"):
        publish_actor(title_en="", title_ar=name)
    publish_actor(title_en="", title_fr="Comité d’évaluation")
    publish_actor(title_en="Cease-fire Office")
    publish_actor(title_en="Hezbollah", rows={"alias": [{"name": "Party of God"}]})
    publish_actor(title_en="Somebody", slug="the-address")


def offered(desk: Client, term: str, field: str = "actor", **asked: Any) -> list[str]:
    about = {"app_label": "cases", "model_name": "participation", "field_name": field}
    answer = desk.get("/en/admin/autocomplete/", {**about, "term": term, **asked})
    return [one["text"] for one in answer.json()["results"]]


@pytest.mark.parametrize("asked, name", ASKED.values(), ids=ASKED)
def test_it_is_found_in_the_list_in_the_boxes_and_on_the_board(
    desk: Client, actors: None, asked: str, name: str
) -> None:
    listed = desk.get(list_page("actor"), {"q": asked}).context["cl"].result_list
    board = desk.get("/en/admin/translations/", {"q": asked}).context["rows"]
    overview = desk.get(reverse("admin:publishing_entry_changelist"), {"q": asked}).context["cl"].result_list

    assert [str(one) for one in listed] == [name]
    assert [one.split(" · ")[0] for one in offered(desk, asked)] == [name]
    assert [str(row["entry"]) for row in board] == [name]
    assert [str(one) for one in overview] == [name]


@pytest.mark.parametrize("asked", ["«", "ـ", "%", "_", "\\"])
def test_what_no_name_holds_finds_nothing(desk: Client, actors: None, asked: str) -> None:
    assert [*desk.get(list_page("actor"), {"q": asked}).context["cl"].result_list] == []
    assert offered(desk, asked) == []


@pytest.mark.parametrize("asked", ["x" * 60_000, "word " * 3_000], ids=["letters", "words"])
def test_what_is_far_too_long_is_not_looked_for(desk: Client, actors: None, asked: str) -> None:
    assert desk.get(list_page("actor"), {"q": asked}).status_code == 400


def test_the_closest_comes_first(desk: Client) -> None:
    for name in (
        "Arab Fund of the United Nations",
        "Mission of United Nations",
        "United Nations Children’s Fund",
        "Disunited Nations",
        "United Nations",
        "Agency of the United Nations",
    ):
        publish_actor(title_en=name)

    right = [
        "United Nations",
        "United Nations Children’s Fund",
        "Agency of the United Nations",
        "Arab Fund of the United Nations",
        "Mission of United Nations",
        "Disunited Nations",
    ]
    assert [one.split(" · ")[0] for one in offered(desk, "united nations")] == right
    assert [
        str(one) for one in desk.get(list_page("actor"), {"q": "united nations"}).context["cl"].result_list
    ] == right


def test_a_column_that_somebody_chose_orders_what_is_found(desk: Client) -> None:
    for name in ("Peace", "A peace", "Peace corps"):
        publish_actor(title_en=name)

    found = desk.get(list_page("actor"), {"q": "peace", "o": "-0"}).context["cl"].result_list

    assert [str(one) for one in found] == ["Peace corps", "Peace", "A peace"]


def test_equal_names_are_told_apart(desk: Client) -> None:
    publish_actor(title_en="United Nations", slug="united-nations", actor_type="mission")
    publish_actor(title_en="United Nations", slug="un-org", actor_type="armed_group")

    assert len({*offered(desk, "united nations")}) == 2
    assert all(" · Actor · " in one for one in offered(desk, "united nations"))


def test_before_anything_is_typed_a_box_offers_by_name(desk: Client) -> None:
    for name in ("Oman", "Chad", "Égypte"):
        publish_actor(title_en=name)

    assert [one.split(" · ")[0] for one in offered(desk, "")] == ["Chad", "Égypte", "Oman"]


def test_the_box_of_a_merge_offers_others_of_the_kind_only(desk: Client) -> None:
    drop = publish_actor(title_en="United Nations", slug="un-org")
    publish_actor(title_en="United Nations", slug="united-nations")
    publish_theme(title_en="United Nations")
    page = desk.get(reverse("admin:cases_actor_merge", args=[drop.pk]))
    attributes = page.context["form"].fields["keep"].widget.build_attrs({})

    about = "&".join(f"{one}_name={attributes[f'data-{one}-name']}" for one in ("model", "field"))
    address = f"{attributes['data-ajax--url']}&app_label={attributes['data-app-label']}&{about}"
    answer = desk.get(f"{address}&term=united+nations")

    assert [one["text"].split(" · ")[-1] for one in answer.json()["results"]] == ["united-nations"]


# --- proposals -------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["etat", "l’État", "مؤتمر", "موتمر", "evaluee"])
def test_proposals_are_found_by_what_they_would_be_called_and_by_their_reason(
    desk: Client, asked: str
) -> None:
    said = {"title_en": "", "title_fr": "L’État", "title_ar": "مؤتمر"}
    a_contribution(snapshot_of("theme", **said), reason="Évaluée deux fois.")
    a_contribution(snapshot_of("theme"))

    for kind in ("contributions_contribution", "publishing_proposal"):
        found = desk.get(reverse(f"admin:{kind}_changelist"), {"q": asked}).context["cl"].result_list
        assert len(found) == 1, kind


def test_a_proposal_is_found_by_its_newest_reason(desk: Client) -> None:
    proposal = proposal_of(snapshot_of("theme"), note="First")
    proposal.note = "Zweitens"
    proposal.save()

    assert "zweitens" in Proposal.objects.get().folded


# --- retracted entries -----------------------------------------------------------------------


def test_what_was_retracted_is_found_below_the_list(desk: Client) -> None:
    gone = publish_theme(title_en="Été perdu", slug="lost")
    publish_theme(title_en="Summer")
    retracting.retract(gone, by=an_account(), reason="Not sound.", language="en")

    page = desk.get(list_page("theme"), {"q": "ete"})

    assert [*page.context["cl"].result_list] == []
    assert [str(entry) for entry, _at in page.context["retracted"]] == ["Été perdu"]
    assert "Retracted, and so not in the list" in page.content.decode()
    assert desk.get(page.context["retracted"][0][1]).status_code == 200
    assert not desk.get(list_page("theme"), {"q": "summer"}).context["retracted"]


def test_a_retracted_entry_is_no_more_found_by_its_other_names(desk: Client) -> None:
    gone = publish_actor(title_en="Gone", rows={"alias": [{"name": "Nickname"}]})

    retracting.retract(gone, by=an_account(), reason="Not sound.", language="en")

    assert "nickname" not in EntryNames.objects.get(entry=gone).folded


# --- what is kept ----------------------------------------------------------------------------


def test_names_that_strayed_are_found_and_mended() -> None:
    theme = publish_theme(title_en="Peace")
    publish_change(theme, title_en="War")
    assert [*differing_names()] == []
    EntryNames.objects.filter(entry=theme).update(folded="\npeace\n", sort_key_fr=b"x")
    assert len([*differing_names()]) == 1

    call_command("rebuild_names", verbosity=0)

    assert [*differing_names()] == []
    assert "\nwar\n" in EntryNames.objects.get(entry=theme).folded


def test_proposals_that_strayed_are_mended_too() -> None:
    theme = publish_theme(title_en="Peace")
    proposal = proposal_of(edited(theme, title_en="Pâix"), base=newest(theme))
    Proposal.objects.filter(pk=proposal.pk).update(folded="")

    call_command("rebuild_names", verbosity=0)

    assert "\npaix\n" in Proposal.objects.get(pk=proposal.pk).folded


def test_a_source_is_found_by_its_number_publisher_and_link(desk: Client) -> None:
    publish_source(
        title_en="A letter", identifier_scheme="un_symbol", identifier="S/2008/392",
        publisher="Société générale", url="https://example.org/letter",
    )  # fmt: skip
    publish_source(title_en="Another", identifier_scheme="un_symbol", identifier="S/2020/392")

    for asked in ("S/2008/392", "s 2008 392", "societe generale", "https://example.org/letter"):
        found = desk.get(list_page("source"), {"q": asked}).context["cl"].result_list
        assert [str(one) for one in found] == ["A letter"], asked
