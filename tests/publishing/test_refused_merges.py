"""Who may merge what; a merge that is refused leaves everything as it was."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from cases.models import Actor
from publishing.actions import retracting
from publishing.duplicates.plan import plan_merge
from publishing.duplicates.rules import why_not_merge
from publishing.models import Entry
from publishing.rules import Refusal
from tests.factories import an_account, publish_actor, publish_case, publish_theme
from tests.publishing.merges import merge

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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
