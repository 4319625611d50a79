"""Where a proposal can stand: every state in exactly one part, and the unions of parts that have a name.

No other file lists states; a test holds that.
"""

from publishing.vocabulary import ProposalState

States = tuple[ProposalState, ...]

# --- the parts: whole, and disjoint -------------------------------------------------------

# Its author writes at it.
WITH_AUTHOR: States = (ProposalState.DRAFT, ProposalState.NEEDS_INFORMATION)
# It waits for a reviewer, or one is at it.
WAITING: States = (ProposalState.SUBMITTED, ProposalState.IN_REVIEW)
# It is decided, and the worker publishes it on its date.
ON_SCHEDULE: States = (ProposalState.SCHEDULED,)
# All of it is public.
GRANTED: States = (ProposalState.ACCEPTED,)
# Something of it was declined, or all of it.
REFUSED: States = (ProposalState.PARTLY_ACCEPTED, ProposalState.DECLINED)
# It ended without a decision.
CLOSED: States = (ProposalState.WITHDRAWN, ProposalState.SUPERSEDED)

PARTS: tuple[States, ...] = (WITH_AUTHOR, WAITING, ON_SCHEDULE, GRANTED, REFUSED, CLOSED)

# --- what is asked for together -----------------------------------------------------------

# It may still become public.
OPEN: States = (*WITH_AUTHOR, *WAITING, *ON_SCHEDULE)
# Moderators have decided it, as a whole or change by change.
DECIDED: States = (*GRANTED, *REFUSED)
# Nothing more happens to it by itself.
ENDED: States = (*DECIDED, *CLOSED)
# What the public sent and moderators have before them: a draft is what one of them improves.
IN_QUEUE: States = (ProposalState.DRAFT, *WAITING)
# What a sender wants to know of; the rest they did themselves, or is the moderators' own.
REPORTED_TO_SENDERS: States = (
    ProposalState.NEEDS_INFORMATION,
    *ON_SCHEDULE,
    *DECIDED,
    ProposalState.SUPERSEDED,
)
