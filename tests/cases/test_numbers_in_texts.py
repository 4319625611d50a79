"""A text says how many cases or initiatives a list holds, and the number stays true."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from publishing import prose_numbers
from publishing.actions import publishing, retracting
from publishing.models.search import plain
from publishing.prose_numbers import numbers_at
from publishing.refusals import Unready
from publishing.rules.readiness import dangling_links, uncounted_numbers
from publishing.templatetags.reading import prose
from tests.factories import (
    an_account,
    edited,
    proposal_of,
    publish,
    publish_actor,
    publish_case,
    publish_change,
    publish_initiative,
    publish_page,
    publish_theme,
    snapshot_of,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
HOLDING = "/en/cases/?outcome=holding"


def publish_holding(number: int, **fields: Any) -> list[Any]:
    """So many cases that hold."""
    said = {"outcome": "holding", "outcome_as_of": "2020", **fields}
    return [publish_case(slug=f"holds-{one}", **said) for one in range(number)]


def page_at(client: Client, address: str) -> Document:
    """The page at the address."""
    return Document.of(client.get(address).content.decode())


def shown(text: str, language: str = "en", **columns: str) -> Any:
    """The link in a page with this text, in the language."""
    page = publish_page(**{"body_en": text, "body_ar": text, "body_fr": text, **columns})
    with translation.override(language):
        return Document.of(prose(page, "body")).one("a")


@pytest.mark.every_database
@pytest.mark.parametrize(
    "address, number",
    [
        (HOLDING, "2"),
        ("/en/cases/", "3"),
        ("/en/cases/?outcome=-holding", "1"),
        ("/en/cases/?outcome=holding&mediator=league", "1"),
        ("/en/cases/?mediator=none", "2"),
        ("/en/cases/?since=1980&until=1990", "1"),
        ("/en/cases/?q=called", "1"),
        ("/en/cases/?outcome=holding&sort=-lasted&as=cards&page=7", "2"),
        ("/en/cases/?outcome=collapsed", "0"),
        ("/en/initiatives/", "1"),
        ("/en/initiatives/?theme=roads", "1"),
        ("/en/initiatives/?theme=-roads", "0"),
        ("/en/cases/?outcome=holding#list", "2"),
        (f"{settings.SITE_URL}{HOLDING}", "2"),
    ],
)
def test_a_link_to_a_list_says_how_many_it_holds(address: str, number: str) -> None:
    league = publish_actor(slug="league", title_en="League")
    mediated = {"participation": [{"actor": league, "role": "mediator"}]}
    publish_case(
        rows=mediated, title_en="Called", outcome="holding", outcome_as_of="2020", declared_on="2011"
    )
    publish_holding(1, declared_on="2012")
    publish_case(slug="other", title_en="Other", declared_on="1985")
    publish_initiative(main_theme=publish_theme(slug="roads"))

    assert shown(f"Of them [#]({address}) are so.").text == number


@pytest.mark.parametrize("written_in", ["en", "ar", "fr"])
def test_a_list_in_another_language_is_a_page_of_the_casebook(written_in: str) -> None:
    linking = snapshot_of("page", body_en=f"So [#](/{written_in}/cases/?outcome=holding).")

    assert [*dangling_links(linking), *uncounted_numbers(linking)] == []


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("written_in", ["en", "ar", "fr"])
def test_it_leads_to_the_list_in_the_language_of_the_page(language: str, written_in: str) -> None:
    publish_holding(2)

    link = shown(f"So [#](/{written_in}/cases/?outcome=holding).", language)

    assert (link["href"], link.text) == (f"/{language}/cases/?outcome=holding", "2")


@pytest.mark.parametrize("language, number", [("en", "1,234"), ("ar", "1,234"), ("fr", "1\u202f234")])
def test_it_is_written_as_the_language_writes_numbers(
    monkeypatch: pytest.MonkeyPatch, language: str, number: str
) -> None:
    monkeypatch.setattr(prose_numbers, "numbers_at", lambda addresses: dict.fromkeys(addresses, 1234))

    assert shown(f"So [#]({HOLDING}).", language).text == number


def test_in_a_text_of_another_language_it_is_written_as_that_text_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose_numbers, "numbers_at", lambda addresses: dict.fromkeys(addresses, 1234))

    link = shown(f"So [#]({HOLDING}).", "fr", body_fr="", body_ar="")

    assert (link["href"], link.text) == ("/fr/cases/?outcome=holding", "1,234")


WRONG = [
    "/en/cases/?outcome=gone",
    "/en/cases/?mediator=nobody-there",
    "/en/cases/?colour=red",
    "/en/cases/?since=9",
    "/en/cases/?outcome=holding&outcome=-holding",
    "/en/cases/?q=%00",
    "/en/cases/?mediator=%00",
    "/en/cases/%00",
    "/en/cases/?mediator=%ED%A0%80",
    "/en/cases/?" + "a&" * 1001 + "b=c",
    f"/en/cases/?since={'9' * 400}",
    "/en/cases/map/",
    "/en/sources/",
    "/en/actors/",
    "/en/nothing/",
    "/de/cases/",
    "/cases/",
    "/",
]


@pytest.mark.every_database
@pytest.mark.parametrize("address", WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_counted_is_refused_and_shown_as_the_list(address: str) -> None:
    publish_holding(1)
    text = f"Of them [#]({address}) are so."

    [refused] = uncounted_numbers(snapshot_of("page", body_en=text))

    assert refused.code == "uncounted_number"
    assert "copy its address" in refused.message
    assert shown(text).text == "the list"


def test_it_is_refused_where_a_proposal_is_published() -> None:
    wrong = proposal_of(snapshot_of("page", body_en="So [#](/en/cases/?colour=red)."), override_reason="")

    with pytest.raises(
        Unready, match=r"/en/cases/\?colour=red\. Open the list, choose, and copy its address"
    ):
        publishing.publish(wrong, by=an_account())


def test_of_very_many_lists_the_first_are_counted() -> None:
    addresses = [f"/en/cases/?since={year}" for year in range(1500, 2000)]

    assert [*numbers_at(addresses).values()] == [0] * 100 + [None] * 400


def test_two_entries_of_one_name_are_no_answer() -> None:
    for slug in ("one", "two"):
        actor = publish_actor(slug=slug, title_en="League")
        publish_case(slug=slug, rows={"participation": [{"actor": actor, "role": "mediator"}]})

    numbers = numbers_at(["/en/cases/?mediator=League", "/en/cases/?mediator=one"])

    assert [*numbers.values()] == [None, 1]


@pytest.mark.parametrize(
    "text",
    [
        f"So [#]({HOLDING}) and [two](/en/cases/?colour=red).",
        "[#](https://elsewhere.example/en/cases/)",
        "[#](//elsewhere.example/)",
        "`[#](/en/nothing/)`",
        f"# A heading\n\n[#]({HOLDING}) [# 1](/en/nothing/)",
        "",
    ],
)
def test_nothing_else_is_refused(text: str) -> None:
    assert [*uncounted_numbers(snapshot_of("page", body_en=text))] == []


@pytest.mark.parametrize(
    "text, words",
    [
        ("[#](https://elsewhere.example/)", "#"),
        ("[# 1](/en/cases/)", "# 1"),
        ("[**#**](/en/cases/)", "#"),
        ("[cases](/en/cases/)", "cases"),
    ],
)
def test_other_links_stay_as_they_are_written(text: str, words: str) -> None:
    assert shown(f"See {text}.").text == words


def test_what_becomes_wrong_later_shows_no_number() -> None:
    league = publish_actor(slug="league", title_en="League")
    case = publish_case(rows={"participation": [{"actor": league, "role": "mediator"}]})
    page = publish_page(body_en="So [#](/en/cases/?mediator=league).")
    before = Document.of(prose(page, "body")).one("a").text

    retracting.retract(case, by=an_account(), reason="Wrong.", language="en")

    after = Document.of(prose(page, "body")).one("a")
    assert (before, after.text, after["href"]) == ("1", "the list", "/en/cases/?mediator=league")


def test_many_numbers_are_counted_in_as_many_queries_as_one(client: Client) -> None:
    publish_holding(3)
    one = publish_page(slug="one", body_en=f"[#]({HOLDING})")
    links = " ".join(
        f"[#](/en/cases/?outcome=-holding&since={year}) [#]({HOLDING}&until={year})"
        for year in range(1990, 2010)
    )
    many = publish_page(slug="many", body_en=links)

    def asked(page: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(page.get_absolute_url())
        return len(captured)

    asked(one)
    assert asked(many) == asked(one) > 1


def test_a_preview_counts_what_the_proposal_would_change(editor: Any, client: Client) -> None:
    case = publish_case(narrative_en=f"So [#]({HOLDING}) hold.")
    changed = edited(case, outcome="holding", outcome_as_of="2020")
    proposal = proposal_of(changed, base=case.revisions.latest("number"), by=editor)
    client.force_login(editor)

    page = page_at(client, f"/en/admin/publishing/proposal/{proposal.pk}/preview/en/")

    assert page.one("a", href=HOLDING).text == "1"
    assert numbers_at([HOLDING]) == {HOLDING: 0}


def test_an_old_record_counts_today_and_says_so(client: Client) -> None:
    case = publish_case(narrative_en=f"So [#]({HOLDING}) hold.")
    publish_change(case, outcome="holding", outcome_as_of="2020")
    publish_holding(1)

    now = page_at(client, case.get_absolute_url()).one("a", href=HOLDING)
    then = page_at(client, f"{case.get_absolute_url()}?as_of=1").one("a", href=HOLDING)

    assert (now.text, "title" in now.attributes) == ("2", False)
    assert (then.text, then["title"]) == ("2", "Counted today, not at the time of this record")


def test_the_description_of_a_page_says_the_number(client: Client) -> None:
    publish_holding(2)
    page = publish_page(slug="said", summary_en=f"So [#]({HOLDING}) hold, and [#](/en/nothing/).")

    head = page_at(client, page.get_absolute_url()).one("meta", name="description")

    assert head["content"] == "So 2 hold, and the list."


def test_a_search_keeps_no_number_that_grows_old() -> None:
    assert plain(f"So [#]({HOLDING}), then [ # ](</en/cases/>).") == "So …, then …."
    assert plain("# 1\n\n[# 2](/en/cases/) [of all](/en/cases/)") == "1 2 of all"


@pytest.mark.parametrize("kind, box", [("case", "narrative"), ("pillar", "summary"), ("page", "body")])
def test_the_desk_says_how_below_the_boxes_of_markdown(
    client: Client, editor: Any, kind: str, box: str
) -> None:
    client.force_login(editor)
    app = {"case": "cases", "pillar": "pillars", "page": "portal"}[kind]
    fields = client.get(f"/en/admin/{app}/{kind}/add/").context["adminform"].form.fields

    helped = {name for name, field in fields.items() if "[#](/en/cases/?outcome=holding)" in field.help_text}
    assert f"{box}_en" in helped
    assert not helped & {f"{box}_ar", f"{box}_fr", "title_en"}


def test_published_text_stays_as_it_was_written() -> None:
    text = f"So [#]({HOLDING})."

    assert publish(snapshot_of("page", body_en=text)).revisions.get().snapshot["fields"]["body_en"] == text
