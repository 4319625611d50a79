"""Merging two entries: all references move, nothing is lost, and the old address redirects."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client

from cases.models import Actor
from publishing import snapshots
from publishing.actions import publishing, retracting
from publishing.duplicates.actions import merge_duplicates
from publishing.duplicates.plan import plan_merge
from publishing.duplicates.rewriting import rewritten
from publishing.duplicates.rules import why_not_merge
from publishing.models import Entry, OldSlug, Proposal, Revision
from publishing.rules import Refusal
from publishing.vocabulary import ChangeClass, ProposalState
from tests.factories import (
    an_account,
    edited,
    key,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_change,
    publish_initiative,
    publish_pillar,
    publish_source,
    publish_theme,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def merge(keep: Entry, drop: Entry, **options: Any) -> Revision:
    usual = {"by": an_account(), "note": "They are one.", "note_language": "en"}
    return merge_duplicates(keep, drop, **{**usual, **options})


def rows(entry: Entry, name: str) -> list[dict[str, Any]]:
    return sorted(snapshots.freeze(entry)["rows"][name].values(), key=lambda row: row["position"])


# --- references -----------------------------------------------------------------------------------


@pytest.mark.every_database
def test_whatever_pointed_to_one_actor_points_to_the_other() -> None:
    keep, drop = publish_actor(), publish_actor()
    case = publish_case(
        rows={"participation": [{"actor": drop}], "mechanism": [{"name_en": "M", "actor": drop}]}
    )
    initiative = publish_initiative(
        rows={"partner": [{"actor": drop}], "funding": [{"actor": drop}], "result": [{"reported_by": drop}]}
    )
    member = publish_actor(rows={"membership": [{"organisation": drop}]})
    pillar = publish_pillar(rows={"section": [{"id": (section := key())}],
                                  "evidence": [{"section": section, "entry": drop}]})  # fmt: skip

    merge(keep, drop)

    for entry in (case, initiative, member, pillar):
        assert str(keep.pk) in snapshots.references(snapshots.freeze(entry))
        assert newest(entry).change_class == ChangeClass.CORRECTION
        assert newest(entry).note == "They are one."
    assert snapshots.users(Entry.objects.get(pk=drop.pk)) == []
    call_command("rebuild_use")
    call_command("verify")


def test_a_source_that_is_cited_and_is_the_text_of_a_case_moves_in_one_revision() -> None:
    keep, drop = publish_source(), publish_source()
    case = publish_case(
        rows={"claim": [{"source": drop}], "document": [{"title_en": "Agreement", "source": drop}]}
    )

    merge(keep, drop)

    assert newest(case).number == 2
    assert {rows(case, "claim")[0]["source"], rows(case, "document")[0]["source"]} == {str(keep.pk)}


@pytest.mark.every_database
def test_members_of_a_set_move_and_stand_there_once() -> None:
    keep, drop = publish_theme(), publish_theme()
    one, both = publish_case(themes=[drop]), publish_case(themes=[keep, drop])

    merge(keep, drop)

    for case in (one, both):
        assert snapshots.freeze(case)["fields"]["themes"] == [str(keep.pk)]


# --- collisions -----------------------------------------------------------------------------------


@pytest.mark.every_database
def test_a_role_that_both_have_is_joined_and_what_only_one_row_says_is_kept() -> None:
    keep, drop = publish_actor(), publish_actor()
    stays, goes = key(), key()
    case = publish_case(
        rows={
            "participation": [
                {"id": stays, "actor": keep, "remark_en": "Kept"},
                {"id": goes, "actor": drop, "remark_en": "Lost", "remark_ar": "محفوظ"},
                {"actor": drop, "role": "host"},
            ],
            "claim": [{"about": f"participation/{goes}"}],
        }
    )

    plan = plan_merge(keep, drop)
    merge(keep, drop)

    assert plan.steps[-1].joined == [snapshots.Path(row_kind="participation", key=goes)]
    found = snapshots.freeze(case)["rows"]["participation"]
    assert goes not in found
    assert (found[stays]["remark_en"], found[stays]["remark_ar"]) == ("Kept", "محفوظ")
    assert {row["role"] for row in found.values()} == {"signatory", "host"}
    assert rows(case, "claim")[0]["about"] == f"participation/{stays}"


@pytest.mark.every_database
def test_the_rows_of_a_joined_row_go_to_the_other() -> None:
    keep, drop = str(key()), str(key())
    left, right, moving, twice, there = (key() for _number in range(5))
    snapshot = snapshot_of(
        "case",
        {
            "provision": [{"id": left, "text_en": "Same"}, {"id": right, "text_en": "Same"}],
            "assessment": [
                {"id": there, "provision": left},
                {"id": twice, "provision": right},
                {"id": moving, "provision": right, "assessed_on": "2021"},
            ],
        },
    )
    rewrite = rewritten(snapshot, drop=drop, keep=keep)

    rewrite.clear_rows([("provision", right)])

    found = rewrite.snapshot["rows"]
    assert {*found["provision"]} == {left}
    assert {*found["assessment"]} == {there, moving}
    assert found["assessment"][moving]["provision"] == left


def test_nobody_becomes_a_member_of_itself() -> None:
    drop = publish_actor()
    keep = publish_actor(rows={"membership": [{"organisation": drop}]})

    plan = plan_merge(keep, drop)
    merge(keep, drop)

    assert len(plan.steps[0].removed) == 1
    assert rows(keep, "membership") == []


def test_an_initiative_does_not_follow_itself() -> None:
    follows = publish_case()
    other = publish_case()
    initiative = publish_initiative(follows=other)

    merge(follows, other)

    assert snapshots.freeze(initiative)["fields"]["follows"] == str(follows.pk)


# --- what the dropped entry has -------------------------------------------------------------------


@pytest.mark.every_database
def test_names_become_other_names_once() -> None:
    keep = publish_actor(title_en="League", title_ar="الجامعة", rows={"alias": [{"name": "LAS"}]})
    drop = publish_actor(
        title_en="Arab League", title_ar="الجامعة", title_fr="L" * 201, rows={"alias": [{"name": "LAS"}, {"name": "The League"}]}
    )  # fmt: skip

    merge(keep, drop)

    assert [row["name"] for row in rows(keep, "alias")] == ["LAS", "The League", "Arab League"]


def test_claims_and_numbers_elsewhere_move_and_stand_there_once() -> None:
    source = publish_source()
    same = {"value_en": "In both.", "source": source}
    keep = publish_actor(rows={"claim": [same], "externalid": [{}]})
    drop = publish_actor(
        rows={"claim": [same, {"value_en": "Only here."}], "externalid": [{}, {"value": "9"}]}
    )

    merge(keep, drop)

    assert [row["value_en"] for row in rows(keep, "claim")] == ["In both.", "Only here."]
    assert [row["value"] for row in rows(keep, "externalid")] == ["2320", "9"]


def test_a_source_that_speaks_of_itself_goes_on_doing_so() -> None:
    keep = publish_source()
    drop = publish_source()
    publish_change(drop, {"claim": [{"source": drop, "about": "publisher"}]})

    merge(keep, drop)

    assert [row["source"] for row in rows(keep, "claim")] == [str(keep.pk)]


def test_an_entry_about_which_nothing_was_said_leaves_the_other_as_it_is() -> None:
    keep, drop = publish_theme(), publish_theme()

    merge(keep, drop)

    assert newest(keep).number == 1


# --- the dropped entry and its addresses ------------------------------------------------------------


@pytest.mark.parametrize(
    "language, reason",
    [("en", "Merged with “League”."), ("ar", "الجامعة"), ("fr", "Ligue")],
)
def test_the_reason_is_in_the_language_of_the_note(language: str, reason: str) -> None:
    keep = publish_actor(title_en="League", title_ar="الجامعة", title_fr="Ligue")
    drop = publish_actor()

    revision = merge(keep, drop, note_language=language)

    stored = Entry.objects.get(pk=drop.pk)
    assert stored.is_retracted
    assert reason in stored.retraction_reason
    assert (revision.change_class, revision.note_language) == (ChangeClass.RETRACTION, language)
    assert language == "en" or "Merged" not in stored.retraction_reason


def test_every_address_leads_to_the_kept_entry_for_ever(client: Client) -> None:
    keep, drop, third = publish_actor(slug="keep"), publish_actor(slug="drop"), publish_actor(slug="third")
    publish_change(drop, slug="drop-newer")

    merge(keep, drop)

    for slug in ("drop", "drop-newer"):
        answer = client.get(f"/ar/actors/{slug}/")
        assert (answer.status_code, answer["Location"]) == (302, "/ar/actors/keep/")
    assert "drop-newer" not in client.get("/sitemap-entries.xml").content.decode()

    merge(third, keep)

    for slug in ("drop", "drop-newer", "keep"):
        assert client.get(f"/en/actors/{slug}/")["Location"] == "/en/actors/third/"


@pytest.mark.every_database
def test_a_restored_entry_takes_its_address_back(client: Client) -> None:
    keep, drop = publish_actor(slug="keep"), publish_actor(slug="drop", rows={"alias": [{}], "claim": [{}]})
    was = newest(drop)
    merge(keep, drop)

    retracting.restore(was, by=an_account(), note="They are two.", language="en")

    client.force_login(an_account())
    assert client.get("/en/actors/drop/").status_code == 200
    assert not OldSlug.objects.filter(slug="drop").exists()
    assert snapshots.freeze(drop) == was.snapshot
    call_command("rebuild_use")
    call_command("verify")
    merge(keep, drop)
    assert client.get("/en/actors/drop/").status_code == 302


@pytest.mark.every_database
def test_no_other_entry_gets_the_address_of_a_merged_one() -> None:
    keep, drop = publish_actor(slug="keep"), publish_actor(slug="drop")
    merge(keep, drop)

    with pytest.raises(Refusal) as refused:
        publish_change(keep, slug="drop")

    assert refused.value.code == "address_taken"


# --- open proposals ---------------------------------------------------------------------------------


@pytest.mark.every_database
def test_an_open_proposal_that_points_to_the_dropped_entry_is_moved_and_can_be_published() -> None:
    keep, drop = publish_actor(), publish_actor()
    case = publish_case(rows={"participation": [{"actor": drop}]})
    change = edited(case, rows={"participation": [{"actor": drop, "role": "host"}]}, finding_en="It held.")
    old, new = proposal_of(change, base=newest(case)), proposal_of(snapshot_of(
        "case", {"participation": [{"actor": drop}]}))  # fmt: skip

    merge(keep, drop)

    for proposal in (old, new):
        revision = publishing.publish(Proposal.objects.get(pk=proposal.pk), by=an_account())
        assert snapshots.references(revision.snapshot) == {str(keep.pk)}
    assert {row["role"] for row in rows(case, "participation")} == {"signatory", "host"}


def test_decided_proposals_stay_as_they_were() -> None:
    keep, drop = publish_actor(), publish_actor()
    proposal = proposal_of(snapshot_of("case", {"participation": [{"actor": drop}]}))
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.DECLINED)

    merge(keep, drop)

    assert Proposal.objects.get(pk=proposal.pk).snapshot == proposal.snapshot


def test_proposals_for_the_dropped_entry_wait_and_are_refused_politely() -> None:
    keep, drop = publish_actor(), publish_actor()
    proposal = proposal_of(edited(drop, title_fr="Autre"), base=newest(drop))

    assert plan_merge(keep, drop).waiting == 1
    merge(keep, drop)

    with pytest.raises(Refusal) as refused:
        publishing.publish(Proposal.objects.get(pk=proposal.pk), by=an_account())
    assert refused.value.code == "retracted"


# --- rules ------------------------------------------------------------------------------------------


def test_the_rule_says_why_not() -> None:
    keep, drop, theme = publish_actor(), publish_actor(), publish_theme()
    publish_case(rows={"participation": [{"actor": drop}]})
    me = an_account()
    only_actors = an_account("only actors", is_staff=True)
    only_actors.user_permissions.set(Permission.objects.filter(codename__endswith="_actor"))
    no_deleting = an_account("no deleting", is_staff=True)
    no_deleting.user_permissions.set(Permission.objects.filter(codename__startswith="change_"))
    gone = publish_actor()
    retracting.retract(gone, by=me, reason="Gone.", language="en")
    gone = Entry.objects.get(pk=gone.pk)

    def code(*asked: Any) -> str | None:
        refusal = why_not_merge(*asked)
        return refusal.code if refusal else None

    assert code(keep, drop, me, "They are one.") is None
    assert code(keep, keep, me, "x") == "itself"
    assert code(theme, drop, me, "x") == "another_kind"
    assert code(gone, drop, me, "x") == "retracted"
    assert code(keep, gone, me, "x") == "retracted"
    assert code(keep, drop, me, " ") == "no_note"
    assert code(keep, drop, only_actors, "x") == "not_permitted"
    assert code(keep, drop, no_deleting, "x") == "not_permitted"


@pytest.mark.every_database
def test_a_refusal_on_the_way_leaves_everything_as_it_was(all_rows: Any, monkeypatch: Any) -> None:
    keep, drop = publish_actor(), publish_actor(rows={"alias": [{}]})
    publish_case(rows={"participation": [{"actor": drop}]})
    before = all_rows()
    monkeypatch.setattr("publishing.actions.retracting.rules.why_not_retract",
                        lambda *_: Refusal("no", "No."))  # fmt: skip

    with pytest.raises(Refusal):
        merge(keep, drop)

    assert all_rows() == before


def test_a_plan_that_no_longer_holds_is_not_carried_out() -> None:
    keep, drop = publish_actor(), publish_actor()
    seen = plan_merge(keep, drop).fingerprint
    publish_case(rows={"participation": [{"actor": drop}]})

    with pytest.raises(Refusal) as refused:
        merge(keep, drop, seen=seen)

    assert refused.value.code == "moved_on"
    assert Actor.objects.filter(pk=drop.pk).exists()
