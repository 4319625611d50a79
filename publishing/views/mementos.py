"""The list of old records of an entry for programs, and the way to one of them by its moment."""

import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import parse_http_date_safe

from publishing import mementos
from publishing.views.one_entry import EntryMixin


class TimeMap(EntryMixin):
    """All old records of an entry, oldest first."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The list; 410 for a retracted entry, whose records are not public."""
        if self.entry.is_retracted:
            return TemplateResponse(request, "410.html", {"entry": self.entry}, status=410)
        records = [*mementos.records_of(self.entry)]
        text = mementos.timemap(self.entry, records)
        return HttpResponse(text, content_type=f"{mementos.LINK_FORMAT}; charset=utf-8")


class TimeGate(EntryMixin):
    """Leads to the record as it was at the moment that the header Accept-Datetime names.

    The page of the entry itself does not ask that header: it would be another page for every reader.
    """

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A redirect; before the first record to the first, without a moment to the newest."""
        if self.entry.is_retracted:
            return TemplateResponse(request, "410.html", {"entry": self.entry}, status=410)
        record = mementos.record_at(self.entry, _moment(request))
        if record is None:
            raise Http404
        record.entry = self.entry
        response = HttpResponseRedirect(record.get_record_url())
        response.headers["Vary"] = "Accept-Datetime"
        response.headers["Link"] = ", ".join(mementos.links_of_record(self.entry))
        return response


def _moment(request: HttpRequest) -> datetime.datetime | None:
    asked = request.headers.get("Accept-Datetime")
    if asked is None:
        return None
    seconds = parse_http_date_safe(asked)
    if seconds is None:
        raise BadRequest("a moment that is none")
    return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)
