"""The pages of mappings at the desk: all of them, and one with the sample that it is tried on."""

import tempfile
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from imports import mapping_actions as actions
from imports.desk_pages import DeskPage
from imports.mapping_boxes import boxes_in
from imports.mapping_forms import MappingForm, NewMappingForm, SampleForm
from imports.models import ImportBatch, Mapping
from imports.reading import Unreadable, read_table
from imports.samples import Sample, sample_of
from imports.schemes.mapped import InvalidMapping, scheme_of
from imports.trying import Trial, try_on
from publishing.rules import Refusal


class Mappings(DeskPage):
    """All mappings, and the form for a new one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list and an empty form."""
        return self._page(NewMappingForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the head and the first rows of the table, and go to the page of the new mapping."""
        form = NewMappingForm(request.POST, request.FILES)
        if not form.is_valid() or (sample := _sample(request, form)) is None:
            return self._page(form)
        try:
            return redirect(
                actions.begin_mapping(name=form.cleaned_data["name"], sample=sample, by=request.user)
            )
        except Refusal as refusal:
            form.add_error("name", refusal.message)
            return self._page(form)

    def _page(self, form: NewMappingForm) -> HttpResponse:
        mappings = Mapping.objects.select_related("changed_by").defer("sample")
        return self.page("mappings.html", _("Mappings of tables"), form=form, mappings=mappings)


class OneMapping(DeskPage):
    """One mapping: which column says what; tried on its sample before it is saved."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        """The rules as they are kept, and what they make of the sample."""
        mapping = get_object_or_404(Mapping, name=name)
        sample, rules = Sample.of(mapping.sample), _rules_of(mapping)
        if mapping.rules and not rules:
            message = _(
                "Its rules cannot be followed. Choose the columns again; what is saved then replaces all "
                "that was written there."
            )
            messages.warning(request, message)
        form = MappingForm(sample=sample, rules=rules, name=name)
        trial = try_on(sample, scheme_of(name, rules)) if rules and sample.columns else None
        return self._page(mapping, form, trial)

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        """Do what the pressed button says: try the rules, save them, take another sample, or delete all."""
        mapping = get_object_or_404(Mapping, name=name)
        steps = {"sample": self._take_sample, "delete": self._delete, "save": self._save}
        return steps.get(request.POST.get("step", ""), self._try)(request, mapping)

    def _try(self, request: HttpRequest, mapping: Mapping) -> HttpResponse:
        form = _filled_form(request, mapping)
        if not form.is_valid():
            return self._page(mapping, form)
        # With boxes for the codes of the columns that were chosen just now.
        shown = MappingForm(sample=form.sample, rules=form.cleaned_data["rules"], name=mapping.name)
        return self._page(mapping, shown, try_on(form.sample, form.cleaned_data["scheme"]), is_unsaved=True)

    def _save(self, request: HttpRequest, mapping: Mapping) -> HttpResponse:
        form = _filled_form(request, mapping)
        if not form.is_valid():
            return self._page(mapping, form)
        try:
            number = actions.change_rules(
                mapping, rules=form.cleaned_data["rules"], by=request.user, seen=_seen(request)
            )
        except Refusal as refusal:
            form.add_error(None, _why(refusal))
            return self._page(mapping, form, is_anew=_reread(mapping, refusal))
        messages.success(request, _("Saved."))
        if number:
            told = ngettext(
                "%(count)d import that was checked by the former rules is checked again.",
                "%(count)d imports that were checked by the former rules are checked again.",
                number,
            )
            messages.warning(request, told % {"count": number})
        return redirect(mapping)

    def _take_sample(self, request: HttpRequest, mapping: Mapping) -> HttpResponse:
        """Keep another sample, and show on it what is chosen in the boxes; they are not saved."""
        chosen, form, is_anew = _filled_form(request, mapping), SampleForm(request.POST, request.FILES), False
        if form.is_valid() and (sample := _sample(request, form)) is not None:
            try:
                actions.change_sample(mapping, sample=sample, by=request.user, seen=_seen(request))
                form, is_anew = SampleForm(), True
                mapping.refresh_from_db()
            except Refusal as refusal:
                form.add_error("file", _why(refusal))
                is_anew = _reread(mapping, refusal)
        shown = MappingForm(sample=Sample.of(mapping.sample), boxes=boxes_in(request.POST), name=mapping.name)
        trial, is_unsaved = None, True
        if chosen.is_valid():
            trial = try_on(shown.sample, chosen.cleaned_data["scheme"])
            is_unsaved = chosen.cleaned_data["rules"] != mapping.rules
        return self._page(mapping, shown, trial, is_unsaved=is_unsaved, sample_form=form, is_anew=is_anew)

    def _delete(self, request: HttpRequest, mapping: Mapping) -> HttpResponse:
        try:
            actions.delete_mapping(mapping, seen=_seen(request))
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("imports:mappings" if refusal.code == "mapping_gone" else mapping)
        messages.success(request, _("Deleted."))
        return redirect("imports:mappings")

    def _page(
        self,
        mapping: Mapping,
        form: MappingForm,
        trial: Trial | None = None,
        *,
        is_unsaved: bool = False,
        is_anew: bool = False,
        sample_form: SampleForm | None = None,
    ) -> HttpResponse:
        """The page; is_anew: what is sent from it may take the place of what is kept now."""
        number = len(form.sample.numbered)
        return self.page(
            "mapping.html",
            _("Mapping “%(name)s”") % {"name": f"\u2068{mapping.name}\u2069"},
            mapping=mapping,
            form=form,
            trial=trial,
            is_unsaved=is_unsaved,
            seen=(not is_anew and _seen(self.request)) or actions.seen_of(mapping),
            is_used=ImportBatch.objects.filter(mapping=mapping).exists(),
            sample_form=sample_form or SampleForm(),
            number_of_rows=number,
            is_cut=number < form.sample.whole,
        )


def _filled_form(request: HttpRequest, mapping: Mapping) -> MappingForm:
    sample, rules = Sample.of(mapping.sample), _rules_of(mapping)
    return MappingForm(request.POST, sample=sample, rules=rules, name=mapping.name)


def _seen(request: HttpRequest) -> str:
    """Which state of the mapping the sent page showed; "" where none was sent."""
    return request.POST.get("seen", "")


def _why(refusal: Refusal) -> str:
    """Why it was refused, and how one can go on."""
    if refusal.code != "mapping_changed":
        return refusal.message
    how = _("Yours is shown here. Press again to replace theirs with it, or reload the page.")
    return f"{refusal.message} {how}"


def _reread(mapping: Mapping, refusal: Refusal) -> bool:
    """Whether somebody changed it meanwhile: it is then as they left it."""
    if refusal.code == "mapping_changed":
        mapping.refresh_from_db()
    return refusal.code == "mapping_changed"


def _rules_of(mapping: Mapping) -> str:
    """The rules, or "" where nobody could follow them: somebody wrote them by hand."""
    try:
        scheme_of(mapping.name, mapping.rules)
    except (InvalidMapping, TOMLDecodeError):
        return ""
    return mapping.rules


def _sample(request: HttpRequest, form: Any) -> dict[str, Any] | None:
    """The head and the first rows of the sent file; None, and said in the form, where it is unreadable."""
    with tempfile.NamedTemporaryFile(prefix="sample-") as kept:
        for piece in form.cleaned_data["file"].chunks():
            kept.write(piece)
        kept.flush()
        try:
            table = read_table(Path(kept.name))
        except Unreadable as error:
            form.add_error("file", str(error))
            return None
        for note in table.notes:
            messages.warning(request, note)
        return sample_of(table)
