"""The page of what is said at the desk about an entry, field by field."""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from desk.addresses import desk_address, draft_address, parse_key
from desk.forms.review import CommentForm
from desk.threads import Subject, discussion_of
from publishing import rules
from publishing.actions import discussing
from publishing.models import Entry, FieldThread, Proposal
from publishing.refusals import Refusal


class DiscussionPage(View):
    """All threads of an entry, or of the draft of a new one; each button of it posts here."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "admin/publishing/discussion/page.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 unless the person may read it."""
        self.subject = _subject(kwargs["key"])
        if rules.why_not_discuss(self.subject.new_draft, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        """The threads, open ones first."""
        return self._page(request)

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        """Carry out what the button says; after a refusal the page keeps what was typed."""
        try:
            done = self._carry_out(request)
        except Refusal as refusal:
            sent = {name: request.POST.get(name, "") for name in ("path", "text", "thread")}
            return self._page(request, refusal=refusal.message, sent=sent)
        messages.success(request, done)
        return redirect(f"{self.subject.address}#desk-threads")

    def _carry_out(self, request: HttpRequest) -> str:
        """What was done, in words. Raises Refusal."""
        verb, by = request.POST.get("verb", ""), request.user
        if verb == "open":
            text, path = self._sent_comment(request)
            if not self.subject.has(path):
                message = _(
                    "This field is not there yet. Save a draft first; then a new row can be commented on."
                )
                raise Refusal("no_such_field", message)
            discussing.open_thread(self.subject.entry, self.subject.draft, path=path, text=text, by=by)
            return _("Your comment is there. Only those at the desk can read it.")
        if verb in {"watch", "stop_watching"}:
            return self._watch(verb, by)
        thread = self._thread(request)
        if verb == "reply":
            discussing.reply(thread, text=self._sent_comment(request)[0], by=by)
            return _("Your comment is there. Only those at the desk can read it.")
        if verb == "resolve":
            discussing.resolve(thread, by=by)
            return _("The thread is resolved.")
        if verb == "reopen":
            discussing.reopen(thread, by=by)
            return _("The thread is open again.")
        raise Http404

    def _watch(self, verb: str, by: Any) -> str:
        if self.subject.entry is None:
            raise Http404
        if verb == "watch":
            discussing.watch(self.subject.entry, by=by)
            return _("You get mail when somebody else changes this entry or comments on it.")
        discussing.stop_watching(self.subject.entry, by=by)
        return _("You get no more mail about this entry.")

    def _sent_comment(self, request: HttpRequest) -> tuple[str, str]:
        form = CommentForm(request.POST)
        if not form.is_valid():
            first = next(iter(form.errors.values()))[0]
            raise Refusal("not_a_comment", str(first))
        return form.cleaned_data["text"], form.cleaned_data["path"]

    def _thread(self, request: HttpRequest) -> FieldThread:
        found = FieldThread.objects.about(self.subject.entry, self.subject.draft)
        thread = found.filter(pk=parse_key(request.POST.get("thread", ""))).first()
        if thread is None:
            raise Http404
        return thread

    def _page(self, request: HttpRequest, **sent: Any) -> HttpResponse:
        subject = self.subject
        title = subject.entry if subject.entry is not None else subject.draft and subject.draft.title
        context = {
            **admin.site.each_context(request),
            "title": _("Comments on “%(title)s”") % {"title": title},
            "subject": title,
            "form_address": _form_address(subject),
            "discussion": discussion_of(subject, request.user, **sent),
        }
        return TemplateResponse(request, self.template_name, context)


def _subject(key: uuid.UUID) -> Subject:
    entry = Entry.objects.filter(pk=key).first()
    if entry is not None:
        return Subject.of(entry, None)
    drafts = Proposal.objects.select_related("base__entry", "revision__entry")
    draft = drafts.filter(pk=key, meant_for=None).first()
    if draft is None:
        raise Http404
    return Subject.of(None, draft)


def _form_address(subject: Subject) -> str:
    if subject.entry is not None:
        return desk_address(subject.entry)
    return draft_address(subject.draft)  # type: ignore[arg-type]
