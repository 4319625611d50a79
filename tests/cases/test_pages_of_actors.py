"""The page of an actor: in how many cases it had each role, and what it gave for reconstruction."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Actor
from publishing.views import entries
from tests.factories import publish_actor, publish_case, publish_initiative, publish_theme
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def acts(actor: Actor, *roles: str, **fields: str) -> None:
    publish_case(rows={"participation": [{"actor": actor, "role": role} for role in roles]}, **fields)


def read(client: Client, actor: Actor) -> Document:
    return Document.of(client.get(actor.get_absolute_url()).content.decode())


def chips(document: Document) -> dict[str, str]:
    """Where the roles lead, and what they say."""
    [found] = document.all("ul", class_="chips")
    links = [link for link in document.all("a") if found in link.above]
    return {link["href"]: " ".join(link.text.split()) for link in links}


@pytest.mark.every_database
@pytest.mark.parametrize("per_page", [50, 1], ids=["on one page", "on several"])
def test_each_role_leads_to_its_cases(client: Client, per_page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "PER_PAGE", per_page)
    body = publish_actor(slug="body")
    organ = publish_actor(slug="organ", part_of=body)
    acts(body, "mediator", "host")
    publish_case(
        rows={"participation": [{"actor": one, "role": "mediator"} for one in (body, organ)]},
    )
    acts(organ, "witness")

    page = read(client, body)
    found = chips(page)

    assert ("Page 1 of 3" in page.text) == (per_page == 1)
    assert found == {
        "/en/cases/?actor=body&role=mediator": "Mediator in 2 cases",
        "/en/cases/?actor=body&role=host": "Host in 1 case",
        "/en/cases/?actor=body&role=witness": "Witness in 1 case",
    }
    for address, text in found.items():
        assert f"in {client.get(address).context['page_obj'].paginator.count} case" in text


def test_a_case_stands_once_with_all_roles_and_how_long_it_lasted(client: Client) -> None:
    actor = publish_actor()
    ended = {"outcome": "collapsed", "outcome_as_of": "2021"}
    acts(actor, "mediator", "host", declared_on="2020-01-01", ended_on="2020-01-15", **ended)

    document = read(client, actor)

    [row] = [one for one in document.all("tr") if any(above.name == "tbody" for above in one.above)]
    cells = [" ".join(one.text.split()) for one in document.all("td") if row in one.above]
    assert sorted(cells[0].split()) == ["Host", "Mediator"]
    assert cells[1:] == ["14 days", "Collapsed"]


def test_each_amount_stands_once_beside_its_initiative(client: Client) -> None:
    body = publish_actor(title_en="Body")
    fund = publish_actor(title_en="Fund", part_of=body)
    other = publish_actor(title_en="Other")
    publish_initiative(
        main_theme=publish_theme(),
        rows={
            "partner": [
                {"actor": body, "role": "donor"},
                {"actor": body, "role": "lead"},
                {"actor": fund, "role": "donor"},
            ],
            "funding": [
                {"actor": body, "pledged": "2000000.00", "as_of": "2020", "nature": "grant"},
                {"actor": body, "pledged": None, "disbursed": "5.00", "as_of": "2021", "is_military": True},
                {"actor": fund, "pledged": "7.00", "as_of": "2020"},
                {"actor": other, "pledged": "999.00", "as_of": "2020"},
            ],
        },
    )

    document = read(client, body)

    lists = [*document.all("ul", class_="given")]
    given = [
        " ".join(one.text.split()) for one in document.all("li") if any(above in lists for above in one.above)
    ]
    assert sorted(given) == [
        "Disbursed: 5 USD military aid, not reconstruction · as of 2021",
        "Pledged: 2 million USD Grant · as of 2020",
        "Pledged: 7 USD as of 2020",
    ]
    assert len(lists) == 2


@pytest.mark.every_database
def test_what_is_far_below_counts_and_few_levels_take_no_more_queries(client: Client) -> None:
    chain = [publish_actor(slug="top")]
    for number in range(5):
        chain.append(publish_actor(slug=f"below-{number}", part_of=chain[-1]))
    acts(chain[-1], "mediator")
    acts(chain[2], "mediator")

    assert chips(read(client, chain[0])) == {"/en/cases/?actor=top&role=mediator": "Mediator in 2 cases"}
    with CaptureQueriesContext(connection) as captured:
        read(client, chain[3])
    assert len(captured) <= 8
