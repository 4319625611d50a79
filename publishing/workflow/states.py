"""The states of a proposal in groups: each state is in exactly one part; unions of parts have names.

No other file lists states; a test checks that.
"""

from publishing.vocabulary import ProposalState

States = tuple[ProposalState, ...]

# --- the parts: complete and disjoint -----------------------------------------------------

# Its author edits it.
WITH_AUTHOR: States = (ProposalState.DRAFT, ProposalState.NEEDS_INFORMATION)
# It waits for a reviewer, or one has taken it on.
WAITING: States = (ProposalState.SUBMITTED, ProposalState.IN_REVIEW)
# It is decided, and the worker will publish it on its date.
ON_SCHEDULE: States = (ProposalState.SCHEDULED,)
# All of it is public.
GRANTED: States = (ProposalState.ACCEPTED,)
# Some or all of it was declined.
REFUSED: States = (ProposalState.PARTLY_ACCEPTED, ProposalState.DECLINED)
# It ended without a decision.
CLOSED: States = (ProposalState.WITHDRAWN, ProposalState.SUPERSEDED)

PARTS: tuple[States, ...] = (WITH_AUTHOR, WAITING, ON_SCHEDULE, GRANTED, REFUSED, CLOSED)

# --- unions of parts ----------------------------------------------------------------------

# It may still become public.
OPEN: States = (*WITH_AUTHOR, *WAITING, *ON_SCHEDULE)
# Moderators have decided it, as a whole or change by change.
DECIDED: States = (*GRANTED, *REFUSED)
# It is finished.
ENDED: States = (*DECIDED, *CLOSED)
# Proposals of the public that wait for moderators; a draft is one that a moderator improves.
IN_QUEUE: States = (ProposalState.DRAFT, *WAITING)
# The states that senders get a message about; the others follow from their own steps, or are internal.
REPORTED_TO_SENDERS: States = (
    ProposalState.NEEDS_INFORMATION,
    *ON_SCHEDULE,
    *DECIDED,
    ProposalState.SUPERSEDED,
)
