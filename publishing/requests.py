"""A copy of a request with other content."""

import copy
from typing import Any

from django.http import HttpRequest, QueryDict


def replayed(
    request: HttpRequest, *, path: str = "", query: QueryDict | None = None, data: QueryDict | None = None
) -> Any:
    """A copy of the request with another path, query or data: a POST where there is data, else a GET.

    It keeps the files, the account, the session and all else that middleware set on `request`. What is set
    on the copy later is not set on `request`.
    """
    # Django reads data and files together, and only once: read them before the copy is made.
    request.FILES  # noqa: B018
    copied: Any = copy.copy(request)
    copied.method = "GET" if data is None else "POST"
    copied.POST = QueryDict() if data is None else data
    copied.resolver_match = request.resolver_match
    if path:
        copied.path = copied.path_info = path
    if query is not None:
        copied.GET = query
    return copied
