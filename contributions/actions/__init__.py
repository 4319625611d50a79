"""What changes: contributions sent and followed, what is counted against abuse, and what is erased."""

from contributions.actions.counting import add, count_of, day_of, hour_of, sender_of, sweep
from contributions.actions.deciding import (
    Done,
    accept,
    accept_typos,
    block_sender,
    decline,
    decline_all_of,
    default_note,
    undo,
)
from contributions.actions.erasing import erase, erase_due, erase_on_request
from contributions.actions.following import answer, appeal, ask, confirm_mail, credit_to, withdraw
from contributions.actions.improving import improve, put_back, return_abandoned
from contributions.actions.looking import look_at_links
from contributions.actions.notices import tell_moderators
from contributions.actions.sending import Sent, send, why_not_now
from contributions.actions.settling import CompetingClosed, accept_and_close_competing
from contributions.actions.telling import tell_senders

__all__ = [
    "Done",
    "Sent",
    "CompetingClosed",
    "accept",
    "accept_and_close_competing",
    "accept_typos",
    "add",
    "answer",
    "appeal",
    "ask",
    "confirm_mail",
    "count_of",
    "credit_to",
    "day_of",
    "decline",
    "decline_all_of",
    "erase",
    "erase_due",
    "erase_on_request",
    "hour_of",
    "improve",
    "look_at_links",
    "block_sender",
    "put_back",
    "return_abandoned",
    "send",
    "sender_of",
    "sweep",
    "tell_moderators",
    "tell_senders",
    "undo",
    "default_note",
    "why_not_now",
    "withdraw",
]
