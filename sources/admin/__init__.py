"""The desk for sources and pictures, and the claims inside every other desk."""

from sources.admin.image import ImageAdmin
from sources.admin.source import SourceAdmin

__all__ = ["ImageAdmin", "SourceAdmin"]
