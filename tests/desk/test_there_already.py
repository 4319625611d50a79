"""Who is about to add what exists already is told, and not stopped."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from publishing.actions import drafting, retracting
from publishing.models import Entry, Proposal
from tests.desk.sheets import Sheet
from tests.factories import (
    a_contribution,
    an_account,
    edited,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_source,
    publish_theme,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SAID = {"note": "New.", "note_language": "en", "change_class": "addition"}
TITLES = ["United Nations", "united nations", "The UN", "Nations Unies", "«United Nations»"]
BUTTONS = ["_submit", "_save"]


def told(answer: Any) -> list[str]:
    """The warnings that the next page shows."""
    return [str(one) for one in get_messages(answer.wsgi_request) if one.level_tag == "warning"]


@pytest.fixture
def united_nations(db: None) -> Entry:
    return publish_actor(
        title_en="United Nations", title_fr="Nations unies", slug="united-nations",
        rows={"alias": [{"name": "The UN"}]},
    )  # fmt: skip


@pytest.mark.parametrize(
    "title, button",
    [
        *(pytest.param(one, "_draft", marks=pytest.mark.every_database) for one in TITLES),
        *((TITLES[0], one) for one in BUTTONS),
    ],
)
def test_whoever_saves_a_new_entry_of_the_same_name_is_told(
    desk: Client, united_nations: Entry, title: str, button: str
) -> None:
    answer = Sheet.new(desk, "actor", title_en=title, slug="un-org", actor_type="state").save(**{button: "1"})

    assert answer.status_code == 302
    [warning] = told(answer)
    assert "There is already" in warning
    assert reverse("admin:cases_actor_change", args=[united_nations.pk]) in warning
    assert Proposal.objects.filter(base=None, author__isnull=False).exclude(entry=united_nations).exists()


@pytest.mark.every_database
def test_nobody_is_told_of_another_name_of_another_kind_or_of_the_entry_itself(
    desk: Client, united_nations: Entry
) -> None:
    publish_theme(title_en="League")

    new = Sheet.new(desk, "actor", title_en="League", slug="league", actor_type="state").save(_draft="1")
    change = Sheet.of(desk, united_nations, website="https://www.un.org/").save()

    assert told(new) == told(change) == []


@pytest.mark.every_database
def test_a_source_of_the_same_number_is_told_whatever_it_is_called(desk: Client) -> None:
    publish_source(title_en="A letter", identifier_scheme="un_symbol", identifier="S/2008/392")

    answer = Sheet.new(
        desk, "source", title_en="Letter of 2008", slug="letter", source_type="report",
        identifier_scheme="un_symbol", identifier="s/2008/392",
    ).save()  # fmt: skip

    assert "There is already" in answer.content.decode()
    assert "A letter" in answer.content.decode()


@pytest.mark.every_database
def test_what_was_retracted_is_told_as_such(desk: Client) -> None:
    retracting.retract(publish_theme(title_en="Amnesty"), by=an_account(), reason="No.", language="en")

    answer = Sheet.new(desk, "theme", title_en="Amnesty", slug="amnesty-2").save(_draft="1")

    assert "which was retracted" in told(answer)[0]


@pytest.mark.every_database
def test_an_open_proposal_for_the_same_is_told(desk: Client) -> None:
    waiting = proposal_of(snapshot_of("theme", title_en="Amnesty"))

    answer = Sheet.new(desk, "theme", title_en="AMNESTY", slug="amnesty-2").save(_draft="1")

    assert reverse("admin:publishing_proposal_change", args=[waiting.pk]) in told(answer)[0]


@pytest.mark.every_database
def test_the_form_asks_what_is_there_while_the_title_is_written(desk: Client, united_nations: Entry) -> None:
    page = desk.get("/en/admin/cases/actor/add/")
    address = page.context["alike_address"]

    assert "United Nations" in desk.get(address, {"title": "the un"}).content.decode()
    assert desk.get(address, {"title": "Somebody"}).content == b""
    assert desk.get(address, {"title": "<b>" + "x" * 60_000}).content == b""
    assert f'data-address="{address}"' in page.content.decode()


def test_only_who_may_add_is_answered(united_nations: Entry, client: Client) -> None:
    client.force_login(an_account("reader", is_staff=True))

    assert client.get("/en/admin/cases/actor/alike/", {"title": "The UN"}).status_code == 403


# --- in review -------------------------------------------------------------------------------


@pytest.mark.parametrize("is_public", [True, False])
def test_a_reviewer_of_a_new_entry_is_told(desk: Client, united_nations: Entry, is_public: bool) -> None:
    wanted = snapshot_of("actor", title_en="UNITED NATIONS")
    if is_public:
        page = reverse("admin:contributions_contribution_change", args=[a_contribution(wanted).pk])
    else:
        draft = drafting.begin_draft(wanted, by=an_account(), base=None, **SAID)
        page = reverse("admin:publishing_proposal_change", args=[draft.pk])

    answer = desk.get(page)

    assert [("There is already" in one) for one in answer.context["alike"]] == [True]
    assert reverse("admin:cases_actor_change", args=[united_nations.pk]) in answer.content.decode()


def test_a_reviewer_of_a_change_is_told_nothing_of_its_own_name(desk: Client, united_nations: Entry) -> None:
    one = a_contribution(edited(united_nations, title_ar="الأمم المتحدة"), base=newest(united_nations))

    assert desk.get(reverse("admin:contributions_contribution_change", args=[one.pk])).context["alike"] == []


ROWS: dict[str, tuple[str, dict[str, Any], dict[str, Any], bool]] = {
    "a breach of the same day": ("breach", {"began_on": "2022-08-27"}, {"began_on": "2022-08-27"}, True),
    "a breach of another day": ("breach", {"began_on": "2022-08-27"}, {"began_on": "2022-08-28"}, False),
    "breaches without a day": ("breach", {}, {}, False),
    "an event of the same day": ("event", {"happened_on": "2022-08"}, {"happened_on": "2022-08"}, True),
}


@pytest.mark.parametrize("kind, there, new, is_told", ROWS.values(), ids=ROWS)
def test_a_reviewer_is_told_of_a_row_that_is_there(
    desk: Client, kind: str, there: dict[str, Any], new: dict[str, Any], is_told: bool
) -> None:
    case = publish_case(rows={kind: [there]})
    one = a_contribution(edited(case, {kind: [new]}), base=newest(case))

    page = desk.get(reverse("admin:contributions_contribution_change", args=[one.pk]))

    assert [case.get_absolute_url() in one for one in page.context["alike"]] == [True] * is_told
    assert ("There is already" in page.content.decode()) == is_told


def test_an_editor_is_told_of_a_row_that_is_there(desk: Client) -> None:
    case = publish_case(rows={"breach": [{"began_on": "2022-08-27"}]})

    sheet = Sheet.of(desk, case).add(
        "breaches", breach_type="direct_fire", status="alleged", began_on="2022-08-27"
    )
    answer = sheet.save()

    assert answer.status_code == 302
    assert ["There is already" in one for one in told(answer)] == [True]
    assert case.breaches.count() == 2


def test_a_party_of_the_same_role_is_told_and_of_another_is_not(desk: Client) -> None:
    qatar = publish_actor(title_en="Qatar")
    case = publish_case(rows={"participation": [{"actor": qatar, "role": "mediator"}]})
    notes = {}
    for role in ("mediator", "host"):
        wanted = edited(case, {"participation": [{"actor": qatar, "role": role}]})
        page = desk.get(
            reverse(
                "admin:contributions_contribution_change", args=[a_contribution(wanted, base=newest(case)).pk]
            )
        )
        notes[role] = page.context["alike"]

    assert len(notes["mediator"]) == 1
    assert notes["host"] == []
