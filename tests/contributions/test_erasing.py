"""What says who sent a contribution goes after its time; what was decided stays."""

import datetime
import io
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.actions import write_mail
from accounts.models import Mail
from contributions.actions import erasing, following
from contributions.jobs import erase_personal_data
from contributions.models import Contribution, Message
from publishing import hooks
from publishing.actions import publishing, reviewing
from publishing.models import Proposal
from publishing.vocabulary import ProposalState, Reason
from tests.factories import a_contribution, an_account

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

DAYS = datetime.timedelta(days=settings.CONTRIBUTION_DAYS)
WHO = {"name": "Amal Haddad", "wants_credit": True, "mail": "amal@example.org", "sender": "5e4d"}


@pytest.fixture
def decided() -> Contribution:
    """A contribution that was declined just now, with something said on both sides."""
    contribution = a_contribution(**WHO)
    Message.objects.create(contribution=contribution, text="I am Amal.", said_at=timezone.now())
    Message.objects.create(
        contribution=contribution, by=an_account(), text="On which page?", said_at=timezone.now()
    )
    reviewing.decline(contribution.proposal, by=an_account(), reason=Reason.UNSOURCED, note="No source.")
    return contribution


def test_it_is_kept_for_its_time_and_erased_after(decided: Contribution) -> None:
    at = Proposal.objects.get().decided_at

    assert erasing.erase_due(at + DAYS) == 0
    assert erasing.erase_due(at + DAYS + datetime.timedelta(seconds=1)) == 1

    decided.refresh_from_db()
    assert (decided.name, decided.mail, decided.sender, decided.wants_credit) == ("", "", "", False)
    assert [one.text for one in decided.messages.all()] == ["On which page?"]


def test_the_decision_its_reason_and_the_source_stay(decided: Contribution) -> None:
    erasing.erase_due(timezone.now() + DAYS * 2)

    decision = decided.proposal.decisions.first()
    decided.refresh_from_db()
    assert (decision.reason, decision.public_note) == ("unsourced", "No source.")
    assert decided.source_reference == "https://www.un.org/"


def test_it_is_erased_once(decided: Contribution) -> None:
    later = timezone.now() + DAYS * 2

    assert (erasing.erase_due(later), erasing.erase_due(later)) == (1, 0)


@pytest.mark.parametrize(
    "state", [ProposalState.SUBMITTED, ProposalState.IN_REVIEW, ProposalState.NEEDS_INFORMATION]
)
def test_what_is_undecided_is_kept(state: ProposalState) -> None:
    a_contribution(**WHO)
    Proposal.objects.update(state=state)

    assert erasing.erase_due(timezone.now() + DAYS * 2) == 0


def test_what_was_withdrawn_counts_from_then(db: None) -> None:
    contribution = a_contribution(**WHO)
    following.withdraw(contribution)

    assert erasing.erase_due(timezone.now() + DAYS - datetime.timedelta(minutes=1)) == 0
    assert erasing.erase_due(timezone.now() + DAYS + datetime.timedelta(minutes=1)) == 1


def test_a_credit_that_was_wished_stays_after_its_time(db: None) -> None:
    contribution = a_contribution(**WHO)
    publishing.credit_to(contribution.proposal, "Amal Haddad")
    revision = reviewing.accept(contribution.proposal, by=an_account())

    erasing.erase_due(timezone.now() + DAYS * 2)

    revision.refresh_from_db()
    assert revision.credit == "Amal Haddad"


def test_the_worker_and_the_command_do_it(decided: Contribution, settings: Any) -> None:
    assert erase_personal_data in hooks.worker_jobs
    settings.CONTRIBUTION_DAYS = -1
    other = a_contribution(**WHO)
    following.withdraw(other)
    said = io.StringIO()

    call_command("erase_personal_data", stdout=said)

    assert "2 contributions" in said.getvalue()
    assert [*erase_personal_data(timezone.now())] == []


def test_the_address_leaves_the_outbox_too(decided: Contribution) -> None:
    write_mail("Amal@example.org", "News", "Text")
    write_mail("other@example.org", "News", "Text")

    erasing.erase(decided)

    assert [one.recipient for one in Mail.objects.all()] == ["other@example.org"]


def test_what_was_written_in_an_appeal_goes_and_that_there_was_one_stays(db: None) -> None:
    contribution, moderator = a_contribution(**WHO), an_account()
    reviewing.decline(contribution.proposal, by=moderator, reason="unclear", note="Which?")
    following.appeal(contribution, text="I, Amal, was there.")
    reviewing.decline(contribution.proposal, by=an_account("second"), reason="unclear", note="Still.")

    erasing.erase_due(timezone.now() + DAYS * 2)

    contribution.refresh_from_db()
    assert contribution.appeal_text == ""
    assert (contribution.appealed_at, contribution.appeal_of) != (None, None)
