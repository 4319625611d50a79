"""What moderators do with the proposal that was sent, what became of it, and the link in a mail."""

import re
from typing import Any

from accounts.models import Mail
from publishing.actions import reviewing
from publishing.models import Proposal, Revision
from publishing.proposals import changes_of
from publishing.snapshots import Path
from publishing.vocabulary import Reason, Verdict
from publishing.workflow.decisions import ChangeDecision
from tests.contributions.conftest import the_only_one
from tests.factories import an_account


def lacking_sources() -> None:
    """A case as small as in tests lacks sources, which a moderator overrides."""
    Proposal.objects.filter(origin="public").update(override_reason="A test wants it.")


def moderator(name: str = "moderator") -> Any:
    return an_account(name, is_staff=True, is_superuser=True)


def decline(note: str = "The text says the 23rd.", by: Any = None) -> None:
    reviewing.decline(the_only_one().proposal, by=by or moderator(), reason=Reason.CONTRADICTED, note=note)


def accept_one() -> Revision:
    """The date is accepted, the other fact is not."""
    proposal = the_only_one().proposal
    words = {
        one.path: ChangeDecision(Verdict.ACCEPTED)
        if one.path == Path(column="declared_on")
        else ChangeDecision(Verdict.DECLINED, Reason.UNSOURCED, "No source says so.", "Looks like a guess.")
        for one in changes_of(proposal)
    }
    return reviewing.accept_some(proposal, by=moderator(), decisions=words, note="One of two.")


def state() -> str:
    return the_only_one().proposal.state


def link_in(mail: Mail) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", mail.body)[1]
