"""What is taken in of a file that somebody sends."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from sources.pictures import MAX_BYTES


class Bounded(FileUploadHandler):
    """Lets a file through until it is too large, so that it fills no disk; the form then says so."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk, for the handlers after this one; None beyond the limit."""
        return raw_data if start <= MAX_BYTES else None

    def file_complete(self, file_size: int) -> Any:
        """Another handler has the file."""
        return None
