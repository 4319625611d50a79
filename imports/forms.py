"""The forms of imports at the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Actor
from imports.choosing import NotChosen, chosen_scheme, chosen_source
from imports.models import Mapping
from imports.vocabulary import DatasetScheme
from publishing.fields.columns import refuse_invisible
from publishing.named_entries import NamedEntryField
from sources.models import Source
from sources.vocabulary import SourceType

MOST_SUGGESTED = 100


def _datasets() -> Any:
    return Source.objects.published().filter(source_type=SourceType.DATASET)


def _what_is_taken() -> str:
    text = _("A CSV, or a workbook (.xlsx), of at most %(size)d MB.")
    return text % {"size": settings.MAX_IMPORT_MEGABYTES}


class DatasetField(forms.FileField):
    """The file of a dataset, as large as the site takes it; its size is known before any of it is read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = lazy(_what_is_taken, str)()

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file; refuses what was cut off on its way here."""
        file = super().clean(data, initial)
        if file and file.size > settings.MAX_IMPORT_MEGABYTES * 2**20:
            message = _("The file is larger than %(size)d MB. Whoever runs the site can import it there.")
            raise ValidationError(message % {"size": settings.MAX_IMPORT_MEGABYTES})
        return file


class UploadForm(forms.Form):
    """A file, which dataset it is of, and the source that its claims cite."""

    scheme = forms.ChoiceField(label=gettext_lazy("Dataset"), choices=DatasetScheme.choices)
    file = DatasetField(label=gettext_lazy("File"))
    release = forms.CharField(
        label=gettext_lazy("Release"),
        required=False,
        max_length=30,
        validators=[refuse_invisible],
        help_text=gettext_lazy("As the dataset names it: v10, 22.1. Empty for the one that is known here."),
    )
    source = NamedEntryField(
        label=gettext_lazy("Source of the claims"),
        required=False,
        entries=_datasets,
        help_text=gettext_lazy(
            "The dataset among the sources. For the known datasets it may stay empty: it is found by its "
            "address."
        ),
    )
    mapping = forms.ModelChoiceField(
        label=gettext_lazy("Mapping"),
        required=False,
        queryset=Mapping.objects.exclude(rules="").defer("sample"),
        to_field_name="name",
        help_text=gettext_lazy("For another table: which column says what."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        source: Any = self.fields["source"]
        source.suggest(_datasets().by_title()[:MOST_SUGGESTED], "datasets-here")

    def clean(self) -> dict[str, Any]:
        """With the dataset, and the source that was found for it."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        mapping = cleaned.get("mapping")
        try:
            kind, _mapping = chosen_scheme(cleaned["scheme"], mapping.name if mapping else "")
        except NotChosen as error:
            self.add_error("mapping", str(error))
            return cleaned
        cleaned["kind"] = kind
        cleaned["release"] = cleaned["release"] or kind.release
        try:
            cleaned["source"] = cleaned["source"] or chosen_source(kind, cleaned["release"])
        except NotChosen as error:
            self.add_error("source", str(error) if kind.sources else _no_source())
        return cleaned


def _no_source() -> str:
    """What is wrong where the source of another table is not named."""
    return _(
        "Name the source that the claims cite. If the table is no source here yet, publish it as a source of "
        "the type “dataset” first."
    )


class AnswerForm(forms.Form):
    """Who is meant by a name: one that is suggested, another, or nobody here."""

    NOBODY = "nobody"

    suggested = forms.CharField(required=False, max_length=60)
    actor = NamedEntryField(
        label=gettext_lazy("Another actor"),
        required=False,
        entries=lambda: Actor.objects.published().without_prose(),
    )

    def clean(self) -> dict[str, Any]:
        """`answer`: the actor, or None for nobody."""
        cleaned = super().clean() or self.cleaned_data
        if "actor" in self.errors:
            return cleaned
        slug = cleaned.get("suggested", "")
        found = cleaned.get("actor") or Actor.objects.published().filter(slug=slug).first()
        if found is None and slug != self.NOBODY:
            raise ValidationError(_("Choose the actor, or say that it is nobody here."))
        cleaned["answer"] = found
        return cleaned
