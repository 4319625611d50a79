"""The offline edition: the public pages as files that open from a memory stick, without a server."""

from exchange.offline.asking import NotAnswered
from exchange.offline.writing import Bundle, PublishedMeanwhile, write_bundle

__all__ = ["Bundle", "NotAnswered", "PublishedMeanwhile", "write_bundle"]
