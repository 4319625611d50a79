"""What requests tell about themselves, and copies of them with other content."""

import copy
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict

View = Callable[..., Any]

# The key of a request's META by which a view says that it understands all of the query: the page may be kept.
KNOWS_QUERY = "sulh.page_knows_its_query"
# The key by which it says that the answer is the same in all languages.
IS_IN_NO_LANGUAGE = "sulh.page_is_in_no_language"
READING = ["GET", "HEAD", "OPTIONS"]


def only_read(view: View) -> View:
    """The view, for GET and HEAD alone; OPTIONS says so, as class-based views do."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "OPTIONS":
            return HttpResponse(headers={"Allow": ", ".join(READING), "Content-Length": "0"})
        if request.method not in READING:
            return HttpResponseNotAllowed(READING)
        return view(request, *args, **kwargs)

    return answered


def in_no_language(view: View, question: str = "") -> View:
    """The view, whose answer is the same in all languages. question: the one that it may be asked."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        request.META[IS_IN_NO_LANGUAGE] = True
        if {*request.GET} == {question}:
            request.META[KNOWS_QUERY] = True
        return view(request, *args, **kwargs)

    return marked


def understood(query: QueryDict, wrong: Iterable[tuple[str, str]]) -> QueryDict:
    """The query without empty values, and without these, each as often as it is named.

    The links of a page are made of it: what strangers wrote into an address is not said again in each.
    """
    gone: dict[str, Counter[str]] = defaultdict(Counter)
    for name, value in wrong:
        gone[name][value] += 1
    kept = QueryDict(mutable=True, encoding=query.encoding)
    for name, values in query.lists():
        left = gone.get(name, Counter())
        for value in values:
            if value and left[value] > 0:
                left[value] -= 1
            elif value:
                kept.appendlist(name, value)
    return kept


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
