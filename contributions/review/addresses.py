"""Addresses of contributions in the desk."""

from django.urls import reverse

from contributions.models import Contribution
from publishing.models import Proposal

QUEUE = "admin:contributions_contribution_changelist"


def review_address(proposal: Proposal) -> str:
    """The address of the review page; empty for a proposal that is no contribution."""
    key = Contribution.objects.filter(proposal=proposal).values_list("pk", flat=True).first()
    return reverse("admin:contributions_contribution_change", args=[key]) if key else ""


def next_address(proposal: Proposal) -> str:
    """The address that leads to the next one in the queue; empty for a proposal that is no contribution."""
    key = Contribution.objects.filter(proposal=proposal).values_list("pk", flat=True).first()
    return reverse("admin:contributions_contribution_next", args=[key]) if key else ""
