"""The queue's pages, and what is pressed there."""

import datetime
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contributions.models import Contribution
from publishing.models import Entry, Proposal
from tests.factories import a_contribution, edited, newest


def waiting(entry: Entry, days: int = 0, said: dict[str, Any] | None = None, **changes: Any) -> Contribution:
    """A proposal of the changes that has waited for so many days."""
    one = a_contribution(edited(entry, **changes), base=newest(entry), **(said or {}))
    Proposal.objects.filter(pk=one.proposal_id).update(
        submitted_at=timezone.now() - datetime.timedelta(days=days), override_reason="A test wants it."
    )
    return Contribution.objects.select_related("proposal").get(pk=one.pk)


def page_of(one: Contribution) -> str:
    return reverse("admin:contributions_contribution_change", args=[one.pk])


def press(client: Client, one: Contribution, verb: str, **said: Any) -> Any:
    address = reverse("admin:contributions_contribution_decide", args=[one.pk, verb])
    return client.post(address, said)


def state(one: Contribution) -> str:
    return Proposal.objects.get(pk=one.proposal_id).state


def act(client: Client, action: str, *chosen: Contribution, **said: Any) -> str:
    address = reverse("admin:contributions_contribution_changelist")
    sent = {"action": action, "_selected_action": [str(one.pk) for one in chosen], "index": 0, **said}
    return client.post(address, sent, follow=True).content.decode()
