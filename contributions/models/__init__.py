"""What is stored about contributions from the public."""

from contributions.models.abuse import BlockedHost, BlockedWord, DailyKey, RateCounter, SenderBlock, UsedToken
from contributions.models.approvals import Approval
from contributions.models.contribution import Contribution, Message
from contributions.models.improvements import Improvement
from contributions.models.link_checks import SentLinkCheck
from contributions.models.notices import NoticePreference

__all__ = [
    "Approval",
    "BlockedHost",
    "BlockedWord",
    "Contribution",
    "DailyKey",
    "Improvement",
    "Message",
    "NoticePreference",
    "RateCounter",
    "SenderBlock",
    "SentLinkCheck",
    "UsedToken",
]
