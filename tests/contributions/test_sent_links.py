"""The worker looks once at each link that a sender gave, and the moderator reads how it answered."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contributions.actions import checking_links
from contributions.actions.checking_links import MAX_CHECKS
from contributions.models import Contribution, SentLinkCheck
from publishing.models import Proposal
from publishing.vocabulary import ProposalState
from sources.actions import record_link_check
from sources.links import LinkResponse
from sources.models import LinkCheck
from sources.vocabulary import LinkResult
from tests.factories import a_contribution, an_account, publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "https://www.un.org/a"
GONE = LinkResponse(LinkResult.GONE, 404)
WORKS = LinkResponse(LinkResult.WORKS, 200)


@pytest.fixture(autouse=True)
def _links_are_looked_at(settings: Any) -> None:
    settings.CHECK_SENT_LINKS = True


class Web:
    """What is asked of the web, and what it answers."""

    def __init__(self, answer: LinkResponse) -> None:
        self.answer, self.asked = answer, []

    def __call__(self, url: str) -> LinkResponse:
        self.asked.append(url)
        return self.answer


def sent(**said: Any) -> Contribution:
    return a_contribution(**{"source_reference": URL, **said})


def warnings(one: Contribution) -> set[str]:
    desk = Client()
    desk.force_login(an_account())
    page = desk.get(reverse("admin:contributions_contribution_change", args=[one.pk]))
    return {finding.code for finding in page.context["findings"]}


def test_each_link_is_looked_at_once() -> None:
    one, web = sent(), Web(WORKS)

    assert [checking_links.check_links(web), checking_links.check_links(web)] == [1, 0]

    assert web.asked == [URL]
    check = SentLinkCheck.objects.get()
    assert (check.contribution, check.result, check.status_code) == (one, LinkResult.WORKS, 200)


def test_what_is_no_link_or_waits_no_longer_is_not_looked_at() -> None:
    sent(source_reference="S/2020/1043, page 3")
    sent(source_reference=f"{URL}, page 3")
    sent(source_reference="", why_no_source="I was there.")
    decided = sent()
    Proposal.objects.filter(pk=decided.proposal_id).update(state=ProposalState.DECLINED)
    web = Web(WORKS)

    assert checking_links.check_links(web) == 0
    assert web.asked == []


def test_a_turn_takes_few_and_the_oldest_first() -> None:
    now = timezone.now()
    for age in range(MAX_CHECKS + 1):
        sent(source_reference=f"{URL}/{age}", sent_at=now - datetime.timedelta(days=age))
    web = Web(WORKS)

    checking_links.check_links(web)

    assert web.asked == [f"{URL}/{age}" for age in range(MAX_CHECKS, 0, -1)]


def test_whoever_runs_it_can_turn_it_off(settings: Any) -> None:
    settings.CHECK_SENT_LINKS = False
    sent()
    web = Web(WORKS)

    assert checking_links.check_links(web) == 0
    assert web.asked == []


@pytest.mark.parametrize(
    "answer, said",
    [
        (WORKS, set()),
        (LinkResponse(LinkResult.MOVED, 200), set()),
        (LinkResponse(LinkResult.REFUSED, 403), set()),
        (GONE, {"dead"}),
        (LinkResponse(LinkResult.UNREACHABLE), {"dead"}),
        (LinkResponse(LinkResult.NOT_PUBLIC), {"not_public"}),
    ],
    ids=lambda value: value.result if isinstance(value, LinkResponse) else "",
)
def test_the_moderator_reads_how_it_answered(answer: LinkResponse, said: set[str]) -> None:
    one = sent()
    checking_links.check_links(Web(answer))

    assert warnings(one) & {"dead", "not_public"} == said


@pytest.mark.parametrize("later, said", [(GONE, {"dead"}), (WORKS, set())], ids=["gone since", "back"])
def test_the_newest_look_counts_whoever_it_was_for(later: LinkResponse, said: set[str]) -> None:
    one, source = sent(), publish_source(url=URL)
    checking_links.check_links(Web(WORKS if later is GONE else GONE))
    record_link_check(source, URL, later)
    LinkCheck.objects.update(checked_at=timezone.now() + datetime.timedelta(hours=1))

    assert warnings(one) & {"dead", "not_public"} == said
