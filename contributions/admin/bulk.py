"""Decisions about many contributions at once: a page shows them first, and the result is told."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contributions.actions import deciding
from contributions.models import Contribution
from contributions.review.summaries import summaries
from desk.access import ForModeratorsMixin, ReadOnlyAdmin
from desk.forms.review import REASONS, StepForm
from publishing import rules
from publishing.fields.columns import refuse_invisible_in_prose
from publishing.fields.form_fields import MultilineField
from publishing.rules import Refusal
from publishing.vocabulary import Reason

# So many refusals are shown one by one.
MAX_TOLD = 10


class DeclineForm(forms.Form):
    """Why all of them are declined, with a note to their senders and one for moderators."""

    reason = forms.ChoiceField(label=gettext_lazy("Why they are declined"), choices=REASONS)
    note = MultilineField(
        label=gettext_lazy("Note to the senders"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        validators=[refuse_invisible_in_prose],
        help_text=gettext_lazy("Each sender reads it. Without it they read the reason in their language."),
    )
    internal_note = StepForm.base_fields["internal_note"]

    def clean(self) -> dict[str, Any]:
        """Another reason has to be given in the note."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("note", "").strip():
            self.add_error("note", _("Write a note: the author will read it."))
        return cleaned


class BulkActions(ForModeratorsMixin, ReadOnlyAdmin):
    """Adds the actions of the list."""

    @admin.action(description=gettext_lazy("Accept those that only correct typing errors"))
    def accept_typos(self, request: HttpRequest, chosen: QuerySet) -> None:
        """Accept typing errors; leave the others undecided."""
        _show_result(request, deciding.accept_typos(_oldest_first(chosen), by=request.user))

    @admin.action(description=gettext_lazy("Accept the selected …"))
    def accept_selected(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        """Accept each that can be accepted, after a page that shows them."""
        if "apply" not in request.POST:
            texts = {"title": _("Accept these proposals?"), "button": _("Accept what can be accepted")}
            return self._ask(request, chosen, step="accept", texts=texts)
        _show_result(request, deciding.accept_all(_oldest_first(chosen), by=request.user))
        return None

    @admin.action(description=gettext_lazy("Decline the selected …"))
    def decline_selected(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        """Decline each of them for one reason, after a page that shows them."""
        return self._decline(request, chosen, chosen)

    @admin.action(description=gettext_lazy("Decline everything waiting from this sender …"))
    def decline_all_of_sender(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        """Decline all of one sender for one reason, after a page that shows them."""
        if (sender := _one_sender(request, chosen)) is None:
            return None
        return self._decline(request, chosen, Contribution.objects.undecided().filter(sender=sender))

    @admin.action(description=gettext_lazy("Pause the sender for a day"))
    def pause_sender(self, request: HttpRequest, chosen: QuerySet) -> None:
        """Block the sender for a day; what already waits stays in the queue."""
        if (sender := _one_sender(request, chosen)) is None:
            return
        try:
            deciding.block_sender(sender, by=request.user, why=_("From the queue"))
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("This sender is paused for a day."))

    def _decline(self, request: HttpRequest, chosen: QuerySet, concerned: QuerySet) -> HttpResponse | None:
        """Ask for the reason, then decline them; chosen: those that were selected in the list."""
        form = DeclineForm(request.POST if "apply" in request.POST else None)
        if not form.is_valid():
            texts = {"title": _("Decline these proposals?"), "button": _("Decline them")}
            return self._ask(request, concerned, step="decline", texts=texts, selected=chosen, form=form)
        _show_result(
            request, deciding.decline_all(_oldest_first(concerned), by=request.user, **form.cleaned_data)
        )
        return None

    def _ask(
        self,
        request: HttpRequest,
        concerned: QuerySet,
        *,
        step: str,
        texts: dict[str, str],
        selected: QuerySet | None = None,
        form: forms.Form | None = None,
    ) -> HttpResponse:
        """The page that shows what is concerned, and what of it cannot be decided; nothing is decided yet."""
        found, now = list(_oldest_first(concerned)), timezone.now()
        short = summaries(found)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            **texts,
            "form": form,
            "rows": [
                {
                    "contribution": one,
                    "summary": short[one.pk],
                    "why_not": rules.why_not(step, one.proposal, request.user, now),
                }
                for one in found
            ],
            "action": request.POST.get("action", ""),
            "checkbox": ACTION_CHECKBOX_NAME,
            "selected": found if selected is None else list(selected),
        }
        return TemplateResponse(request, "admin/contributions/many.html", context)


def _oldest_first(contributions: QuerySet) -> QuerySet:
    related = ("proposal__entry", "proposal__base", "proposal__revision", "proposal__claimed_by")
    return contributions.select_related(*related).order_by("proposal__submitted_at", "pk")


def _one_sender(request: HttpRequest, chosen: Iterable[Contribution]) -> str | None:
    senders = {one.sender for one in chosen}
    if len(senders) == 1 and "" not in senders:
        return senders.pop()
    messages.error(request, _("Select proposals of one sender only, and one who is still known."))
    return None


def _show_result(request: HttpRequest, result: deciding.BulkResult) -> None:
    """How many are decided, and why the others are not."""
    message = ngettext("%(count)d is decided.", "%(count)d are decided.", result.done)
    message %= {"count": result.done}
    if left := len(result.left):
        remaining = ngettext("%(count)d stays as it was.", "%(count)d stay as they were.", left)
        message += " " + remaining % {"count": left}
    messages.add_message(request, messages.SUCCESS if result.done else messages.WARNING, message)
    for contribution, why in result.left[:MAX_TOLD]:
        values = {"title": contribution.proposal.title, "why": why}
        messages.warning(request, _("“%(title)s”: %(why)s") % values)
