"""Hostile text of the public is shown as text on the queue's screens, and in moderators' mail."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contributions.models import Contribution, Message
from publishing.models import Proposal
from tests.factories import a_contribution, an_account, edited, newest, publish_theme
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


def filled(one: Contribution, text: str) -> None:
    """The contribution with the text wherever the public may write."""
    text = storable(text) or "x"
    snapshot = edited(one.proposal.entry, summary_en=text[:600])
    Proposal.objects.filter(pk=one.proposal_id).update(note=text[:1000], credit=text[:200], snapshot=snapshot)
    Contribution.objects.filter(pk=one.pk).update(**{box: text[:longest] for box, longest in BOXES.items()})
    Message.objects.update(text=text[:2000])


def test_it_runs_nowhere_on_the_page_of_one(desk: Client, one: Contribution) -> None:
    address = reverse("admin:contributions_contribution_change", args=[one.pk])
    harmless = executable(desk.get(address).content.decode())

    for key, text in TEXTS.items():
        filled(one, text)

        assert executable(desk.get(address).content.decode()) == harmless, key


@pytest.mark.parametrize("place", ["admin:contributions_contribution_changelist", "admin:index"])
def test_it_runs_on_no_list(desk: Client, one: Contribution, place: str) -> None:
    harmless = executable(desk.get(reverse(place)).content.decode())

    for text in (*list(TEXTS.values())[::8], "\"'><script>alert(1)</script>", "{{ 7 }}{% now %}"):
        filled(one, text)

        assert executable(desk.get(reverse(place)).content.decode()) == harmless, text
