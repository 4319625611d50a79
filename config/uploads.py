"""Limits the size of uploads."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from sources.pictures import MAX_BYTES


class SizeLimitHandler(FileUploadHandler):
    """Stops storing a file that is too large, so that it cannot fill the disk; the form reports the error."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk, for the handlers after this one; None beyond the limit."""
        return raw_data if start <= MAX_BYTES else None

    def file_complete(self, file_size: int) -> Any:
        """None: another handler stores the file."""
        return None
