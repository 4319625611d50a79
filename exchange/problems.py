"""Answers without data, which say why: RFC 9457."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange import formats
from publishing.views.entries import shortened

TYPE = "application/problem+json"
NOT_UNDERSTOOD = gettext_lazy("This was not understood: %(questions)s")


class Problem(Exception):
    """Why there is no data, in the language in which it is answered.

    values: what stands in the text; headers: besides the usual ones; members: what else the answer says.
    """

    def __init__(
        self,
        status: int,
        text: Any,
        values: dict[str, Any] | None = None,
        *,
        headers: dict[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(status)
        self.status, self.text, self.values = status, text, values
        self.headers, self.members = headers or {}, members

    def answer(self) -> HttpResponse:
        """The answer to whoever asked."""
        detail = str(self.text) % self.values if self.values else str(self.text)
        response = problem(self.status, detail, **self.members)
        for name, value in self.headers.items():
            response.headers[name] = value
        return response


def not_understood(questions: list[tuple[str, str]]) -> Problem:
    """What of the address nobody can answer: less would be a wrong answer."""
    some = shortened(questions)
    listed = ", ".join(f"{name}={value}" for name, value in some)
    return Problem(
        400,
        NOT_UNDERSTOOD,
        {"questions": listed},
        not_understood=[{"name": name, "value": value} for name, value in some],
    )


def problem(status: int, detail: str, **members: Any) -> HttpResponse:
    """An answer without data, which says why."""
    content = {"type": "about:blank", "title": _("No data"), "status": status, "detail": detail, **members}
    text = formats.dumped(content).encode("utf-8", "replace")
    answer = HttpResponse(text, status=status, content_type=TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer
