"""The desk for sources and pictures, and the claims inside every other desk."""

from sources.admin.image import ImageAdmin
from sources.admin.source import SourceAdmin
from sources.admin.sourced import ClaimInline, ExternalIdInline, SourcedEntryAdmin, SourcingFilter

__all__ = [
    "ClaimInline",
    "ExternalIdInline",
    "ImageAdmin",
    "SourceAdmin",
    "SourcedEntryAdmin",
    "SourcingFilter",
]
