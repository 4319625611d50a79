"""What all answers of the API share: any site may read them, errors say why, and nobody takes too much."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from exchange import formats, licence, limits
from exchange.problems import Problem, not_understood
from publishing.limits import Allowance
from publishing.requests import IS_IN_NO_LANGUAGE, KNOWS_QUERY

EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
A_DAY = "86400"
METHODS = ("GET", "HEAD", "OPTIONS")


# Nothing is changed here, so no form of another site can do harm.
@method_decorator(csrf_exempt, name="dispatch")
class ApiView(View):
    """An answer for programs."""

    http_method_names = ["get", "head", "options"]
    # The names of what it may be asked.
    questions: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer; a Problem as its answer; 429 for whoever asks too often."""
        request.META[IS_IN_NO_LANGUAGE] = True
        allowance = limits.count_request(request)
        try:
            if allowance.is_exceeded:
                raise _too_often(allowance)
            # The same for all: names are found and sorted in the language of the casebook. A Problem is said
            # in that of the reader.
            with override(settings.LANGUAGE_CODE):
                response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except Problem as why:
            response = why.answer()
        response.headers["RateLimit-Policy"] = allowance.policy
        return response

    def count_as(self, number: int) -> None:
        """Count the request as so many; raises the Problem of too many."""
        if number > 1 and (allowance := limits.count_request(self.request, number - 1)).is_exceeded:
            raise _too_often(allowance)

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """405, and which are allowed."""
        raise method_refused(self.allowed)

    @property
    def allowed(self) -> list[str]:
        """The methods that it answers."""
        return [one.upper() for one in self.http_method_names if hasattr(self, one)]

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What a browser asks before it lets a page of another site ask with headers of its own."""
        response = HttpResponse(status=204)
        response.headers["Allow"] = ", ".join(self.allowed)
        response.headers["Access-Control-Allow-Methods"] = response.headers["Allow"]
        response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
        response.headers["Access-Control-Max-Age"] = A_DAY
        return response

    def refuse_strangers(self, known: Iterable[str]) -> None:
        """Raise the Problem of questions that nobody knows here."""
        names = {*known}
        wrong = [
            (name, one) for name, values in self.request.GET.lists() if name not in names for one in values
        ]
        if wrong:
            raise not_understood(wrong)

    def one(self, name: str) -> str | None:
        """The value of a question that has one at most; raises the Problem of several."""
        values = self.request.GET.getlist(name)
        if len(values) > 1:
            raise not_understood([(name, other) for other in values[:-1]])
        return values[0] if values else None

    def sent(self, body: Any, links: Iterable[str] = ()) -> HttpResponse:
        """The answer, which may be kept: all of the query was understood."""
        self.request.META[KNOWS_QUERY] = True
        content = body if isinstance(body, bytes) else f"{formats.dumped(body)}\n".encode()
        response = HttpResponse(content, content_type="application/json")
        response.headers["Link"] = ", ".join([f'<{licence.URL}>; rel="license"', *links])
        response.headers["X-Robots-Tag"] = "noindex"
        return response


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the address is one of the API, which says in JSON whatever is wrong."""
    return request.path.startswith("/api/")


def for_all_sites(response: HttpResponseBase) -> None:
    """Let pages of all sites read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def method_refused(allowed: Iterable[str]) -> Problem:
    """Nothing is written here."""
    allowed_methods = ", ".join(allowed)
    return Problem(
        405,
        _("This address can only be read. Allowed: %(methods)s."),
        {"methods": allowed_methods},
        headers={"Allow": allowed_methods},
    )


def _too_often(allowance: Allowance) -> Problem:
    text = _("These were more than %(number)s requests in a minute. Ask again in %(seconds)s seconds.")
    numbers = {"number": allowance.limit, "seconds": allowance.seconds}
    headers = {"Retry-After": str(allowance.seconds), "RateLimit": allowance.header}
    return Problem(429, text, numbers, headers=headers)
