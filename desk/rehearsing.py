"""The stock form of an entry runs in a rehearsal: it saves as it always does, and nothing of it stays."""

import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db import DataError, IntegrityError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from desk.edit_session import EditSession
from desk.form_context import form_context
from desk.forms.entry import EntryForm
from publishing import snapshots
from publishing.actions import database
from publishing.refusals import Refusal
from publishing.snapshots import Snapshot


@dataclass(frozen=True)
class FormRequest:
    """One request of an entry's form, and what it works at."""

    request: HttpRequest
    object_id: str | None
    form_url: str
    session: EditSession


@dataclass(frozen=True)
class Submission:
    """A form that was sent and is valid, and the entry as the editor wants it."""

    form: EntryForm
    snapshot: Snapshot


@dataclass(frozen=True)
class Outcome:
    """What the stock form answered; without a submission where it only showed a form."""

    response: HttpResponseBase
    submission: Submission | None


@dataclass
class Rehearsal:
    """What the stock form is told in one rehearsal, and what it accepted."""

    session: EditSession
    refusal: Refusal | None
    submission: Submission | None = None


class RehearsingAdmin(admin.ModelAdmin):
    """Runs the stock form of an entry without leaving anything in the tables."""

    # Only a copy of the admin, which serves one rehearsal, has one.
    rehearsal: Rehearsal | None = None

    def form_page(self, asked: FormRequest, refusal: Refusal | None = None) -> HttpResponseBase:
        """The form; with a refusal, what was sent and why it was refused."""
        if asked.request.method == "POST" or asked.session.tables is not None:
            return self.rehearse(asked, refusal).response
        return super().changeform_view(
            asked.request, asked.object_id, asked.form_url, {"session": asked.session}
        )

    def rehearse(self, asked: FormRequest, refusal: Refusal | None = None) -> Outcome:
        """Run the stock form on the tables as they were when it was opened, and roll them back."""
        stage = copy.copy(self)
        stage.rehearsal = Rehearsal(asked.session, refusal)
        try:
            response = stage._run(asked)
        except (IntegrityError, DataError) as error:
            if refusal is not None:
                raise
            return self.rehearse(asked, database.refusal_of_the_database(error, self.opts.model_name or ""))
        return Outcome(response, stage.rehearsal.submission)

    def _run(self, asked: FormRequest) -> HttpResponseBase:
        with snapshots.rehearsal():
            if asked.session.tables is not None:
                snapshots.thaw(asked.session.tables)
            response = self._changeform_view(  # type: ignore[attr-defined]
                asked.request, asked.object_id, asked.form_url, {"session": asked.session}
            )
            if isinstance(response, TemplateResponse):
                response.render()
        return response

    # --- what the stock form asks for on its way ----------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, told why it was refused and which draft it is of."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if self.rehearsal is None:
            return form
        told = {"refusal": self.rehearsal.refusal, "draft": self.rehearsal.session.draft}
        return type(form.__name__, (form,), told)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the entry as one of its kind."""
        obj.kind = obj._meta.model_name
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows too, then read the whole entry as the editor wants it."""
        super().save_related(request, form, formsets, change)
        if self.rehearsal is not None:
            self.rehearsal.submission = Submission(form, snapshots.freeze(form.instance))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Add what stands around the form."""
        context |= form_context(request, context)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- nobody is told of a rehearsal --------------------------------------------------------

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """Tell the editor, unless it is a rehearsal."""
        if self.rehearsal is None:
            super().message_user(request, message, *args, **kwargs)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write it in the log, unless it is a rehearsal."""
        return super().log_addition(request, obj, message) if self.rehearsal is None else None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write it in the log, unless it is a rehearsal."""
        return super().log_change(request, obj, message) if self.rehearsal is None else None
