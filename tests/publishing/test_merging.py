"""Merging two entries: all references move, and nothing that was said of either is lost."""

import pytest
from django.core.management import call_command

from publishing import snapshots
from publishing.duplicates.plan import plan_merge
from publishing.duplicates.rewriting import rewritten
from publishing.models import Entry
from publishing.vocabulary import ChangeClass
from tests.factories import (
    key,
    newest,
    publish_actor,
    publish_case,
    publish_change,
    publish_initiative,
    publish_pillar,
    publish_source,
    publish_theme,
    snapshot_of,
)
from tests.publishing.merges import merge, rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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


def test_what_sources_say_of_a_party_they_say_of_the_one_that_is_kept() -> None:
    keep, drop = publish_actor(), publish_actor()
    rows_of_case = {
        "participation": [{"id": (party := key()), "actor": drop}],
        "claim": [{"source": publish_source(), "about": f"participation/{party}"}],
    }
    case = publish_case(rows=rows_of_case)

    merge(keep, drop)

    assert [row["actor"] for row in rows(case, "participation")] == [str(keep.pk)]
    assert [claim["stance"] for claim in rows(case, "claim")] == ["supports"]


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
