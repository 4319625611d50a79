"""What the long journeys share: a phone, the form of the door, the mail that came, and the moderators' queue."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import mail
from django.test import override_settings
from django.utils.translation import override
from playwright.sync_api import Page, expect

from accounts.outbox import send_due
from contributions.abuse.tokens import follow_token
from contributions.actions import notifying
from contributions.models import Contribution
from publishing.models import Proposal
from publishing.vocabulary import Reason
from tests.browser.watching import TOO_WIDE, next_page, settled

PHONE = {"viewport": {"width": 375, "height": 800}}
QUEUE = "admin/contributions/contribution/"


def open_menu(page: Page) -> None:
    """On a phone the parts of the casebook are in a menu."""
    page.locator(".menu-button").click()


def newest() -> Contribution:
    """What was sent last."""
    return Contribution.objects.select_related("proposal").latest("sent_at")


def state(one: Contribution) -> str:
    """How far it has come."""
    return Proposal.objects.get(pk=one.proposal_id).state


def send(page: Page, **said: str) -> Contribution:
    """Fill the boxes of those names in the form that is open, and send it."""
    fits(page)
    for name, text in said.items():
        page.locator(f"[name={name}]").fill(text)
    with next_page(page):
        page.locator(".door-form .actions button").click()
    expect(page).to_have_url(re.compile(r"/proposals/[\w-]+/\?sent=1"))
    fits(page)
    return newest()


def private(one: Contribution, language: str) -> str:
    """The address of the private page."""
    return f"/{language}/proposals/{follow_token(one)}/"


def letters_to(address: str) -> list[str]:
    """Let the worker write and send what is due; the texts of all letters to the address so far."""
    with override_settings(UNDO_MINUTES=0):
        notifying.notify_senders()
    send_due()
    return [str(one.body) for one in mail.outbox if one.to == [address]]


def link_in(letter: str) -> str:
    """The path of the first link of ours in the letter."""
    found = re.search(rf"{re.escape(settings.SITE_URL)}(/\S+/proposals/\S+)", letter)
    assert found is not None, letter
    return found[1]


def decide(page: Page, one: Contribution, language: str, press: Callable[[Page], Any]) -> None:
    """As the moderator whose page it is: open it from the queue's list, and do there what leads on."""
    page.goto(f"/{language}/{QUEUE}?state=all")
    fits(page)
    with next_page(page):
        page.locator(f'#result_list a[href*="{one.pk}"]').click()
    expect(page.locator("#decide")).to_be_visible()
    fits(page)
    with next_page(page):
        press(page)
    fits(page)


def in_words(reason: Reason, language: str) -> str:
    """The reason as a sender of that language reads it."""
    with override(language):
        return str(reason.label)


def fits(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert settled(page).evaluate(TOO_WIDE) <= 0, page.url
