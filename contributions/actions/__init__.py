"""What changes: contributions sent and followed, what is counted against abuse, and what is erased."""

from contributions.actions.counting import add, count_of, day_of, hour_of, sender_of, sweep
from contributions.actions.erasing import erase, erase_due, erase_on_request
from contributions.actions.following import answer, appeal, ask, confirm_mail, credit_to, withdraw
from contributions.actions.sending import Sent, send, why_not_now
from contributions.actions.telling import tell_senders

__all__ = [
    "Sent",
    "add",
    "answer",
    "appeal",
    "ask",
    "confirm_mail",
    "count_of",
    "credit_to",
    "day_of",
    "erase",
    "erase_due",
    "erase_on_request",
    "hour_of",
    "send",
    "sender_of",
    "sweep",
    "tell_senders",
    "why_not_now",
    "withdraw",
]
