"""The admin of sources and pictures, and the claims inside the admin of other entries."""

from sources.admin.image import ImageAdmin
from sources.admin.source import SourceAdmin

__all__ = ["ImageAdmin", "SourceAdmin"]
