"""Answers a form of the desk that is sent twice: the second time with what the first made."""

import hashlib
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.actions import drafting
from publishing.fields.columns import canonical
from publishing.models import SentForm

View = Callable[..., HttpResponseBase]
# Seconds until the first answer of a form that is sent twice at once: its page is being made.
MAX_WAIT, PAUSE = 5.0, 0.05
WRITES = ("INSERT", "UPDATE", "DELETE")


class SentTwice(Exception):
    """The same form was sent a moment ago, and has made something."""


@dataclass
class Noting:
    """Notes a sent form in the first transaction that it writes in: what it makes and the note are one.

    So no lock is taken before something is written. What a rehearsal writes is taken back, and is not noted.
    """

    digest: str
    by: Any
    token: str
    sent: SentForm | None = None
    is_committed: bool = False
    is_noting: bool = False

    @property
    def is_noted(self) -> bool:
        """Whether the note is stored, or will be with the transaction that is open."""
        return self.is_committed or any(one[1] == self._commit for one in connection.run_on_commit)

    def __call__(self, run: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        """As a wrapper of statements: before the first that writes, note the form. Raises SentTwice."""
        if self.is_noting or not sql.startswith(WRITES) or self.is_noted or snapshots.is_rehearsed():
            return run(sql, parameters, many, context)
        with nullcontext() if connection.in_atomic_block else transaction.atomic():
            self.note()
            return run(sql, parameters, many, context)

    def note(self) -> SentForm:
        """Note it in the transaction that is open; raises SentTwice."""
        self.is_noting = True
        try:
            self.sent, is_new = drafting.note_sent_form(self.digest, by=self.by, token=self.token)
        finally:
            self.is_noting = False
        if not is_new:
            raise SentTwice
        transaction.on_commit(self._commit)
        return self.sent

    def _commit(self) -> None:
        self.is_committed = True


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
        if (sent := drafting.find_sent_form(digest, by=request.user)) is not None:
            return _first_answer(request, sent)
        noting = Noting(digest, request.user, request.POST.get("form_token", "")[:22])
        try:
            with connection.execute_wrapper(noting):
                response = view(request, *args, **kwargs)
            return _noted(noting, request, response)
        except SentTwice:
            return _first_answer(request, drafting.sent_form(digest, by=request.user))

    return answer


def _noted(noting: Noting, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Store the response, or forget the form where it is shown again. Raises SentTwice."""
    if not noting.is_noted and drafting.find_sent_form(noting.digest, by=noting.by) is not None:
        # It was refused because of what the same form has made meanwhile.
        raise SentTwice
    answer = _answer_in(request, response)
    if answer is not None:
        with transaction.atomic():
            sent = noting.sent if noting.is_noted and noting.sent else noting.note()
            drafting.store_answer(sent, **answer)
    elif noting.is_noted and noting.sent:
        drafting.forget_sent_form(noting.sent)
    return response


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


def _answer_in(request: HttpRequest, response: HttpResponseBase) -> dict[str, str] | None:
    """What the form was answered with, to be stored; None of a form that is shown again."""
    if response.status_code in {301, 302, 303, 307}:
        return {"address": response.headers["Location"], "told": _success_message(request)}
    template = str(getattr(response, "template_name", ""))
    if "_popup" in request.POST and "popup_response" in template and isinstance(response, HttpResponse):
        response.render()  # type: ignore[attr-defined]
        return {"page": response.content.decode()}
    return None


def _success_message(request: HttpRequest) -> str:
    """The HTML of the message of success on the next page; "" if there is none."""
    queued: Any = get_messages(request)
    texts = (one.message for one in queued._queued_messages if one.level == messages.SUCCESS)
    return " ".join(map(conditional_escape, texts))


def _waiting_messages(request: HttpRequest) -> list[str]:
    """The HTML of the messages that the next page will show in any case."""
    kept: Any = get_messages(request)
    return [conditional_escape(one.message) for one in kept._loaded_messages]


def _first_answer(request: HttpRequest, sent: SentForm) -> HttpResponseBase:
    end = time.monotonic() + MAX_WAIT
    while not (sent.address or sent.page) and time.monotonic() < end and not connection.in_atomic_block:
        time.sleep(PAUSE)
        sent.refresh_from_db()
    if sent.address:
        # A browser in which somebody presses twice throws the first answer away, often with what it said.
        if sent.told and sent.told not in _waiting_messages(request):
            messages.success(request, SafeString(sent.told))
        return redirect(sent.address)
    if sent.page:
        return HttpResponse(sent.page)
    return HttpResponse(_("This was sent already."), status=409, content_type="text/plain; charset=utf-8")
