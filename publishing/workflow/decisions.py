"""What a reviewer says of one change of a proposal."""

from dataclasses import dataclass

from publishing.vocabulary import Verdict


@dataclass(frozen=True)
class ChangeDecision:
    """What is said of one change, or of all: a reason is needed where it is declined."""

    verdict: Verdict
    reason: str = ""
    public_note: str = ""
    internal_note: str = ""
