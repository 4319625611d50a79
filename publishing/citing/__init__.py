"""How a page is cited: as a line of text, as a file for a program, in headers and in its own head."""

from publishing.citing.files import FILES, CitationFile
from publishing.citing.works import (
    KeptAnswer,
    Work,
    casebook_name,
    work_of_entry,
    work_of_list,
    work_of_revision,
)

__all__ = [
    "FILES",
    "CitationFile",
    "KeptAnswer",
    "Work",
    "casebook_name",
    "work_of_entry",
    "work_of_list",
    "work_of_revision",
]
