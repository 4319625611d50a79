"""The pages of imports at the desk: the batches, one batch, names that wait, and taking a case on."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case
from desk.addresses import draft_address, parse_key
from imports import actions
from imports.desk_pages import DeskPage
from imports.forms import AnswerForm, UploadForm
from imports.models import READING, ActorName, ImportBatch, Mapping
from imports.reading import Unreadable, read_table, refuse_other
from imports.suggesting import suggestions
from imports.taking_on import take_on
from imports.vocabulary import Answer, BatchState, DatasetScheme, Problem
from publishing import rules
from publishing.rules import Refusal

BATCHES_ON_A_PAGE, NOTES_ON_A_PAGE, NAMES_ON_A_PAGE = 25, 100, 20

# Somebody has to say how it goes on.
BEFORE_THE_END = (BatchState.CHECKED, BatchState.FAILED)


class Batches(DeskPage):
    """All imports, the newest first, and the form for a new one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list and an empty form."""
        finished = Mapping.objects.exclude(rules="").only("name")
        asked = finished.filter(name=request.GET.get("mapping", "")[:60]).first()
        chosen = {"scheme": DatasetScheme.CSV, "mapping": asked.name} if asked else None
        return self._page(UploadForm(initial=chosen))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file, if it can be read, and let the worker check it."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form)
        cleaned = form.cleaned_data
        with tempfile.NamedTemporaryFile(prefix="upload-") as kept:
            for piece in cleaned["file"].chunks():
                kept.write(piece)
            kept.flush()
            try:
                table = read_table(Path(kept.name))
                refuse_other(table, cleaned["kind"].label, cleaned["kind"].needs)
            except Unreadable as error:
                form.add_error("file", str(error))
                return self._page(form)
            for note in table.notes:
                messages.warning(request, note)
            digest = actions.digest_of(Path(kept.name))
            kept.seek(0)
            try:
                batch = actions.begin(
                    scheme=cleaned["scheme"],
                    release=cleaned["release"],
                    source=cleaned["source"],
                    mapping=cleaned["mapping"],
                    file_name=cleaned["file"].name,
                    digest=digest,
                    by=request.user,
                    rows=table.size,
                    content=kept.file,
                    state=BatchState.CHECKING,
                )
            except Refusal as refusal:
                form.add_error("mapping", refusal.message)
                return self._page(form)
        return redirect(batch)

    def _page(self, form: UploadForm) -> HttpResponse:
        batches = ImportBatch.objects.with_names().select_related("by")
        page = Paginator(batches, BATCHES_ON_A_PAGE).get_page(self.request.GET.get("page"))
        title, waiting = _("Imports of datasets"), _names_that_wait()
        return self.page("batches.html", title, form=form, page_obj=page, names_waiting=waiting)


def _names_that_wait() -> int:
    return ActorName.objects.filter(answer=Answer.OPEN).count()


class Batch(DeskPage):
    """One import: how far it has come, what is wrong with its rows, and what can be done with it."""

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Its numbers, and its notes in pages; those for which a record is not proposed come first."""
        batch = get_object_or_404(ImportBatch.objects.with_names().select_related("by", "source"), pk=key)
        notes = Paginator(batch.notes.order_by("-refuses", "row", "pk"), NOTES_ON_A_PAGE)
        held = batch.records.waiting().exclude(proposal__held_back="").select_related("proposal__entry")
        return self.page(
            "batch.html",
            str(batch),
            batch=batch,
            page_obj=notes.get_page(request.GET.get("page")),
            names_waiting=_names_that_wait() if batch.notes.filter(problem=Problem.NO_ACTOR).exists() else 0,
            either_way=batch.notes.filter(problem=Problem.EITHER_WAY).count() if batch.mapping else 0,
            held=[one.proposal for one in held[:NAMES_ON_A_PAGE]],
            is_reading=batch.state in READING,
            can_start=batch.state in BEFORE_THE_END and batch.pieces.exists(),
            can_cancel=batch.is_at_work or batch.state in BEFORE_THE_END or bool(batch.waiting),
        )

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Do what the pressed button says."""
        batch = get_object_or_404(ImportBatch, pk=key)
        step = request.POST.get("step", "")
        if step == "start":
            actions.start(batch)
            messages.success(request, _("The worker goes on with it within a minute."))
        elif step == "accept":
            actions.begin_accepting(batch, by=request.user)
            messages.success(request, _("The worker accepts them, as you would, within the next minutes."))
        elif step == "cancel":
            number = actions.cancel(batch, by=request.user)
            done = ngettext("%(count)d proposal is withdrawn.", "%(count)d proposals are withdrawn.", number)
            messages.success(request, _("Cancelled.") + " " + done % {"count": number})
        return redirect(batch)


class Names(DeskPage):
    """Names of datasets of which nobody has said who is meant; each is answered once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Those in most records first, each with the actors whose names are most like it."""
        return self._page()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Remember the answer about one name."""
        name = _sent_name(request)
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self._page(wrong=(name.pk, form))
        actions.answer_name(name, actor=form.cleaned_data["answer"], by=request.user)
        whom = form.cleaned_data["answer"] or _("Nobody in the casebook")
        messages.success(request, _("Remembered: %(name)s is %(actor)s.") % {"name": name, "actor": whom})
        return redirect(request.get_full_path())

    def _page(self, wrong: tuple[Any, AnswerForm] | None = None) -> HttpResponse:
        waiting = ActorName.objects.filter(answer=Answer.OPEN)
        page = Paginator(waiting, NAMES_ON_A_PAGE).get_page(self.request.GET.get("page"))
        found = suggestions([*page])
        rows = [
            {
                "name": one,
                "suggestions": found[one.pk],
                "form": wrong[1] if wrong and wrong[0] == one.pk else AnswerForm(auto_id=f"id_{one.pk}_%s"),
            }
            for one in page
        ]
        title = _("Names of actors that wait for an answer")
        answered = ActorName.objects.exclude(answer=Answer.OPEN).count()
        return self.page("names.html", title, page_obj=page, rows=rows, number_answered=answered)


class AnsweredNames(DeskPage):
    """Names of which somebody has said who is meant, the newest answers first; each can be asked again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The answers, in pages."""
        answered = ActorName.objects.exclude(answer=Answer.OPEN).select_related("actor", "by")
        page = Paginator(answered.order_by("-answered_at", "pk"), NAMES_ON_A_PAGE).get_page(
            request.GET.get("page")
        )
        return self.page("answered_names.html", _("Answered names of actors"), page_obj=page)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Forget the answer about one name."""
        name = actions.reopen_name(_sent_name(request))
        messages.success(request, _("Asked again: %(name)s.") % {"name": f"\u2068{name}\u2069"})
        return redirect("imports:answered_names")


def _sent_name(request: HttpRequest) -> ActorName:
    """The name that the pressed button is about; 404 if there is none."""
    return get_object_or_404(ActorName, pk=parse_key(request.POST.get("name", "")))


class TakeOn(DeskPage):
    """Make a case that a dataset coded one that editors review: a draft of its own, as any change."""

    def is_open_to(self, account: Any) -> bool:
        """Whether the account may change cases."""
        return rules.why_not_permitted(account, "change", Case) is None

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """What taking it on means, and the button."""
        case = get_object_or_404(Case.objects.published(), pk=key)
        return self.page("take_on.html", _("Take this case on"), case=case)

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Begin the draft, and open it, or the one that somebody has begun."""
        case = get_object_or_404(Case.objects.published(), pk=key)
        if not case.is_coded:
            return redirect("admin:cases_case_change", case.pk)
        try:
            draft = take_on(case, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("admin:cases_case_change", case.pk)
        if rules.why_not_edit_draft(draft, request.user):
            return redirect("admin:publishing_proposal_change", draft.pk)
        return redirect(draft_address(draft))
