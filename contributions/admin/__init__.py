"""The moderators' side of the public door: the queue, its decisions, and the lists of blocks."""

from contributions.admin.lists import (
    BlockedHostAdmin,
    BlockedWordAdmin,
    NoticePreferenceAdmin,
    SenderBlockAdmin,
)
from contributions.admin.queue import QueueAdmin

__all__ = ["BlockedHostAdmin", "BlockedWordAdmin", "NoticePreferenceAdmin", "QueueAdmin", "SenderBlockAdmin"]
