"""Pages that are neither an entry nor a list of entries, as others cite them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from publishing.citing import KeptAnswer, Work, work_of_list


class CitedPage:
    """A page that can be cited, with what is asked of it.

    cited_as: what it is called there. page_name: the name of its URL.
    """

    request: Any
    cited_as: str | Promise = ""
    page_name = ""

    def work(self) -> Work | None:
        """The page as others cite it."""
        path, asked = reverse(self.page_name), self.asked_in_words()
        title, kept = str(self.cited_as), self.kept_answer()
        return work_of_list(title, path, self.query_cited(), asked, kept=kept, schema="WebPage")

    def kept_answer(self) -> KeptAnswer | None:
        """What it says now, where that stays readable; None where nobody keeps it."""
        return None

    def query_cited(self) -> str:
        """What is asked of it, as it stands in the address."""
        return ""

    def asked_in_words(self) -> Iterable[tuple[str, str]]:
        """The same, each question with its answer, in words."""
        return ()
