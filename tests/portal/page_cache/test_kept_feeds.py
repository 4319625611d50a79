"""Feeds are kept as bytes as pages are, with the sources that came with what they tell."""

from typing import Any

import pytest
from django.test import Client

from contributions.models import Contribution
from tests.factories import (
    a_contribution,
    publish_case,
    publish_change,
    publish_source,
)
from tests.portal.fronts import a_front, ask, commit, rendered

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FEEDS = [
    "/en/changes/feed.xml",
    "/en/changes/feed.xml?kind=case&change=all",
    "/en/cases/a-truce/history/feed.xml",
]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_rendered_once_until_something_is_published(address: str) -> None:
    case = publish_case(slug="a-truce", title_en="A truce")
    front = a_front()
    commit()
    first, second = ask(front, address), ask(front, address)
    publish_change(case, title_en="A lasting truce")
    commit()

    third = ask(front, address)

    assert (first.status, first.body) == (second.status, second.body)
    assert (rendered(front), front.counts["kept"]) == (2, 1)
    assert "A lasting truce" in third.body.decode()
    assert ask(front, address, HTTP_IF_NONE_MATCH=third.headers["ETag"]).status == 304


@pytest.mark.parametrize("address", ["/en/changes/feed.xml?zzz=1", "/en/changes/feed.xml?entry=tru"])
def test_what_a_feed_does_not_understand_is_not_kept(address: str) -> None:
    publish_case(title_en="A truce")
    front = a_front()
    commit()

    assert [ask(front, address).status for _time in range(2)] == [400, 400]
    assert rendered(front) == 0


@pytest.mark.parametrize("address", [*FEEDS, "/en/changes/?change=all", "/en/cases/a-truce/history/"])
def test_a_source_that_is_renamed_is_renamed_where_it_is_kept(address: str) -> None:
    case, source = publish_case(slug="a-truce"), publish_source(title_en="The first report")
    revision = publish_change(case, title_en="A lasting truce")
    contribution = a_contribution()
    Contribution.objects.filter(pk=contribution.pk).update(source=source)
    type(contribution.proposal).objects.filter(pk=contribution.proposal_id).update(revision=revision)
    front = a_front()
    commit()
    before = [ask(front, address).body.decode() for _time in range(2)]
    publish_change(source, title_en="The second report")
    commit()

    after = ask(front, address).body.decode()

    assert all("The first report" in one for one in before)
    assert "The second report" in after
    assert rendered(front) == 2


@pytest.mark.parametrize(
    "address",
    [*FEEDS, "/en/search/suggestions/", "/en/search/opensearch.xml", "/robots.txt", "/signed-heads.txt",
     "/cards/case/a-truce/1-en.png", "/en/cases/"],
)  # fmt: skip
def test_what_can_be_asked_of_an_address_it_says_itself(client: Client, address: str) -> None:
    publish_case(slug="a-truce")

    answer: Any = client.options(address)

    assert (answer.status_code, answer["Allow"]) == (200, "GET, HEAD, OPTIONS")
    assert client.post(address).status_code == 405
    assert client.head(address).status_code in {200, 302}
