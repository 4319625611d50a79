"""How a kept answer is cited, what programs are told of it, and what it costs."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import past_cases, past_lists
from publishing.models import Entry, Revision
from tests.factories import publish_actor, publish_case, publish_change, publish_place
from tests.portal.fronts import a_front, ask, rendered
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


@pytest.fixture
def libya() -> Entry:
    return publish_place(slug="libya", title_en="Libya", iso_code="LBY")


# --- how it is cited ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page, view", [("", ""), ("map/", "map"), ("timeline/", "timeline"), ("figures/", "figures")]
)
def test_each_view_is_cited_by_its_title_and_leads_back_to_it(client: Client, page: str, view: str) -> None:
    publish_case()
    here = client.get(f"/en/cases/{page}?outcome=unknown")
    work = here.context["view"].work()

    kept = client.get(work.path)

    assert kept.context["heading"] == here.context.get("heading", "Ceasefire cases")
    assert kept.context["current"] == f"http://localhost:8000/en/cases/{page}?outcome=unknown"
    assert kept.context["view"].work() == work
    assert bool(kept.context["panel"]) == (view == "figures")


def test_archives_and_search_engines_are_told_what_it_is(client: Client) -> None:
    publish_case()
    number = number_now()
    page = answer(client, number, "outcome=unknown&sort=title&page=1")
    document = Document.of(page.content.decode())

    assert page["Memento-Datetime"].endswith("GMT")
    assert page["Link"] == '<http://localhost:8000/en/cases/?outcome=unknown>; rel="original"'
    [canonical] = [one["href"] for one in document.all("link", rel="canonical")]
    assert canonical == f"http://localhost:8000/en/cases/answers/{number}/?outcome=unknown"
    assert [one["content"] for one in document.all("meta", name="robots")] == ["noindex"]


@pytest.mark.parametrize(
    "query, wrong",
    {
        "zzz=1": "zzz", "view=globe": "view", "view=map&view=figures": "view", "page=7": "page", "page=x": "page",
        "outcome=zzz": "outcome", "country=nowhere": "country", "q=" + "x" * 900: "q", "since=20x0": "since",
        "country=%ED%A0%80": "country",
    }.items(),
)  # fmt: skip
def test_what_is_not_understood_is_said(client: Client, query: str, wrong: str) -> None:
    publish_case()

    page = answer(client, number_now(), query)

    assert [name for name, _value in page.context["not_understood"]] == [wrong]


def test_an_empty_casebook_keeps_no_answer(client: Client) -> None:
    assert client.get("/en/cases/").context["view"].work().publication is None
    assert client.get("/en/cases/answers/1/").status_code == 404


def test_of_very_many_cases_no_answer_is_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_case()
    monkeypatch.setattr(past_lists, "MOST_ROWS", 1)
    number = number_now()
    assert client.get("/en/cases/").context["view"].work().publication == number
    publish_case()

    assert client.get("/en/cases/").context["view"].work().publication is None
    assert client.get(f"/en/cases/answers/{number_now()}/").status_code == 404
    assert slugs(answer(client, number))


# --- what it costs --------------------------------------------------------------------------------


def questions(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_an_answer_of_many_cases_asks_the_database_no_more_often(client: Client, libya: Entry) -> None:
    actor = publish_actor(slug="qatar")
    rows = {"participation": [{"actor": actor, "role": "mediator"}]}
    cases = [publish_case(countries=[libya], rows=rows)]
    one = number_now()
    publish_change(cases[0], outcome="expired", outcome_as_of="2020")
    asked = "country=libya&mediator=qatar"
    of_one = questions(client, f"/en/cases/answers/{one}/?{asked}")
    cases += [publish_case(countries=[libya], rows=rows) for _number in range(19)]
    many = number_now()
    for case in cases:
        publish_change(case, declared_on="2001")

    assert questions(client, f"/en/cases/answers/{many}/?{asked}") == of_one


@pytest.mark.django_db(transaction=True)
def test_what_was_is_read_once_and_the_page_kept_until_it_changes(
    libya: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = publish_case(slug="a", title_en="A truce", countries=[libya])
    address = f"/en/cases/answers/{number_now()}/?country=libya"
    gathered: list[Any] = []
    gather = past_cases._PAST.gather
    monkeypatch.setattr(past_cases._PAST, "gather", lambda *key: gathered.append(key) or gather(*key))
    past_cases._PAST._kept.clear()
    front = a_front()
    first, second = ask(front, address), ask(front, address)
    publish_change(case, outcome="expired", outcome_as_of="2020")

    third = ask(front, address)

    assert first.body == second.body
    assert (rendered(front), front.counts["kept"], len(gathered)) == (2, 1, 1)
    assert "Expired" in third.body.decode()
    assert "Expired" not in first.body.decode()
