"""The history of one entry, of any kind: its revisions, and what changed between two of them."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.generic import TemplateView
from django.views.generic.base import ContextMixin, View

from publishing import comparison, rules
from publishing.models import Entry, OldSlug, Revision
from publishing.numbers import parse_number
from publishing.views.entries import EntryList, respelled


class OfEntry(ContextMixin, View):
    """Finds the entry, public or retracted, that the address names; an old address leads to the new one."""

    http_method_names = ["get", "head", "options"]
    model: type[Entry] = Entry

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show it, or where it went."""
        kind, slug = self.model._meta.model_name, kwargs["slug"]
        entry = Entry.objects.filter(kind=kind, slug=slug).first()
        if entry is not None:
            self.entry = entry
            return super().dispatch(request, *args, **kwargs)
        old = OldSlug.objects.select_related("entry").filter(kind=kind, slug=slug).first()
        if old is None:
            if (right := respelled(request, kind or "")) is None:
                raise Http404
            return right
        name = request.resolver_match.view_name  # type: ignore[union-attr]
        return redirect(reverse(name, kwargs={**kwargs, "slug": old.entry.slug}), permanent=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the entry."""
        return super().get_context_data(entry=self.entry, **kwargs)


class EntryHistory(OfEntry, EntryList):
    """Every revision of an entry, newest first; of a retracted one only what was noted, not what it said."""

    model: type[Entry]
    template_name = "publishing/history.html"
    context_object_name = "revisions"
    paginate_by = 50
    questions = ("of", "with")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list; or, where two revisions were picked in its form, what changed between them."""
        if "of" not in request.GET:
            return super().get(request, *args, **kwargs)
        one, other = _number(request.GET["of"]), _number(request.GET.get("with", ""))
        revision = get_object_or_404(Revision, entry_id=self.entry.pk, number=one)
        return redirect(f"{revision.get_absolute_url()}?with={other}")

    def get_queryset(self) -> models.QuerySet:
        """Without what they say, which no list shows."""
        return self.entry.revisions.order_by("-number").defer("snapshot")


class RevisionDetail(OfEntry, TemplateView):
    """One revision: who, when, why, and what changed since the one before or any other."""

    template_name = "publishing/revision.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the entry said is public only while the entry is."""
        if self.entry.is_retracted:
            return TemplateResponse(request, "410.html", {"entry": self.entry}, status=410)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what changed from the older to the newer of the two."""
        number, asked = kwargs["number"], self.request.GET.get("with")
        other = number - 1 if asked is None else _number(asked)
        there = range(1, self.entry.revision + 1)
        if number not in there or (asked is not None and other not in there):
            raise Http404
        found = {one.number: one for one in self.entry.revisions.filter(number__in={number, other})}
        older, newer = found.get(min(number, other)), found[max(number, other)]
        return super().get_context_data(
            revision=found[number],
            older=older,
            newer=newer,
            compare_with=other if other in found else self.entry.revision,
            lines=comparison.between(older.snapshot, newer.snapshot) if older else [],
            desk="" if rules.why_not_look_back(self.request.user) else newer.get_admin_url(),
            **kwargs,
        )


def _number(text: str) -> int:
    if (number := parse_number(text)) is None:
        raise BadRequest(f"not a revision: {text!r}")
    return number


def history_of(kind: type[Entry], *, below: str) -> list[URLPattern]:
    """The history of an entry of the kind, and each revision in it."""
    name = kind.PAGE.partition(":")[2]
    history = f"{below}<slug:slug>/history/"
    return [
        path(history, EntryHistory.as_view(model=kind), name=f"{name}-history"),
        path(f"{history}<int:number>/", RevisionDetail.as_view(model=kind), name=f"{name}-revision"),
    ]
