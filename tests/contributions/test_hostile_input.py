"""Hostile text in every box of the door is stored as text, or refused kindly, and shown as text."""

import time
from collections import Counter
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Mail
from cases.models import Case
from contributions.actions import following, notifying
from contributions.models import Contribution
from publishing.fields.clean_text import clean_prose
from tests.contributions.conftest import Sender, the_only_one
from tests.factories import an_account
from tests.packing import packed_forms, refused_of
from tests.whole_site.reading import corpus
from tests.whole_site.test_hostile_text import HOSTILE, executable

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CORPORA = {
    "texts": HOSTILE,
    **{name: {row["id"]: row["input"] for row in corpus(name)} for name in ("csv_formula", "ssrf_urls")},
}
BOXES = {
    "f:finding_en": 600,
    "f:finding_ar": 600,
    "source_reference": 500,
    "source_page": 100,
    "source_quotation": 2000,
    "why_no_source": 1000,
    "reason": 1000,
    "name": 100,
}
# Of these two, which are alike, each text stands in one.
SHORT_BOXES = ("source_page", "name")


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.DOOR = dict.fromkeys(settings.DOOR, 10**6) | {
        "min_seconds": 0,
        "kept_for_newcomers": 0,
        "kept_for_newcomers_of_entry": 0,
    }


def running(page: Any) -> Counter:
    """What runs on the page, fetches or sends."""
    return executable(page.content.decode())


@pytest.mark.parametrize("name", CORPORA)
def test_it_runs_nowhere_and_is_not_lost(case: Case, sender: Sender, name: str) -> None:
    address, harmless = sender.address(case, "finding"), dict.fromkeys(BOXES, "Harmless")
    mistake = sender.send(case, "finding", mail="nonsense", **harmless)
    sent = sender.send(case, "finding", **harmless)
    on_form, on_private_page = running(mistake), running(sender.client.get(sent.url))

    def takes(typed: dict[str, str]) -> bool:
        """Send it with a mistake elsewhere, which brings the form back with all of it; then without."""
        filled = sender.filled(case, "finding", **typed)
        again = sender.client.post(address, {**filled, "mail": "nonsense"})
        answer = sender.client.post(address, filled)

        assert (again.status_code, running(again)) == (422, on_form)
        assert {box: again.context["form"][box].value() for box in BOXES} == typed
        if answer.status_code != 302:
            assert (answer.status_code, running(answer)) == (422, on_form)
            return False
        assert running(sender.client.get(answer.url)) == on_private_page
        assert Contribution.objects.latest("sent_at").reason == clean_prose(typed["reason"]).strip()
        return True

    def takes_alone(box: str, text: str) -> bool:
        try:
            mistake.context["form"].fields[box].clean(text)
        except ValidationError:
            return False
        return True

    fit = {
        key: text
        for key, text in CORPORA[name].items()
        if all(takes_alone(box, text[:longest]) for box, longest in BOXES.items())
    }
    unfit = {key: text for key, text in CORPORA[name].items() if key not in fit}
    refused = refused_of(fit, BOXES, takes, sharing=SHORT_BOXES, fits=takes_alone)
    taken = [keys for keys, typed in packed_forms(unfit, BOXES, sharing=SHORT_BOXES) if takes(typed)]

    assert taken == []
    assert len(refused) + len(unfit) < len(CORPORA[name])


def test_hostile_text_in_a_mail_is_plain_text(case: Case, sender: Sender) -> None:
    text = "<script>alert(1)</script>"
    sender.send(case, "finding", mail="amal@example.org", **dict.fromkeys(BOXES, text))
    Contribution.objects.update(mail_confirmed_at="2026-01-01T00:00Z")
    Mail.objects.all().delete()

    following.ask(the_only_one(), by=an_account(), text=text)
    notifying.notify_senders()

    mail = Mail.objects.get()
    assert text in mail.body
    assert "&lt;" not in mail.body
    assert "\n" not in mail.subject


@pytest.mark.parametrize(
    "extra", ["\nBcc: all@example.org", "\r\nBcc: all@example.org", "%0aBcc: a@b.example"]
)
def test_nothing_is_smuggled_into_the_head_of_a_mail(case: Case, sender: Sender, extra: str) -> None:
    answer = sender.send(case, "declared_on", mail=f"amal@example.org{extra}", **{"f:declared_on": "2020"})

    assert answer.status_code == 422
    assert not Mail.objects.exists()


def test_a_text_that_is_far_too_long_is_refused_in_no_time(case: Case, sender: Sender) -> None:
    filled = sender.filled(case, "finding", **{"f:finding_en": "-" * 30_000, "reason": "." * 30_000})
    began = time.thread_time()

    answer = sender.client.post(sender.address(case, "finding"), filled)

    assert (answer.status_code, time.thread_time() - began < 2) == (422, True)
