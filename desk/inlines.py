"""Inlines for the rows of an entry, and inputs for each language."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.forms import BaseInlineFormSet, BaseModelFormSet, modelformset_factory
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desk.added_rows import AddedRowsMixin
from desk.lines import as_lines
from desk.positions import POSITION, PositionOfNewRow
from desk.row_keys import take_key
from desk.typed_names import EntriesChoiceField, EntryChoiceField, made_at
from desk.widgets import CleanBoxesMixin, EntriesAutocomplete, EntryAutocomplete, SharedChoices
from publishing.fields.columns import ProseField, language_of_column
from publishing.fields.far_dates import ask_about_far_dates, dates_of
from publishing.fields.words import most_words, words_allowed
from publishing.languages import OWN_NAMES, PAGE_LANGUAGES, columns_of_text, direction
from publishing.models import Entry

# Characters; longer texts get a textarea.
MAX_LINE_LENGTH = 300
MAX_ROWS = 2_000


def language_rows(*names: str) -> list[tuple[str, ...]]:
    """For each text, a tuple of its columns, to be shown side by side in a fieldset."""
    return [columns_of_text(name) for name in names]


class LanguageInputsMixin(CleanBoxesMixin):
    """Sets the language and direction of the inputs for texts, and adds the language to their labels."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An autocomplete widget for the fields in autocomplete_fields."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", EntryAutocomplete(db_field, self.admin_site))  # type: ignore[attr-defined]
            kwargs.setdefault("form_class", EntryChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An autocomplete widget for the fields in autocomplete_fields."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", EntriesAutocomplete(db_field, self.admin_site))  # type: ignore[attr-defined]
            kwargs.setdefault("form_class", EntriesChoiceField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """The field of Django's admin, with the language and direction of its text."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        language = language_of_column(db_field)
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            _limit_popups(field.widget, db_field, request)
            if field.widget.can_add_related:
                kind: Any = db_field.related_model
                field.widget.widget.made_at = made_at(self.admin_site.get_model_admin(kind), kind)  # type: ignore[attr-defined]
        if isinstance(db_field, ProseField):
            field.widget.attrs.update({"rows": 6, "dir": "auto"})
        elif isinstance(db_field, models.CharField) and (db_field.max_length or 0) > MAX_LINE_LENGTH:
            field.widget = AdminTextareaWidget(attrs={"rows": 4, "data-one-line": ""})
        if language:
            field.help_text = _help_of(db_field, field.help_text) if language == PAGE_LANGUAGES[0] else ""
            field.widget.attrs.update({"lang": language, "dir": direction(language), "class": "in-language"})
            field.label = f"{capfirst(str(db_field.verbose_name))} · {OWN_NAMES[language]}"
        return field


def _help_of(column: models.Field, text: Any) -> Any:
    """What is said below the box: how many words it takes, and how Markdown says a number that stays true."""
    if (most := most_words(column)) is not None:
        return f"{text} {words_allowed(most)}".strip()
    if not isinstance(column, ProseField):
        return text
    numbers = _(
        "To say how many cases or initiatives a list holds, so that the number stays true, link # to the "
        "list: [#](/en/cases/?outcome=holding)."
    )
    return f"{text} {numbers}".strip()


def _limit_popups(widget: RelatedFieldWidgetWrapper, column: Any, request: HttpRequest) -> None:
    """Offer popups only where what they save can be chosen at once, without a review."""
    kind = column.related_model
    widget.can_add_related &= issubclass(kind, Entry) and kind.IS_REFERENCE
    widget.can_change_related &= request.user.has_perm("publishing.decide_proposal")
    # What may be changed is seen there.
    widget.can_view_related &= not widget.can_change_related
    widget.can_delete_related = False


class UnchangedRowsMixin(AddedRowsMixin):
    """A formset that validates only changed rows; the others were validated when they were stored."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Do not validate an unchanged stored row, as formsets do not validate an unchanged blank row."""
        super().add_fields(form, index)  # type: ignore[misc]
        take_key(form)
        if not form.instance._state.adding:
            form.empty_permitted = True
        elif POSITION in form.fields:
            box = form.fields[POSITION]
            form.fields[POSITION] = PositionOfNewRow(label=box.label, help_text=box.help_text)
            form.initial.pop(POSITION, None)

    def clean(self) -> None:
        """Include the unchanged rows in the checks for unique values."""
        for form in self.initial_forms:  # type: ignore[attr-defined]
            if form.empty_permitted and not form.has_changed():
                form.cleaned_data = {**form.initial}
        super().clean()
        self._ask_about_far_dates()

    def _ask_about_far_dates(self) -> None:
        """Compare the dates of each row with one another and with those of the entry."""
        of_entry = dates_of(self.instance)  # type: ignore[attr-defined]
        for form in self.forms:  # type: ignore[attr-defined]
            if form.has_changed() and hasattr(form, "cleaned_data"):
                ask_about_far_dates(form, of_entry)


class RowFormSet(UnchangedRowsMixin, BaseInlineFormSet):
    """The rows of an entry."""


class RowInline(LanguageInputsMixin, admin.StackedInline):
    """Rows of an entry, one below the other, collapsed at first."""

    formset = RowFormSet
    template = "admin/publishing/entry/rows.html"
    extra = 0
    # More than any entry has; a forged number of rows cannot block the server.
    max_num = MAX_ROWS
    classes = ("collapse",)
    show_change_link = False
    # The columns, or texts, that stand in the line of a row and come first in its boxes.
    line: ClassVar[tuple[str, ...]] = ()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The formset of Django's admin, with a maximum number of rows, and its line."""
        formset: Any = super().get_formset(request, obj, **{"absolute_max": MAX_ROWS, **kwargs})
        formset.line = self.line
        return formset

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The boxes of the line first."""
        return as_lines(super().get_fieldsets(request, obj), self.line)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A select whose choices all rows share."""
        kwargs.setdefault("widget", SharedChoices)
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    # The permissions for rows are those for the entry; rows have none of their own.

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for the entry."""
        return any(self._may(request, verb) for verb in ("view", "add", "change"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for the entry."""
        return self._may(request, "change" if obj is not None and obj.revision else "add")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for the entry."""
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for the entry."""
        return self.has_add_permission(request, obj)

    def _may(self, request: HttpRequest, verb: str) -> bool:
        entry = self.parent_model._meta
        return request.user.has_perm(f"{entry.app_label}.{verb}_{entry.model_name}")


class GrandchildChecks(InlineModelAdminChecks):
    """The checks of inlines, without those for the direct foreign key, which a grandchild does not have."""

    def _check_relation(self, obj: Any, parent_model: Any) -> list:
        return []

    def _check_exclude_of_parent_model(self, obj: Any, parent_model: Any) -> list:
        return []


class GrandchildFormSet(UnchangedRowsMixin, BaseModelFormSet):
    """Rows that belong to rows of one entry."""

    model: type[models.Model]
    owner = ""
    owner_of_owner = ""

    def __init__(self, *args: Any, instance: Any = None, save_as_new: bool = False, **kwargs: Any) -> None:
        self.instance = instance
        rows = self.model._default_manager.filter(**{f"{self.owner}__{self.owner_of_owner}": instance.pk})
        kwargs["queryset"] = rows.select_related(self.owner)
        super().__init__(*args, **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        """The plural of the model, as in stock inlines."""
        return f"{cls.model._meta.model_name}_set"

    def in_words(self, row: Any) -> str:
        """The row it belongs to, and itself."""
        return f"{getattr(row, self.owner)} · {row}"

    def add_fields(self, form: Any, index: int | None) -> None:
        """Offer only owners that belong to this entry."""
        super().add_fields(form, index)
        owners = form.fields[self.owner].queryset
        form.fields[self.owner].queryset = owners.filter(**{self.owner_of_owner: self.instance.pk})


class GrandchildInline(RowInline):
    """An inline for rows that belong to another row of the entry, such as assessments of provisions."""

    checks_class = GrandchildChecks
    owner = ""
    owner_of_owner = ""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A formset over all rows of all owners."""
        formset = type(
            "FormSet",
            (GrandchildFormSet,),
            {"owner": self.owner, "owner_of_owner": self.owner_of_owner, "line": self.line},
        )
        return modelformset_factory(
            self.model,
            form=self.form,
            formset=formset,
            fields=self._own_fields(request, obj),
            formfield_callback=lambda db_field, **options: self.formfield_for_dbfield(
                db_field, request, **options
            ),
            extra=0,
            can_delete=self.has_delete_permission(request, obj),
            max_num=MAX_ROWS if self.has_add_permission(request, obj) else 0,
            absolute_max=MAX_ROWS,
        )

    def _own_fields(self, request: HttpRequest, obj: Any) -> list[str]:
        groups = (options["fields"] for _name, options in self.get_fieldsets(request, obj))
        flat = (
            field if isinstance(field, (list, tuple)) else [field] for fields in groups for field in fields
        )
        return [name for names in flat for name in names if name != DELETION_FIELD_NAME]
