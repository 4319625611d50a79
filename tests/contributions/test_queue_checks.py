"""What a moderator is told of a proposal before deciding it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from contributions.models import BlockedHost, BlockedWord, Contribution
from publishing.actions import reviewing
from publishing.fields.deceptive_text import mixed_script_words
from publishing.fields.invisible import invisible_in
from sources.actions import record_link_check
from sources.links import LinkResponse
from sources.vocabulary import LinkResult
from tests.factories import (
    a_contribution,
    an_account,
    edited,
    newest,
    publish_change,
    publish_source,
    publish_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def desk(db: None) -> Client:
    client = Client()
    client.force_login(an_account("moderator", is_staff=True, is_superuser=True))
    return client


def found(desk: Client, one: Contribution) -> dict[str, str]:
    """What the page says there is to look at, by its code."""
    page = desk.get(reverse("admin:contributions_contribution_change", args=[one.pk]))
    text = page.content.decode()
    for finding in page.context["findings"]:
        assert f"is-{finding.code}" in text
    return {finding.code: finding.message for finding in page.context["findings"]}


def of(entry: Any, said: dict[str, Any] | None = None, **changes: Any) -> Contribution:
    return a_contribution(edited(entry, **changes), base=newest(entry), **(said or {}))


def test_nothing_is_said_where_there_is_nothing_to_look_at(desk: Client) -> None:
    assert found(desk, of(publish_theme(), summary_en="The fighting stopped; القتال توقف.")) == {}


def test_what_came_between_is_told_apart(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    one = of(theme, summary_en="Mine.", summary_fr="Pareil.", summary_ar="لي")
    publish_change(theme, summary_en="Theirs.", summary_fr="Pareil.")

    said = found(desk, one)

    assert {*said} == {"stale", "already", "conflict"}
    assert "revision 2" in said["stale"]
    assert "(French)" in said["already"]
    assert "(English)" in said["conflict"]


def test_what_the_record_says_already_is_overtaken(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    one = of(theme, summary_en="After.")
    publish_change(theme, summary_en="After.")

    assert {*found(desk, one)} == {"overtaken"}


def test_another_open_proposal_on_the_same_fact_is_linked(desk: Client) -> None:
    theme = publish_theme()
    one, same, other = (
        of(theme, **what) for what in ({"summary_en": "A"}, {"summary_en": "B"}, {"summary_fr": "C"})
    )

    page = desk.get(reverse("admin:contributions_contribution_change", args=[one.pk]))

    linked = [finding.address for finding in page.context["findings"] if finding.code == "duplicate"]
    assert linked == [reverse("admin:publishing_proposal_change", args=[same.proposal_id])]
    assert str(other.proposal_id) not in page.content.decode()


def test_another_that_was_decided_is_no_duplicate(desk: Client) -> None:
    theme = publish_theme()
    one, same = of(theme, summary_en="A"), of(theme, summary_en="B")
    reviewing.decline(same.proposal, by=an_account(), reason="unclear", note="No.")

    assert "duplicate" not in found(desk, one)


@pytest.mark.parametrize("four_eyes", [True, False])
@pytest.mark.parametrize(
    "changes, is_protected",
    [
        ({"outcome": "collapsed", "outcome_as_of": "2021"}, True),
        ({"declared_on": "2020-10-24"}, False),
    ],
)
def test_protected_facts_are_named(
    desk: Client, case: Case, settings: Any, changes: dict, is_protected: bool, four_eyes: bool
) -> None:
    settings.FOUR_EYES = four_eyes

    said = found(desk, of(case, **changes))

    assert ("protected" in said) is is_protected
    assert ("Two moderators" in said.get("protected", "")) is (is_protected and four_eyes)


@pytest.mark.parametrize("row, is_protected", [({"killed": 3}, True), ({}, False)])
def test_of_breaches_the_casualties_are_protected(
    desk: Client, case: Case, row: dict, is_protected: bool
) -> None:
    wanted = edited(case, {"breach": [{"incidents": 1, **row}]})

    assert ("protected" in found(desk, a_contribution(wanted, base=newest(case)))) is is_protected


def test_parties_are_protected(desk: Client, case: Case) -> None:
    wanted = edited(case)
    wanted["rows"]["participation"] = {}

    assert "protected" in found(desk, a_contribution(wanted, base=newest(case)))


def test_what_is_outside_the_vocabulary_is_said(desk: Client, case: Case) -> None:
    assert "vocabulary" in found(desk, of(case, sidedness="threefold"))


@pytest.mark.parametrize(
    "first, second, is_wrong",
    [
        ("2020-10-23", "2020-10-22", True),
        ("2020-10-23", "2020-09", True),
        ("2020-10-23", "2020-10", False),
        ("2020", "2020-01-01", False),
        ("2020-10-23", "2020-10-23", False),
    ],
)
def test_dates_out_of_order_are_said(
    desk: Client, case: Case, first: str, second: str, is_wrong: bool
) -> None:
    assert ("dates" in found(desk, of(case, declared_on=first, in_force_on=second))) is is_wrong


@pytest.mark.parametrize("where", ["reason", "source_reference", "source_quotation", "summary_en"])
@pytest.mark.parametrize(
    "text, code", [("It l\u0430sted", "mixed"), ("It \u202elasted", "hidden"), ("It\u200b lasted", "hidden")]
)
def test_texts_that_are_not_what_they_seem_are_found_wherever_they_stand(
    desk: Client, where: str, text: str, code: str
) -> None:
    theme = publish_theme()
    one = of(theme, summary_en=text) if where == "summary_en" else of(theme, {where: text}, summary_en="New.")

    assert code in found(desk, one)


@pytest.mark.parametrize(
    "text",
    [
        "وقف إطلاق النار",
        "می\u200cشود",
        "Ελλάδα and Россия",
        "naïve café",
        "line\nbreak\ttab",
        "UNSC 2559",
        "سنة \u0601 2020",
        "\u0600 12",
        "الآية \u06dd 35",
    ],
)
def test_honest_texts_are_left_alone(text: str) -> None:
    assert (invisible_in(text), mixed_script_words(text)) == ([], [])


def test_blocked_words_and_sites_are_said(desk: Client) -> None:
    by = an_account()
    BlockedWord.objects.create(word="casino", by=by)
    BlockedHost.objects.create(host="spam.example", by=by)

    said = found(
        desk, of(publish_theme(), {"source_reference": "https://www.spam.example/a"}, summary_en="A casino")
    )

    assert {*said} == {"blocked_word", "blocked_host"}


@pytest.mark.parametrize("result, is_dead", [(LinkResult.GONE, True), (LinkResult.WORKS, False)])
def test_a_link_that_is_known_to_be_dead_is_said_without_asking_the_web(
    desk: Client, result: LinkResult, is_dead: bool
) -> None:
    source = publish_source(url="https://www.un.org/a")
    record_link_check(source, source.url, LinkResponse(result, 404 if is_dead else 200))

    said = found(desk, of(publish_theme(), {"source_reference": "https://www.un.org/a"}, summary_en="x"))

    assert ("dead" in said) is is_dead


def test_what_else_the_sender_sent_is_listed(desk: Client) -> None:
    mine = [of(publish_theme(title_en=f"Title {n}"), {"sender": "aaaa"}, summary_en="x") for n in range(3)]
    of(publish_theme(title_en="Of another"), {"sender": "bbbb"}, summary_en="x")

    page = desk.get(reverse("admin:contributions_contribution_change", args=[mine[0].pk])).content.decode()

    assert all(f"Title {n}" in page for n in range(3))
    assert "2 more from this sender" in page
    assert "Of another" not in page


def test_of_erased_senders_nobody_guesses_what_else_they_sent(desk: Client) -> None:
    one, _other = (of(publish_theme(), {"sender": ""}, summary_en="x") for _ in range(2))

    page = desk.get(reverse("admin:contributions_contribution_change", args=[one.pk]))

    assert page.context["sender"].other_count == 0
