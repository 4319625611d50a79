"""Translations of an entry that wait for review, so that nobody makes them again."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from publishing import rules
from publishing.models import Entry, Proposal
from publishing.people import display_name
from publishing.proposals import changes_of
from publishing.translations.side_by_side import texts_of_change


@dataclass(frozen=True)
class WaitingTranslations:
    """The proposals with texts of an entry in a language that wait for review; who wrote each, by path."""

    proposals: list[dict[str, Any]]
    texts: dict[str, str]


def waiting_translations(entry: Entry, language: str, by: Any) -> WaitingTranslations:
    """What waits for review, so that nobody translates it again; links only to what `by` may see."""
    proposals, texts = [], {}
    found = Proposal.objects.waiting().filter(entry=entry, languages__contains=language)
    for proposal in found.select_related("author", "base", "entry").order_by("submitted_at", "pk"):
        name = display_name(proposal.author) or proposal.credit or "—"
        may_see = rules.why_not_read(proposal, by) is None
        address = reverse("admin:publishing_proposal_change", args=[proposal.pk]) if may_see else ""
        proposals.append({"name": name, "day": proposal.submitted_at, "address": address})
        for change in changes_of(proposal):
            for path in texts_of_change(change, language):
                texts[path] = name
    return WaitingTranslations(proposals, texts)
