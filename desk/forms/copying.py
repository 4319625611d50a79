"""The form for a new entry that begins as another is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from publishing.fields.boxes import box_options
from publishing.languages import OWN_NAMES, PAGE_LANGUAGES, column_in, columns_of_text, direction
from publishing.models import Entry
from publishing.named_entries import NamedEntryField

MAX_SLUG = 100


class CopyForm(forms.Form):
    """Which entry it begins as, what it is called itself, and whether it takes the claims along."""

    claims = forms.BooleanField(
        label=_("Take its claims and their sources along"),
        required=False,
        help_text=_("Only if the sources speak of the new one as well; each has to be checked."),
    )

    def __init__(self, kind: type[Entry], *args: Any, begins_as: Entry | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        entries: models.QuerySet = kind._default_manager.published()
        of = NamedEntryField(
            label=_("Begin as"),
            entries=lambda: entries,
            help_text=_("Its name in any language, or the last part of its address."),
        )
        titles = {name: _title_box(kind, name) for name in columns_of_text("title")}
        of.initial = "" if begins_as is None else of.name_of(begins_as)
        self.fields = {"of": of, **titles, "claims": self.fields["claims"]}

    def clean(self) -> dict[str, Any]:
        """Refuse a new entry without a name of its own."""
        cleaned = super().clean() or self.cleaned_data
        names = columns_of_text("title")
        if not any(cleaned.get(name) for name in names) and not self.errors.keys() & {*names}:
            message = _("Give it a title of its own, in one language at least.")
            self.add_error(names[0], ValidationError(message))
        return cleaned

    @property
    def own_fields(self) -> dict[str, str]:
        """The titles, and an address made from them."""
        titles = {name: self.cleaned_data[name] for name in columns_of_text("title")}
        made = (slugify(title)[:MAX_SLUG].strip("-") for title in titles.values())
        other = self.cleaned_data["of"].slug
        return {**titles, "slug": next(filter(None, made), f"{other[:MAX_SLUG]}-2")}


def _title_box(kind: type[Entry], name: str) -> forms.Field:
    """The box of a title, as in the form of the entry; none is required alone."""
    column: Any = kind._meta.get_field(name)
    field: forms.Field = column.formfield(**box_options(column))
    language = next(one for one in PAGE_LANGUAGES if column_in(one, "title") == name)
    field.label = f"{field.label} · {OWN_NAMES[language]}"
    field.widget.attrs |= {"lang": language, "dir": direction(language)}
    return field
