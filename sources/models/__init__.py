"""What is stored of sources, of what they say about any entry, and of pictures."""

from sources.models.claim import Claim, ClaimQuerySet, ExternalId
from sources.models.image import Image, ImageQuerySet
from sources.models.source import LinkCheck, Source, SourceQuerySet

__all__ = [
    "Claim",
    "ClaimQuerySet",
    "ExternalId",
    "Image",
    "ImageQuerySet",
    "LinkCheck",
    "Source",
    "SourceQuerySet",
]
