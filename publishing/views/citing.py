"""Files that cite an entry at a revision, or a list with its questions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.generic.base import View

from publishing.citing import FILES, CitationFile, Work, work_of_revision
from publishing.models import Revision
from publishing.views.entries import EntryList
from publishing.views.one_entry import EntryMixin


class RevisionCitation(EntryMixin):
    """A file that cites an entry at a revision; it says the same for ever."""

    file: CitationFile = FILES[0]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file; 410 for a retracted entry, of which nothing is left to cite."""
        if self.entry.is_retracted:
            return TemplateResponse(request, "410.html", {"entry": self.entry}, status=410)
        if kwargs["number"] > self.entry.revision:
            raise Http404
        revision = get_object_or_404(Revision, entry_id=self.entry.pk, number=kwargs["number"])
        revision.entry = self.entry
        if not revision.has_record:
            raise Http404
        return _answer(self.file, work_of_revision(revision, self.entry))


class PageCitation(View):
    """A file that cites a page that is no entry; where the page changes, it says on which day it was read."""

    http_method_names = ["get", "head", "options"]
    page: type[Any] = EntryList
    file: CitationFile = FILES[0]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file; 404 where there is nothing to cite."""
        view = self.page()
        view.setup(request, **kwargs)
        if hasattr(view, "get_queryset"):
            view.get_queryset()
        work: Work | None = view.work()
        if work is None:
            raise Http404
        response = _answer(self.file, work, is_undated=work.day is None)
        response.headers["Cache-Control"] = "no-cache"
        return response


def citations_of(view: type[Any], *, at: str, name: str) -> list[URLPattern]:
    """The URL patterns of the files that cite a page. at: its path; name: that of its URL."""
    return [
        path(
            f"{at}cite.{file.ending}",
            PageCitation.as_view(page=view, file=file),
            name=f"{name}-cite-{file.ending}",
        )
        for file in FILES
    ]


def _answer(file: CitationFile, work: Work, *, is_undated: bool = False) -> HttpResponse:
    read_on = timezone.now().date() if is_undated else None
    response = HttpResponse(file.write(work, read_on), content_type=f"{file.media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{work.key}.{file.ending}"'
    response.headers["Link"] = f'<{work.address}>; rel="describes"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
