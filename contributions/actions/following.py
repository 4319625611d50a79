"""What a sender does by the private link, and what moderators ask."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import write_mail
from contributions import mail, rules
from contributions.models import Contribution, Message
from publishing.actions import publishing, reviewing
from publishing.models import Proposal
from publishing.vocabulary import ProposalState


@transaction.atomic
def ask(contribution: Contribution, *, by: Any, text: str) -> Contribution:
    """A moderator asks the sender a question; the proposal waits for the answer. Raises Refusal."""
    reviewing.step("send_back", contribution.proposal, by=by, note=text)
    Message.objects.create(contribution=contribution, by=by, text=text.strip(), said_at=timezone.now())
    return _locked(contribution)


@transaction.atomic
def answer(contribution: Contribution, *, text: str) -> Contribution:
    """The sender answers; the proposal goes back to the moderators. Raises Refusal."""
    contribution = _locked(contribution)
    if refusal := rules.why_not_send_message(contribution, text, timezone.now()):
        raise refusal
    reviewing.step("answer", contribution.proposal, by=None)
    Message.objects.create(contribution=contribution, text=text.strip(), said_at=timezone.now())
    return _record_told_state(contribution, ProposalState.SUBMITTED)


@transaction.atomic
def withdraw(contribution: Contribution) -> Contribution:
    """The sender withdraws the proposal. Raises Refusal."""
    contribution = _locked(contribution)
    reviewing.step("take_away", contribution.proposal, by=None)
    return _record_told_state(contribution, ProposalState.WITHDRAWN)


@transaction.atomic
def appeal(contribution: Contribution, *, text: str) -> Contribution:
    """The sender appeals against the decision, once; another moderator decides. Raises Refusal."""
    contribution = _locked(contribution)
    if refusal := rules.why_not_appeal(contribution, text):
        raise refusal
    decided_by = contribution.proposal.decided_by
    reviewing.step("appeal", contribution.proposal, by=None)
    contribution.appealed_at, contribution.appeal_of = timezone.now(), decided_by
    contribution.appeal_text = text.strip()
    contribution.save(update_fields=["appealed_at", "appeal_of", "appeal_text"])
    return _record_told_state(contribution, ProposalState.SUBMITTED)


def was_sent_before(contribution: Contribution, do: str, *, text: str = "") -> bool:
    """Whether the sender did this already: the answer or appeal with this text, or the withdrawal."""
    if do == "answer":
        newest = contribution.messages.filter(by=None).order_by("-said_at", "-pk").first()
        return newest is not None and newest.text == text.strip()
    if do == "appeal":
        return contribution.appealed_at is not None and contribution.appeal_text == text.strip()
    return contribution.proposal.state == ProposalState.WITHDRAWN


@transaction.atomic
def credit_to(contribution: Contribution, *, name: str) -> Contribution:
    """Credit the change to the name, or to nobody if it is empty; also after publishing. Raises Refusal."""
    contribution = _locked(contribution)
    if refusal := rules.why_not_credit(contribution):
        raise refusal
    contribution.name, contribution.wants_credit = name or contribution.name, bool(name)
    contribution.save(update_fields=["name", "wants_credit"])
    publishing.credit_to(contribution.proposal, name)
    return contribution


@transaction.atomic
def confirm_mail(contribution: Contribution) -> Contribution:
    """Record that the address is the sender's, and mail the private link to it."""
    contribution = _locked(contribution)
    if contribution.mail and contribution.mail_confirmed_at is None:
        contribution.mail_confirmed_at, contribution.confirm_digest = timezone.now(), ""
        contribution.save(update_fields=["mail_confirmed_at", "confirm_digest"])
        write_mail(contribution.mail, *mail.private_link_mail(contribution), is_to_sender=True)
    return contribution


def _record_told_state(contribution: Contribution, state: ProposalState) -> Contribution:
    """The sender caused this state, so no mail about it is needed."""
    Contribution.objects.filter(pk=contribution.pk).update(told_state=state)
    return _locked(contribution)


def _locked(contribution: Contribution) -> Contribution:
    """The current contribution, locked after its proposal: the same order as in decisions."""
    Proposal.objects.locked(contribution.proposal_id)
    return Contribution.objects.locked(contribution.pk)
