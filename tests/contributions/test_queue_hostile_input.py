"""Hostile text of the public is shown as text on the queue's screens, and in moderators' mail."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contributions.models import Contribution, Message
from contributions.review.summaries import MAX_LENGTH
from publishing.models import Proposal
from tests.factories import a_contribution, an_account, edited, newest, publish_theme
from tests.packing import refused_of
from tests.whole_site.reading import corpus
from tests.whole_site.test_hostile_text import HOSTILE, executable

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TEXTS = {
    **HOSTILE,
    **{row["id"]: row["input"] for name in ("csv_formula", "ssrf_urls") for row in corpus(name)},
}
BOXES = {
    "source_reference": 500,
    "source_page": 100,
    "source_quotation": 2000,
    "why_no_source": 1000,
    "name": 100,
    "sender": 64,
    "appeal_text": 2000,
    "facts": 900,
}
# What is typed into the same form and kept in other tables.
BESIDE = {"summary": 600, "note": 1000, "credit": 200, "message": 2000}
# Of these, which are alike, each text stands in one.
SHORT_BOXES = ("source_page", "name", "sender", "credit")


@pytest.fixture
def desk(db: None) -> Client:
    client = Client()
    client.force_login(an_account("moderator", is_staff=True, is_superuser=True))
    return client


def storable(text: str) -> str:
    return text.replace("\x00", "")


@pytest.fixture
def one(db: None) -> Contribution:
    theme = publish_theme(summary_en="Before.")
    found = a_contribution(
        edited(theme, summary_en="Harmless."), base=newest(theme), reason="Harmless",
        appealed_at=timezone.now(), appeal_of=an_account("first"), **dict.fromkeys(BOXES, "harmless"),
    )  # fmt: skip
    Message.objects.create(contribution=found, text="Harmless", said_at=timezone.now())
    return found


def filled(one: Contribution, typed: dict[str, str]) -> None:
    """The contribution with what is typed wherever the public may write."""
    said = {box: storable(text) or "x" for box, text in typed.items()}
    summary, note, credit, message = (said.pop(box) for box in BESIDE)
    snapshot = edited(one.proposal.entry, summary_en=summary)
    Proposal.objects.filter(pk=one.proposal_id).update(note=note, credit=credit, snapshot=snapshot)
    Contribution.objects.filter(pk=one.pk).update(**said)
    Message.objects.update(text=message)


@pytest.fixture
def assert_it_runs_nowhere(desk: Client, one: Contribution) -> Callable[..., None]:
    """A function that fails where any of the texts runs on the page."""

    def check(address: str, texts: dict[str, str], boxes: dict[str, int]) -> None:
        harmless = executable(desk.get(address).content.decode())

        def takes(typed: dict[str, str]) -> bool:
            filled(one, typed)
            assert executable(desk.get(address).content.decode()) == harmless
            return True

        assert refused_of(texts, boxes, takes, sharing=SHORT_BOXES) == set()

    return check


def test_it_runs_nowhere_on_the_page_of_one(one: Contribution, assert_it_runs_nowhere: Callable) -> None:
    address = reverse("admin:contributions_contribution_change", args=[one.pk])

    assert_it_runs_nowhere(address, TEXTS, BOXES | BESIDE)


@pytest.mark.parametrize("place", ["admin:contributions_contribution_changelist", "admin:index"])
def test_it_runs_on_no_list(assert_it_runs_nowhere: Callable, place: str) -> None:
    texts = dict([*TEXTS.items()][::8]) | {
        "script": "\"'><script>alert(1)</script>",
        "tag": "{{ 7 }}{% now %}",
    }
    # Lists cut what is long.
    boxes = {box: min(longest, MAX_LENGTH) for box, longest in (BOXES | BESIDE).items()}

    assert_it_runs_nowhere(reverse(place), texts, boxes)
