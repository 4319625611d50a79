"""The decision of a reviewer about one change of a proposal."""

from dataclasses import dataclass

from publishing.vocabulary import Verdict


@dataclass(frozen=True)
class ChangeDecision:
    """The decision about one change; a declined one needs a reason."""

    verdict: Verdict
    reason: str = ""
    public_note: str = ""
    internal_note: str = ""
