"""Limits the size of uploads."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from sources.pictures import MAX_BYTES


class SizeLimitHandler(FileUploadHandler):
    """Stops storing a file that is too large, so that it cannot fill the disk; the form reports the error."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk, for the handlers after this one; None beyond the limit."""
        return raw_data if start <= most_bytes(self.request) else None

    def file_complete(self, file_size: int) -> Any:
        """None: another handler stores the file."""
        return None


def most_bytes(request: HttpRequest | None) -> int:
    """How large a file the page takes: a dataset, or a picture."""
    language_and_path = request.path_info[1:].partition("/") if request else ("", "", "")
    is_dataset = f"/{language_and_path[2]}".startswith(settings.IMPORTS_AT)
    return settings.MAX_IMPORT_MEGABYTES * 2**20 if is_dataset else MAX_BYTES
