"""The moderators' side of the public door: the queue, one decision after the other, and what is kept out."""

from contributions.admin.lists import BlockedHostAdmin, BlockedWordAdmin, MuteAdmin, NoticePreferenceAdmin
from contributions.admin.queue import QueueAdmin

__all__ = ["BlockedHostAdmin", "BlockedWordAdmin", "MuteAdmin", "NoticePreferenceAdmin", "QueueAdmin"]
