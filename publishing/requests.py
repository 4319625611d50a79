"""A request made once more, with something else in it."""

import copy
from typing import Any

from django.http import HttpRequest, QueryDict


def replayed(
    request: HttpRequest, *, path: str = "", query: QueryDict | None = None, data: QueryDict | None = None
) -> Any:
    """The same person's request as if it came to another path, with another query, or sent this data.

    It is a POST where there is data, and else a GET. The files stay those of `request`, and so does what the
    middleware found, as the account and the session. Nothing that is set on it later is set on `request`.
    """
    # Django reads data and files together and once: read before the copy is made, the copy reads neither.
    request.FILES  # noqa: B018
    again: Any = copy.copy(request)
    again.method = "GET" if data is None else "POST"
    again.POST = QueryDict() if data is None else data
    again.resolver_match = request.resolver_match
    if path:
        again.path = again.path_info = path
    if query is not None:
        again.GET = query
    return again
