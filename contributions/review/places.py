"""Where contributions stand on the desk."""

from django.urls import reverse

from contributions.models import Contribution
from publishing.models import Proposal

QUEUE = "admin:contributions_contribution_changelist"


def review_address(proposal: Proposal) -> str:
    """Where the proposal is decided; nothing for one that did not come through the public door."""
    found = Contribution.objects.filter(proposal=proposal).values_list("pk", flat=True).first()
    return reverse("admin:contributions_contribution_change", args=[found]) if found else ""
