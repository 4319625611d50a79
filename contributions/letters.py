"""What our mails to senders say, each in the sender's own language."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from contributions import tokens
from contributions.models import Contribution
from publishing.vocabulary import ProposalState

Letter = tuple[str, str]


def confirmation(contribution: Contribution) -> Letter:
    """Asks whether the address is the sender's; holds nothing that a stranger could use."""
    with override(contribution.language):
        link = _address("contributions:confirm", tokens.confirm_token(contribution))
        return gettext("Confirm your address"), _written("confirmation", link=link)


def private_link(contribution: Contribution) -> Letter:
    """The link by which the sender follows it."""
    with override(contribution.language):
        link = _address("contributions:follow", tokens.follow_token(contribution))
        return gettext("Your proposal to Sulh"), _written(
            "private_link", title=contribution.proposal.title, link=link
        )


def news(contribution: Contribution) -> Letter:
    """What became of it, or what is asked."""
    proposal = contribution.proposal
    with override(contribution.language):
        is_asked = proposal.state == ProposalState.NEEDS_INFORMATION
        asked = contribution.messages.exclude(by=None).last() if is_asked else None
        return gettext("News of your proposal to Sulh"), _written(
            "news",
            title=proposal.title,
            state=ProposalState(proposal.state),
            asked=asked.text if asked else "",
            notes=_notes(contribution),
            page=_page(contribution),
            link=_address("contributions:follow", tokens.follow_token(contribution)),
        )


def _notes(contribution: Contribution) -> list[tuple[str, str]]:
    """Why something was declined: each reason, with its note, once."""
    declined = contribution.proposal.decisions.exclude(reason="")
    return list(dict.fromkeys((one.get_reason_display(), one.public_note) for one in declined))


def _page(contribution: Contribution) -> str:
    revision = contribution.proposal.revision
    return settings.SITE_URL + revision.get_absolute_url() if revision else ""


def _address(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(name, args=[token])


def _written(name: str, **context: Any) -> str:
    text = render_to_string(f"contributions/mail/{name}.txt", {"site": settings.SITE_URL, **context})
    return text.strip() + "\n"
