"""Claims as rows of a snapshot."""

from typing import Any

from publishing.snapshots import conformed_row
from sources.models import Claim
from sources.vocabulary import Confidence, Stance


def name_source(claim: dict[str, Any], source: str, *, locator: str, quotation: str, language: str) -> None:
    """Give the row of a claim its source, and where it has none, the place and the quotation there."""
    claim["source"] = source
    claim["locator"] = claim["locator"] or locator
    if quotation and not claim["quotation"]:
        claim["quotation"], claim["quotation_language"] = quotation, language


def supporting_claim(
    about: str, source: str, *, beside: dict[str, dict[str, Any]], locator: str, quotation: str, language: str
) -> dict[str, Any]:
    """The row of a new claim, of low confidence, in which the source supports the fact.

    beside: the claims that the entry has, after which it comes. language: that of the quotation.
    """
    positions = [claim["position"] for claim in beside.values()]
    return conformed_row(
        Claim,
        {
            "about": about,
            "source": source,
            "stance": Stance.SUPPORTS.value,
            "confidence": Confidence.LOW.value,
            "locator": locator,
            "quotation": quotation,
            "quotation_language": language if quotation else "",
            "position": max(positions, default=-1) + 1,
        },
    )
