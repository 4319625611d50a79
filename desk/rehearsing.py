"""Runs Django's admin form of an entry: it saves as usual, in a rehearsal, which is rolled back.

The form is read, checked and shown without the write lock; only to save it, the lock is taken for a moment.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db import DataError, IntegrityError
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from desk.addresses import parse_uuid
from desk.edit_session import EditSession
from desk.form_context import form_context
from desk.form_errors import forget_mistakes
from desk.forms.entry import EntryForm
from desk.inlines import RowInline
from desk.lean import lean
from desk.opened_rows import ROW, OpenedRows, one_row, opened_rows
from desk.positions import with_positions
from desk.proposed_fields import ONLY, PROPOSED
from publishing import snapshots
from publishing.models import Entry
from publishing.refusals import Refusal
from publishing.rules.contents import refusal_of_the_database
from publishing.snapshots import Snapshot


@dataclass(frozen=True)
class FormRequest:
    """A request for an entry's form, and its edit session."""

    request: HttpRequest
    object_id: str | None
    form_url: str
    session: EditSession


@dataclass(frozen=True)
class Submission:
    """A valid form, and the snapshot of the entry as the editor wants it."""

    form: EntryForm
    snapshot: Snapshot


@dataclass(frozen=True)
class FormResult:
    """The response of the admin form; submission is None if the form was shown, or not valid."""

    response: HttpResponseBase
    submission: Submission | None


@dataclass
class Rehearsal:
    """The input and the result of the admin form in one rehearsal."""

    session: EditSession
    refusal: Refusal | None
    submission: Submission | None = None


class RehearsingAdmin(admin.ModelAdmin):
    """Runs the admin form of an entry without a change in the tables."""

    # Set only on the copy of the admin that runs one rehearsal.
    rehearsal: Rehearsal | None = None

    def form_page(self, form_request: FormRequest, refusal: Refusal | None = None) -> HttpResponseBase:
        """The page with the form; with a refusal, also the sent data and the reason."""
        if form_request.request.method == "POST" or form_request.session.tables is not None:
            return self.rehearse(form_request, refusal).response
        return super().changeform_view(
            form_request.request,
            form_request.object_id,
            form_request.form_url,
            {"session": form_request.session},
        )

    def rehearse(self, form_request: FormRequest, refusal: Refusal | None = None) -> FormResult:
        """Run the admin form on the tables as they were when it was opened; what it saves is rolled back."""
        rehearsing = copy.copy(self)
        rehearsing.rehearsal = Rehearsal(form_request.session, refusal)
        try:
            response = rehearsing._run(form_request)
        except (IntegrityError, DataError) as error:
            if refusal is not None:
                raise
            return self.rehearse(form_request, refusal_of_the_database(error, self.opts.model_name or ""))
        return FormResult(response, rehearsing.rehearsal.submission)

    def _run(self, form_request: FormRequest) -> HttpResponseBase:
        with _shown(form_request.session):
            response = self._changeform_view(  # type: ignore[attr-defined]
                form_request.request,
                form_request.object_id,
                form_request.form_url,
                {"session": form_request.session},
            )
            if isinstance(response, TemplateResponse):
                response.render()
        return response

    # --- hooks that the admin form calls ------------------------------------------------------

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The entry, without what lists count beside it: PostgreSQL groups no shadow by its key alone."""
        key = parse_uuid(object_id)
        return self.model._default_manager.filter(pk=key).first() if key is not None else None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form class, with the refusal and the draft as attributes."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if self.rehearsal is None:
            return form
        attributes = {"refusal": self.rehearsal.refusal, "draft": self.rehearsal.session.draft}
        return type(form.__name__, (form,), attributes)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """With the rows that are opened; a draft that is folded to what is proposed has all of them.

        As Django's, but that each formset has a copy of the sent names, and not of each value in depth.
        """
        options = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        if request.method == "POST":
            is_new = "_saveasnew" in request.POST
            options |= {"data": copy_of_names(request.POST), "files": request.FILES, "save_as_new": is_new}
        if not isinstance(inline, RowInline):
            return options
        is_folded = request.GET.get(ONLY) == PROPOSED
        return {**options, "opened": OpenedRows() if is_folded else opened_rows(request)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Set the kind of the entry; it is saved together with its rows."""
        obj.kind = obj._meta.model_name

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the entry and its rows, and freeze it as the editor wants it."""
        if self.rehearsal is None:
            raise RuntimeError("a form of an entry is saved in a rehearsal alone")
        with snapshots.without_shadows(), snapshots.rehearsal():
            _write_as_opened(self.rehearsal.session)
            super().save_model(request, form.instance, form, change)
            super().save_related(request, form, formsets, change)
            frozen = snapshots.freeze(form.instance)
            self.rehearsal.submission = Submission(form, with_positions(frozen, formsets))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Add the context of the form."""
        if ROW in request.GET:
            return one_row(request, context)
        refusal = self.rehearsal.refusal if self.rehearsal is not None else None
        if refusal is not None and refusal.code == "opened":
            forget_mistakes(context)
        context |= form_context(request, context)
        response: Any = super().render_change_form(request, context, *args, **kwargs)
        response.add_post_render_callback(lean)
        return response

    # --- no messages and no log in a rehearsal ------------------------------------------------

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """Show the message, except in a rehearsal."""
        if self.rehearsal is None:
            super().message_user(request, message, *args, **kwargs)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write to the log, except in a rehearsal."""
        return super().log_addition(request, obj, message) if self.rehearsal is None else None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write to the log, except in a rehearsal."""
        return super().log_change(request, obj, message) if self.rehearsal is None else None


def copy_of_names(sent: QueryDict) -> QueryDict:
    """What was sent, to be changed by one formset alone; Django's `copy` takes ten times as long."""
    copied = QueryDict(mutable=True, encoding=sent.encoding)
    dict.update(copied, {name: [*values] for name, values in sent.lists()})
    return copied


@contextmanager
def _shown(session: EditSession) -> Iterator[None]:
    """The tables as they were when the form was opened."""
    with snapshots.shown_with([session.tables], {}) if session.tables is not None else nullcontext():
        yield


def _write_as_opened(session: EditSession) -> None:
    """Write to the tables what they contained when the form was opened; call it in a rehearsal."""
    tables = session.tables
    if tables is None and session.base is not None:
        # Somebody may have published since the form was read, a moment ago.
        is_newest = Entry.objects.filter(pk=session.base.entry_id, revision=session.base.number).exists()
        tables = None if is_newest else session.base.snapshot
    if tables is not None:
        snapshots.thaw(tables)
