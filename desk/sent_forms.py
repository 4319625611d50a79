"""Answers a form of the desk that is sent twice: the second time with what the first made."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing.actions import drafting
from publishing.fields.columns import canonical
from publishing.models import SentForm

View = Callable[..., HttpResponseBase]


def answered_once(view: View) -> View:
    """The view, which does once what an opened form asks for: the same form sent again gets the first answer.

    An opened form is known by the token in it: its own, or that against forged requests, which differs from
    page to page.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        digest = _digest_of(request) if request.method == "POST" else ""
        if not digest:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            sent, is_new = drafting.note_sent_form(
                digest, by=request.user, token=request.POST.get("form_token", "")[:22]
            )
            if not is_new:
                return _first_answer(request, sent)
            response = view(request, *args, **kwargs)
            if not _store_answer(sent, request, response):
                drafting.forget_sent_form(sent)
            return response

    return answer


def _files(request: HttpRequest) -> list[tuple[str, Any]]:
    return sorted((name, file) for name, files in request.FILES.lists() for file in files)


def _digest_of(request: HttpRequest) -> str:
    """Of all that was sent; "" of what no opened form has sent."""
    if not (request.POST.get("csrfmiddlewaretoken") or request.POST.get("form_token")):
        return ""
    files = [(name, one.name, one.size, _digest_of_file(one)) for name, one in _files(request)]
    content = [request.path, request.GET.urlencode(), sorted(request.POST.lists()), files]
    return hashlib.sha256(canonical(content)).hexdigest()


def _digest_of_file(file: Any) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _store_answer(sent: SentForm, request: HttpRequest, response: HttpResponseBase) -> bool:
    """Store what the form was answered with; False of a form that is shown again."""
    if response.status_code in {301, 302, 303, 307}:
        drafting.store_answer(sent, address=response.headers["Location"], told=_told(request))
        return True
    template = str(getattr(response, "template_name", ""))
    if "_popup" in request.POST and "popup_response" in template and isinstance(response, HttpResponse):
        response.render()  # type: ignore[attr-defined]
        drafting.store_answer(sent, page=response.content.decode())
        return True
    return False


def _told(request: HttpRequest) -> str:
    """The HTML of what the next page will say of the success; "" of nothing."""
    queued: Any = get_messages(request)
    said = (one.message for one in queued._queued_messages if one.level == messages.SUCCESS)
    return " ".join(map(conditional_escape, said))


def _first_answer(request: HttpRequest, sent: SentForm) -> HttpResponseBase:
    if sent.address:
        # A browser in which somebody presses twice throws the first answer away, with what it said.
        if sent.told:
            messages.success(request, SafeString(sent.told))
        return redirect(sent.address)
    if sent.page:
        return HttpResponse(sent.page)
    return HttpResponse(_("This was sent already."), status=409, content_type="text/plain; charset=utf-8")
