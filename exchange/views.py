"""Lists and entries as data."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView, View

from exchange import codebook, formats, licence, limits
from exchange.comparisons import COLUMNS, ComparedCases
from exchange.counterparts import DATASETS
from exchange.file_formats import FORMATS, FileFormat
from exchange.lists import Answer, NotUnderstood
from exchange.metadata import of_csv
from exchange.problems import Problem, not_understood, problem
from exchange.records import record_of
from publishing import old_records
from publishing.languages import active_language
from publishing.models import Entry, Revision
from publishing.requests import KNOWS_QUERY
from publishing.views.cited_pages import CitedPage
from publishing.views.one_entry import EntryMixin

METADATA = "csv-metadata.json"
ONES_OWN = gettext_lazy(
    "You are taking as many lists as one network may at a time. Ask again when one of them is there, or in "
    "%(seconds)s seconds."
)
EVERYBODYS = gettext_lazy("Many readers are taking lists just now. Ask again in %(seconds)s seconds.")


class ListData(View):
    """The entries that a list answers, all of them, in one file."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, name: str, ending: str) -> HttpResponseBase:
        """The file; 400 where the question is not understood, or the answer too long for a workbook."""
        try:
            answer = Answer(name, request)
        except NotUnderstood as error:
            return not_understood(error.questions).answer()
        file_format = FORMATS.get(ending)
        if file_format and file_format.most_rows is not None and answer.number > file_format.most_rows:
            return problem(400, _("These are too many rows for a workbook. Take the CSV, or ask for less."))
        try:
            body = self._body(answer, file_format)
        except limits.NoSlot as full:
            return _refused(full)
        response = StreamingHttpResponse(
            body, content_type=file_format.content_type if file_format else "application/csvm+json"
        )
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Link"] = self._links(request, ending)
        file_name = f"{answer.file_name}.{ending}"
        is_attached = bool(file_format and not file_format.is_shown)
        response.headers["Content-Disposition"] = content_disposition_header(is_attached, file_name) or ""
        response.headers["X-Number"] = f"{answer.number}/{answer.number_of_all}"
        response.headers["X-Head-Of-The-Chain"] = answer.head
        return response

    def _body(self, answer: Answer, file_format: FileFormat | None) -> Iterator[bytes]:
        """What is sent, of which the head is read before the first byte is. None: what describes the CSV."""
        if self.request.method == "HEAD":
            return iter(())
        if file_format is None:
            address = f"{settings.SITE_URL}{self.request.get_full_path().replace(f'.{METADATA}', '.csv', 1)}"
            columns = answer.table(with_prose=True).columns
            return iter([formats.dumped(of_csv(address, answer.about, columns)).encode()])
        about, table = answer.about, answer.table(with_prose=file_format.with_prose)
        slots = limits.Slots(self.request)
        pages = (table.pages_of_columns if file_format.by_columns else table.pages)(answer.keys)
        return limits.InSlots(file_format.write(about, table.columns, pages), slots)

    def _links(self, request: HttpRequest, ending: str) -> str:
        """The licence; of a CSV, the file that describes it."""
        links = [f'<{licence.URL}>; rel="license"']
        if ending == "csv":
            described = request.get_full_path().replace(".csv", ".csv-metadata.json", 1)
            links.append(f'<{described}>; rel="describedby"; type="application/csvm+json"')
        return ", ".join(links)


class ComparisonData(View):
    """The facts of two to four cases, with the sources of each, in one file."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        """The file; 400 where there is nothing to compare, or the question is not understood."""
        compared = ComparedCases(request)
        if compared.not_understood:
            return not_understood(compared.not_understood).answer()
        if compared.problem:
            return problem(400, compared.problem)
        file_format = FORMATS[ending]
        rows: Any = compared.rows()
        page = [*zip(*rows, strict=True)] if file_format.by_columns else [*rows]
        body = b"".join(file_format.write(compared.about, COLUMNS, [page]))
        response = HttpResponse(body, content_type=file_format.content_type)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Link"] = f'<{licence.URL}>; rel="license", <{compared.address}>; rel="describes"'
        file_name = f"{compared.file_name}.{ending}"
        disposition = content_disposition_header(not file_format.is_shown, file_name)
        response.headers["Content-Disposition"] = disposition or ""
        return response


def _refused(full: limits.NoSlot) -> HttpResponse:
    """The answer to one download too many: 429 where the reader's own others are the reason, else 503."""
    seconds = settings.DATA_LIMITS["wait_seconds"]
    text = EVERYBODYS if full.of_all else ONES_OWN
    values, again = {"seconds": seconds}, {"Retry-After": str(seconds)}
    return Problem(503 if full.of_all else 429, text, values, headers=again).answer()


class EntryData(EntryMixin):
    """What was published of an entry; with `as_of` in the query, what was published then."""

    model: type[Entry]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The record; 410 for a retracted entry, 404 where nothing was public, 400 for what nobody asks."""
        if self.entry.is_retracted:
            return problem(
                410, _("This entry was retracted: %(why)s") % {"why": self.entry.retraction_reason}
            )
        asked = request.GET.getlist("as_of")
        wrong = [(name, value) for name, values in request.GET.lists() if name != "as_of" for value in values]
        wrong += [("as_of", value) for value in asked[:-1]]
        try:
            when = old_records.parse_when(asked[-1]) if asked else None
        except ValueError:
            wrong.append(("as_of", asked[-1]))
        if wrong:
            return not_understood(wrong).answer()
        if when is None:
            revision = Revision.objects.select_related("entry").newest_of(self.entry.pk)
        elif (found := old_records.revision_at(self.entry, when)) is not None:
            revision = found
        else:
            return problem(404, _("Nothing was public then."))
        request.META[KNOWS_QUERY] = True
        response = HttpResponse(
            formats.dumped(record_of(revision)), content_type=FORMATS["json"].content_type
        )
        response.headers["Link"] = f'<{licence.URL}>; rel="license"'
        return response


class Codebook(CitedPage, TemplateView):
    """What every kind, column and code means, how often it occurs, and what datasets call it."""

    http_method_names = ["get", "head", "options"]
    template_name = "exchange/codebook.html"
    page_name = "exchange:codebook"
    cited_as = gettext_lazy("Codebook")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every kind, with its rows."""
        return super().get_context_data(parts=codebook.codebook(), datasets=DATASETS.values(), **kwargs)


class CodebookData(View):
    """The codebook as a table, with how often each code occurs."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        """The file; 400 for any question."""
        if request.GET:
            wrong = [(name, value) for name, some in request.GET.lists() for value in some]
            return not_understood(wrong).answer()
        rows = [*codebook.as_rows(codebook.counts())]
        if ending == "csv":
            body = formats.csv_of(codebook.HEAD, rows)
        else:
            objects = [dict(zip(codebook.HEAD, row, strict=True)) for row in rows]
            datasets = {name: one._asdict() for name, one in DATASETS.items()}
            body = formats.dumped(
                {"language": active_language(), "datasets": datasets, "rows": objects}
            ).encode()
        response = HttpResponse(body, content_type=FORMATS[ending].content_type)
        response.headers["Link"] = f'<{licence.URL}>; rel="license"'
        response.headers["Content-Disposition"] = (
            content_disposition_header(ending == "csv", f"sulh-codebook-{active_language()}.{ending}") or ""
        )
        return response
