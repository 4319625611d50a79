"""The history of an entry of any kind: its revisions, and what changed between two of them."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.generic import TemplateView

from publishing import comparison, rules
from publishing.citing import FILES
from publishing.feeds import EntryFeed
from publishing.fields.clean_text import DIGITS, clean_code
from publishing.models import Entry, Revision
from publishing.numbers import parse_number
from publishing.requests import only_read
from publishing.revisions import attach_sources
from publishing.views.citing import RevisionCitation
from publishing.views.entries import EntryList
from publishing.views.mementos import TimeGate, TimeMap
from publishing.views.one_entry import EntryMixin


class EntryHistory(EntryMixin, EntryList):
    """Every revision of an entry, newest first; also of a retracted one: notes are shown, not the content."""

    model: type[Entry]
    template_name = "publishing/history.html"
    context_object_name = "revisions"
    paginate_by = 50
    questions = ("of", "with")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list; if its form was sent with two revisions, a redirect to their comparison."""
        if "of" not in request.GET:
            return super().get(request, *args, **kwargs)
        number, other = _number(request.GET["of"]), _number(request.GET.get("with", ""))
        revision = get_object_or_404(Revision, entry_id=self.entry.pk, number=number)
        return redirect(f"{revision.get_absolute_url()}?with={other}")

    def get_queryset(self) -> models.QuerySet:
        """The revisions without their snapshots, which the list does not show."""
        return self.entry.revisions.order_by("-number").defer("snapshot")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add to each revision the source that came with it."""
        context = super().get_context_data(**kwargs)
        attach_sources(context["revisions"])
        return context


class RevisionDetail(EntryMixin, TemplateView):
    """One revision: who, when, why, and what changed since the revision before it, or any other."""

    template_name = "publishing/revision.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """410 for a retracted entry: its revisions are not public."""
        if self.entry.is_retracted:
            return TemplateResponse(request, "410.html", {"entry": self.entry}, status=410)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what changed from the older to the newer of the two revisions."""
        number, requested = kwargs["number"], self.request.GET.get("with")
        other = number - 1 if requested is None else _number(requested)
        numbers = range(1, self.entry.revision + 1)
        if number not in numbers or (requested is not None and other not in numbers):
            raise Http404
        found = {
            revision.number: revision for revision in self.entry.revisions.filter(number__in={number, other})
        }
        attach_sources(found.values())
        older, newer = found.get(min(number, other)), found[max(number, other)]
        return super().get_context_data(
            revision=found[number],
            older=older,
            newer=newer,
            compare_with=other if other in found else self.entry.revision,
            lines=comparison.lines_between(older.snapshot, newer.snapshot) if older else [],
            desk="" if rules.why_not_read_history(self.request.user) else newer.get_admin_url(),
            **kwargs,
        )


def _number(text: str) -> int:
    if (number := parse_number(clean_code(text).translate(DIGITS))) is None:
        raise BadRequest(f"not a revision: {text!r}")
    return number


def history_of(kind: type[Entry], *, below: str) -> list[URLPattern]:
    """The URL patterns of the history of an entry of the kind; below: the path before the slug."""
    name = kind.PAGE.partition(":")[2]
    history = f"{below}<slug:slug>/history/"
    return [
        path(history, EntryHistory.as_view(model=kind), name=f"{name}-history"),
        path(f"{history}feed.xml", only_read(EntryFeed(kind)), name=f"{name}-feed"),
        path(f"{history}timemap/", TimeMap.as_view(model=kind), name=f"{name}-timemap"),
        path(f"{history}timegate/", TimeGate.as_view(model=kind), name=f"{name}-timegate"),
        path(f"{history}<int:number>/", RevisionDetail.as_view(model=kind), name=f"{name}-revision"),
        *(
            path(
                f"{history}<int:number>/cite.{file.ending}",
                RevisionCitation.as_view(model=kind, file=file),
                name=f"{name}-cite-{file.ending}",
            )
            for file in FILES
        ),
    ]
