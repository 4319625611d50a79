"""A proposal that was sent, and its private page."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from accounts.models import Mail
from cases.models import Case
from tests.contributions.conftest import Sender, as_shown
from tests.contributions.following.steps import lacking_sources, link_in
from tests.kept import kept


@kept
def sent(case: Case) -> str:
    """The address of the private page of a change of two facts."""
    with override_settings(DOOR={**settings.DOOR, "min_seconds": 0}, UNDO_MINUTES=0):
        return _sent(case, Sender(Client()))


def _sent(case: Case, sender: Sender) -> str:
    address = sender.address(case, "declared_on")
    said = sender.filled(case, "declared_on", name="Amal Haddad", wants_credit="on", mail="amal@example.org")
    page = sender.client.post(address, {**said, "more": "1"})
    whole = {
        **as_shown(page.context["form"]),
        **said,
        "all": "1",
        "f:declared_on": "2020-10-24",
        "f:written": "unwritten",
    }
    answer = sender.client.post(address, whole)
    assert answer.status_code == 302, answer.context["form"].errors
    lacking_sources()
    return answer.url.partition("?")[0]


@pytest.fixture
def confirmed(sent: str, client: Client) -> str:
    client.post(link_in(Mail.objects.get()))
    Mail.objects.all().delete()
    return sent
