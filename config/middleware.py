"""Headers and methods that hold for every answer."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

NextAnswer = Callable[[HttpRequest], HttpResponse]


def careful_headers(get_response: NextAnswer) -> NextAnswer:
    """Refuse methods that no page has, and keep our files and permissions to ourselves."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer


def no_null_bytes(get_response: NextAnswer) -> NextAnswer:
    """Refuse questions with a null byte, which no page asks and PostgreSQL cannot be asked."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\0" in "".join(value for values in request.GET.lists() for value in (values[0], *values[1])):
            raise BadRequest("a null byte in the query")
        return get_response(request)

    return answer
