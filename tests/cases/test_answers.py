"""A cited answer of the list of cases stays what it was, and says how it has changed since."""

from typing import Any

import pytest
from django.test import Client

from publishing.actions import retracting
from publishing.models import Entry, Revision
from tests.factories import (
    key,
    publish_actor,
    publish_case,
    publish_change,
    publish_place,
    publish_source,
    publish_theme,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def number_now() -> int:
    """The number of the newest publication."""
    return Revision.objects.latest("pk").pk


def answer(client: Client, number: int, query: str = "") -> Any:
    page = client.get(f"/en/cases/answers/{number}/{'?' if query else ''}{query}")
    assert page.status_code == 200, page.get("Location")
    return page


def slugs(page: Any) -> list[str]:
    return [row.row.slug for row in page.context["rows"]]


def moved(page: Any, how: str) -> list[str]:
    return [one.entry.slug for one in getattr(page.context["since"], how)]


@pytest.fixture
def libya() -> Entry:
    return publish_place(slug="libya", title_en="Libya", iso_code="LBY")


@pytest.mark.every_database
def test_the_list_leads_to_an_address_that_keeps_its_answer(client: Client, libya: Entry) -> None:
    early = publish_case(
        slug="early", countries=[libya], declared_on="2001", outcome="holding", outcome_as_of="2002"
    )
    publish_case(slug="elsewhere", declared_on="2003")
    work = client.get("/en/cases/?country=libya&zzz=1&page=1").context["view"].work()

    publish_case(slug="late", countries=[libya], declared_on="2020")
    publish_change(early, outcome="collapsed")
    page = client.get(work.path)

    assert work.title == "Ceasefire cases (Country: Libya): 1 of 2"
    assert (work.day, work.publication) == (
        Revision.objects.get(pk=work.publication).created_at.date(),
        number_now() - 2,
    )
    assert slugs(page) == ["early"]
    assert page.context["rows"][0].row.outcome == "holding"
    assert (page.context["answer"].number, page.context["answer"].of_all) == (1, 2)
    assert page.context["answer"].number_now == 2
    assert moved(page, "came") == ["late"]
    assert moved(page, "changed") == ["early"]
    assert page.context["since"].went == []


def test_it_says_which_of_the_asked_values_changed(client: Client, libya: Entry) -> None:
    qatar, egypt = (
        publish_actor(slug="qatar", title_en="Qatar"),
        publish_actor(slug="egypt", title_en="Egypt"),
    )
    rows = {"participation": [{"actor": qatar, "role": "mediator"}]}
    stays = publish_case(slug="stays", rows=rows, declared_on="2001", finding_en="Before")
    goes_row = key()
    goes = publish_case(
        slug="goes", rows={"participation": [{"actor": qatar, "role": "mediator", "id": goes_row}]}
    )
    number = number_now()

    publish_change(stays, finding_en="After", declared_on="2002")
    publish_change(goes, rows={"participation": [{"actor": egypt, "role": "mediator", "id": goes_row}]})
    page = answer(client, number, "mediator=qatar")

    assert moved(page, "went") == ["goes"]
    [changed] = page.context["since"].changed
    assert [line.path for line in changed.lines] == ["declared_on"]
    assert changed.address == "/en/cases/stays/history/2/?with=1"
    [line] = page.context["since"].went[0].lines
    assert line.path == f"participation/{goes_row}"
    text = Document.of(page.content.decode()).text
    assert "Qatar" in text
    assert "Egypt" in text


def test_what_changed_beside_the_question_is_no_change_of_the_answer(client: Client) -> None:
    case = publish_case(slug="a", finding_en="Before")
    number = number_now()
    publish_change(case, finding_en="After")

    page = answer(client, number)

    assert page.context["since"].is_nothing
    assert "The same cases match" in page.content.decode()


@pytest.mark.every_database
def test_words_memberships_regions_themes_and_years_are_asked_of_what_was(
    client: Client, libya: Entry
) -> None:
    league = publish_actor(slug="league", actor_type="intergovernmental")
    member = publish_actor(slug="member", rows={"membership": [{"organisation": league}]})
    organ = publish_actor(slug="organ", part_of=league, actor_type="intergovernmental")
    theme = publish_theme(slug="access")
    case = publish_case(
        slug="a", title_en="The truce of Tripoli", countries=[libya], themes=[theme], declared_on="2001", ended_on="2003",
        rows={"participation": [{"actor": member, "role": "signatory"}, {"actor": organ, "role": "mediator"}],
              "mechanism": [{"actor": organ, "mechanism_type": "monitoring"}]},
    )  # fmt: skip
    number = number_now()
    publish_change(
        case, title_en="Another name", themes=[], declared_on="2010", ended_on="2011", countries=[]
    )

    for query in (
        "q=tripoli", "region=", "country=libya", "theme=access", "since=2002&until=2003", "parties_in=league",
        "mediator=league", "actor=organ&role=mediator", "monitoring=international", "country=-libya&country=", "",
    ):  # fmt: skip
        found = slugs(answer(client, number, query))
        assert found == ([] if query.startswith("country=-") else ["a"]), query
    assert slugs(answer(client, number, "q=another")) == []
    assert slugs(answer(client, number, "since=2010")) == []


def test_an_entry_that_was_renamed_is_still_meant(client: Client, libya: Entry) -> None:
    publish_case(slug="a", countries=[libya])
    number = number_now()
    publish_change(libya, slug="state-of-libya", title_en="The State of Libya")

    page = answer(client, number, "country=libya")

    assert (slugs(page), page.context["not_understood"]) == (["a"], [])
    assert page.context["current"].endswith("/en/cases/?country=state-of-libya")


@pytest.mark.every_database
def test_of_what_was_retracted_nothing_is_told_but_that_it_was(
    client: Client, editor: Any, libya: Entry
) -> None:
    case = publish_case(
        slug="a", title_en="A truce", countries=[libya], outcome="holding", outcome_as_of="2020"
    )
    publish_case(slug="b", countries=[libya])
    number = number_now()
    assert answer(client, number, "country=libya").context["answer"].number == 2

    retracting.retract(case, by=editor, reason="It never happened.", language="en")
    for query in ("country=libya", "outcome=holding", "outcome=collapsed"):
        page = answer(client, number, query)
        assert "a" not in slugs(page)
        assert [one.slug for one in page.context["answer"].retracted] == ["a"]
        assert page.context["answer"].of_all == 1
        assert "is retracted now" in page.content.decode()
    assert [page.context["since"].came, page.context["since"].went] == [[], []]


def test_a_number_between_leads_to_the_publication_that_counts(client: Client) -> None:
    publish_case()
    number = number_now()
    publish_source()

    page = client.get(f"/en/cases/answers/{number_now()}/?outcome=unknown&view=map")

    assert (page.status_code, page["Location"]) == (
        302,
        f"/en/cases/answers/{number}/?outcome=unknown&view=map",
    )


@pytest.mark.parametrize("number", [0, 999, 10**30])
def test_what_was_never_published_is_not_found(client: Client, number: int) -> None:
    publish_case()

    assert client.get(f"/en/cases/answers/{number}/").status_code == 404
    assert client.get(f"/en/cases/answers/{number}/cite.bib").status_code == 404


def test_a_retraction_before_is_no_case_of_then(client: Client, editor: Any) -> None:
    publish_case(slug="stays")
    case = publish_case(slug="a")
    first = newest_of(case)
    retracting.retract(case, by=editor, reason="It never happened.", language="en")
    number = number_now()
    retracting.restore(first, by=editor, note="It did.", language="en")

    page = answer(client, number)

    assert slugs(page) == ["stays"]
    assert moved(page, "came") == ["a"]


def newest_of(entry: Entry) -> Revision:
    return Revision.objects.filter(entry_id=entry.pk).latest("pk")
