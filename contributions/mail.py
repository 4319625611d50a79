"""Subject and text of the mails to senders, each in the sender's language, and to moderators."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from contributions.abuse import tokens
from contributions.models import Contribution
from contributions.review.news import News, news_of
from publishing.vocabulary import ProposalState, Verdict

SubjectAndText = tuple[str, str]
# So many new contributions are listed in one mail.
MAX_LINES = 20


def confirmation_mail(contribution: Contribution) -> SubjectAndText:
    """Ask the sender to confirm the address; it contains nothing that a stranger could use."""
    with override(contribution.language):
        link = _address("contributions:confirm", tokens.confirm_token(contribution))
        return gettext("Confirm your address"), _render_mail("confirmation", link=link)


def private_link_mail(contribution: Contribution) -> SubjectAndText:
    """The private link, with which the sender can follow the contribution."""
    with override(contribution.language):
        link = _address("contributions:follow", tokens.follow_token(contribution))
        return gettext("Your proposal to Sulh"), _render_mail(
            "private_link", title=contribution.proposal.title, link=link
        )


def status_mail(contribution: Contribution) -> SubjectAndText:
    """The new state of the contribution, or a moderator's question."""
    proposal = contribution.proposal
    with override(contribution.language):
        is_asked = proposal.state == ProposalState.NEEDS_INFORMATION
        news = news_of(contribution)
        asked = contribution.messages.exclude(by=None).last() if is_asked else None
        return gettext("News of your proposal to Sulh"), _render_mail(
            "news",
            title=proposal.title,
            state=ProposalState(proposal.state),
            asked=asked.text if asked else "",
            notes=_notes(contribution),
            news=list(filter(None, (news.undone, news.retraction))),
            facts=list(news.facts.values()),
            page=_page(contribution, news),
            is_retracted=news.retracted is not None,
            link=_address("contributions:follow", tokens.follow_token(contribution)),
        )


def new_contributions_mail(found: list[Contribution], waiting: int) -> SubjectAndText:
    """For a moderator: the new contributions and how many wait; nothing about their senders."""
    with override(settings.LANGUAGE_CODE):
        lines = [
            (one.proposal.title, _page_at("admin:contributions_contribution_change", one.pk))
            for one in found[:MAX_LINES]
        ]
        return gettext("Proposals from the public"), _render_mail(
            "came_in",
            count=len(found),
            lines=lines,
            left=max(0, len(found) - MAX_LINES),
            waiting=waiting,
            queue=_page_at("admin:contributions_contribution_changelist"),
            preferences=_page_at("admin:contributions_noticepreference_changelist"),
        )


def _page_at(name: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _notes(contribution: Contribution) -> list[tuple[str, str]]:
    """Why changes were declined, or what was published instead; each reason and each note once."""
    newest = {one.path: one for one in contribution.proposal.decisions.all()}
    current = [one for one in newest.values() if one.verdict != Verdict.TAKEN_BACK]
    explained = [one for one in current if one.reason or one.public_note]
    pairs = dict.fromkeys(
        (one.get_reason_display() if one.reason else one.get_verdict_display(), one.public_note)
        for one in explained
    )
    last = {note: label for label, note in pairs}
    # A note about several changes stands once, below the last of their reasons.
    return [(label, note if last[note] == label else "") for label, note in pairs]


def _page(contribution: Contribution, news: News) -> str:
    """The address of what was published, or of the reason why it was retracted; "" for nothing."""
    revision = contribution.proposal.revision
    if news.retracted is not None:
        return settings.SITE_URL + news.retracted.get_absolute_url()
    return settings.SITE_URL + revision.get_absolute_url() if revision else ""


def _address(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(name, args=[token])


def _render_mail(name: str, **context: Any) -> str:
    text = render_to_string(f"contributions/mail/{name}.txt", {"site": settings.SITE_URL, **context})
    return text.strip() + "\n"
