"""The source that somebody names in their own words: found or described as a new one, and its claims."""

import re
import uuid
from typing import Any, cast
from urllib.parse import unquote

from publishing import snapshots
from publishing.languages import column_in
from publishing.models.names import has_name
from publishing.snapshots import Snapshot, conformed_row
from sources import identifiers
from sources.models import Claim, Source
from sources.vocabulary import Confidence, IdentifierScheme, SourceType, Stance

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»،؛]+", re.IGNORECASE)
MAX_TITLE = 300


def find_source(text: str) -> Source | None:
    """The source of the casebook that the text names by identifier, address or whole title, or None."""
    named = [
        *(
            Source(identifier_scheme=scheme, identifier=identifier)
            for scheme, identifier in _identifiers(text)
        ),
        *(Source(url=address) for address in _addresses(text)),
    ]
    for source in named:
        for twin in source.twins().values():
            return cast(Source, twin)
    return Source.objects.published().filter(has_name([text])).order_by("pk").first()


def new_source(text: str, *, language: str) -> Snapshot:
    """The snapshot of a new source, made of what the text says; without a slug.

    language: that of the page on which the text was written, in which its title is stored.
    """
    shaped = snapshots.blank(snapshots.empty(Source, uuid.uuid4()))
    addresses = _addresses(text)
    fields: dict[str, Any] = {
        column_in(language, "title"): _title(text, addresses),
        "source_type": SourceType.REPORT.value,
        "language": language,
    }
    if addresses:
        fields["url"] = addresses[0] if "://" in addresses[0] else f"https://{addresses[0]}"
    for scheme, identifier in _identifiers(text)[:1]:
        fields["identifier_scheme"], fields["identifier"] = scheme, identifier
        if scheme == IdentifierScheme.UN_SYMBOL:
            fields["source_type"] = SourceType.UN_DOCUMENT.value
    shaped["fields"] |= fields
    return snapshots.conformed(shaped)


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


def _identifiers(text: str) -> list[tuple[str, str]]:
    """The first identifier of each kind in the text, with its scheme."""
    found = [
        (IdentifierScheme.DOI.value, identifiers.doi(text)),
        (IdentifierScheme.UN_SYMBOL.value, identifiers.un_symbol(text)),
        (IdentifierScheme.ISBN.value, identifiers.isbn(text)),
    ]
    return [(scheme, identifier) for scheme, identifier in found if identifier]


def _addresses(text: str) -> list[str]:
    return [address.rstrip(".,;:!?؟،؛»)\"'") for address in ADDRESS.findall(text)]


def _title(text: str, addresses: list[str]) -> str:
    """The words beside the addresses; without any, the first address, or the text itself."""
    words = text
    for address in addresses:
        words = words.replace(address, " ")
    words = " ".join(words.split()).strip(" ,;:–—-()")
    if not any(letter.isalpha() for letter in words):
        words = unquote(addresses[0]).split("://")[-1].removeprefix("www.") if addresses else text.strip()
    return words[:MAX_TITLE]
