"""The pages on which an editor begins a case from a record of a dataset that was imported."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from cases.models import Case
from desk.addresses import draft_address
from imports.beginning import MOST_SHOWN, Beginning, begin_from, records_found
from imports.desk_pages import DeskPage
from imports.models import ImportedRecord
from imports.vocabulary import DatasetScheme
from publishing import rules
from publishing.rules import Refusal

ASKED, DATASET = "q", "dataset"
MAX_ASKED = 200


class ForEditorsOfCases(DeskPage):
    """A page of those who may make cases."""

    http_method_names = ["get", "head", "options"]

    def is_open_to(self, account: Any) -> bool:
        """Whether the account may make cases."""
        return rules.why_not_permitted(account, "add", Case) is None


class Records(ForEditorsOfCases):
    """The records of imported datasets, found by number or name."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The first that answer."""
        asked = request.GET.get(ASKED, "").replace("\0", "").strip()[:MAX_ASKED]
        wanted = request.GET.get(DATASET, "")
        dataset = wanted if wanted in DatasetScheme.values else ""
        found = [*records_found(dataset, asked)[: MOST_SHOWN + 1]]
        return self.page(
            "records.html",
            _("New case from a dataset’s record"),
            asked=asked,
            dataset=dataset,
            datasets=DatasetScheme.choices,
            not_understood=_not_understood(request, asked, dataset),
            records=[(one, _name_of(one)) for one in found[:MOST_SHOWN]],
            has_more=len(found) > MOST_SHOWN,
        )


def _name_of(record: ImportedRecord) -> str:
    """What its proposal calls the case."""
    return record.proposal.title if record.proposal is not None else ""


def _not_understood(request: HttpRequest, asked: str, dataset: str) -> list[str]:
    """What the address asks that the page does not know."""
    read = {ASKED: asked, DATASET: dataset}
    return [
        f"{name}={value}"[:100]
        for name, values in request.GET.lists()
        for value in values
        if value.strip() and (value.strip() != read.get(name) or len(values) > 1)
    ]


class BeginFromRecord(ForEditorsOfCases):
    """One record: what a draft would be filled with, and the button that begins it."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """What would be filled, fact by fact; or the case that it is already."""
        record = _record(number)
        title = _name_of(record) or str(record)
        return self.page("record.html", title, record=record, beginning=Beginning.of(record))

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Begin the draft, and open it, or the one that somebody has begun."""
        record = _record(number)
        try:
            draft = begin_from(record, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("imports:record", record.pk)
        if draft is None:
            return redirect("imports:record", record.pk)
        if rules.why_not_edit_draft(draft, request.user):
            return redirect("admin:publishing_proposal_change", draft.pk)
        return redirect(draft_address(draft))


def _record(number: int) -> ImportedRecord:
    known = ImportedRecord.objects.with_names().select_related(
        "proposal__entry", "proposal__revision", "batch__source"
    )
    return get_object_or_404(known, pk=number)
