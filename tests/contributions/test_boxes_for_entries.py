"""Where a list of the public form would hold too many entries, a box takes the name of one."""

import pytest
from django.test import Client

from cases.models import Case
from contributions.form import fields
from tests.contributions.conftest import Sender, the_only_one
from tests.factories import publish_actor, publish_case
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NEW_PARTY = "participation/new"
ACTOR, ROLE = "f:participation/new/actor", "f:participation/new/role"


@pytest.fixture(autouse=True)
def _two_are_too_many_for_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "MOST_LISTED", 1)


@pytest.fixture
def truce() -> Case:
    """A case of two actors whose names share a word."""
    actors = [publish_actor(title_en=f"{one} Front", title_ar=f"جبهة {one}") for one in ("North", "South")]
    return publish_case(rows={"participation": [{"actor": one} for one in actors]})


def actor_of(name: str) -> str:
    [actor] = [one.actor for one in Case.objects.get().participations.all() if one.actor.title_en == name]
    return str(actor.pk)


@pytest.mark.every_database
@pytest.mark.parametrize("typed", ["North Front", "  north  front ", "north", "جبهه north"])
def test_a_name_in_any_spelling_is_taken(truce: Case, sender: Sender, typed: str) -> None:
    answer = sender.send(truce, NEW_PARTY, **{ACTOR: typed, ROLE: "mediator"})

    assert answer.status_code == 302, answer.context["form"].errors
    rows = the_only_one().proposal.wanted["rows"]["participation"].values()
    assert actor_of("North Front") in {row["actor"] for row in rows if row["role"] == "mediator"}


def test_of_several_that_answer_one_is_chosen_in_a_list(truce: Case, sender: Sender) -> None:
    answer = sender.send(truce, NEW_PARTY, **{ACTOR: "front", ROLE: "mediator"})

    assert "Several names hold it: choose one of them." in answer.content.decode()
    options = [
        one for one in Document.of(answer.content.decode()).all("option") if one.above[-1]["name"] == ACTOR
    ]
    assert next(one["value"] for one in options) == "front"
    assert {one.text.split(" · ")[0] for one in options[1:]} == {"North Front", "South Front"}
    chosen = next(one["value"] for one in options if one.text.startswith("South Front"))
    assert sender.send(truce, NEW_PARTY, **{ACTOR: chosen, ROLE: "mediator"}).status_code == 302


def test_what_nobody_is_called_stays_in_the_box(truce: Case, sender: Sender) -> None:
    answer = sender.send(truce, NEW_PARTY, **{ACTOR: "nobody", ROLE: "mediator"})

    assert "Nothing here has that name." in answer.content.decode()
    assert Document.of(answer.content.decode()).one("input", name=ACTOR)["value"] == "nobody"


def test_the_box_of_a_row_holds_the_name_and_sent_untouched_changes_nothing(
    truce: Case, client: Client, sender: Sender
) -> None:
    part = truce.participations.select_related("actor").all()[0]
    at = f"participation/{part.pk}"

    page = client.get(sender.address(truce, at)).content.decode()
    sent = sender.send(truce, at, **{f"f:{at}/remark_en": "Since May"})

    assert Document.of(page).one("input", name=f"f:{at}/actor")["value"] == part.actor.title_en
    assert sent.status_code == 302, sent.context["form"].errors
    assert the_only_one().proposal.wanted["rows"]["participation"][str(part.pk)]["actor"] == str(
        part.actor_id
    )
