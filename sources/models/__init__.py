"""What is stored of sources, of what they say about any entry, and of pictures."""

from sources.models.claim import CITING, ENTRIES_ON_A_PAGE, Claim, ClaimQuerySet, ExternalId, has_pages
from sources.models.image import Image, ImageQuerySet
from sources.models.source import LinkCheck, Source, SourceQuerySet

__all__ = [
    "CITING",
    "ENTRIES_ON_A_PAGE",
    "Claim",
    "ClaimQuerySet",
    "ExternalId",
    "Image",
    "ImageQuerySet",
    "LinkCheck",
    "Source",
    "SourceQuerySet",
    "has_pages",
]
