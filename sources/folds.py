"""Pages on which who says so is folded into a line beside each fact, and on request stands open."""

from typing import Any

from publishing.requests import KNOWS_QUERY
from publishing.views.entries import shortened

# The parameter of the address, and the one value that it knows.
ASKED_BY, OPEN = "sources", "open"


class FoldsSources:
    """A page of an entry whose sources are folded; `?sources=open` opens all of them, and is an address."""

    request: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether all is open, and what of the address was not understood."""
        # Of a preview or an old record, the reader's address is another than that of the page.
        query = getattr(self.request, "asked", self.request.GET)
        asked = query.getlist(ASKED_BY)
        is_open, wrong = asked == [OPEN], [(ASKED_BY, one) for one in asked if asked != [OPEN]]
        if is_open and len(query) == 1:
            self.request.META[KNOWS_QUERY] = True
        # The same address, opened or folded: of an old record it stays the address of that record.
        other = query.copy()
        other.pop(ASKED_BY, None)
        if not is_open:
            other[ASKED_BY] = OPEN
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {
            **context,
            "sources_open": is_open,
            "other_sources": other.urlencode(),
            "not_understood": shortened(wrong),
        }
