"""An entry's form, with its sources beside each fact; its claims; a picture, with its file."""

from contextlib import suppress
from functools import partial
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.forms.entry import EntryForm
from desk.inlines import RowFormSet
from desk.widgets import SharedChoices
from publishing.languages import columns_of_text
from publishing.rules import Refusal
from sources import actions, facts, pictures
from sources.models import Claim
from sources.models.image import LARGE

SIGNER = Signer(salt="sources.picture")


class SourcedEntryForm(EntryForm):
    """Shows under each fact who says so, and leads to where a source is added."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance.revision:
            return
        claims = facts.by_fact(list(Claim.objects.filter(entry_id=self.instance.pk).with_sources()))
        for name in {*claims, *type(self.instance).KEY_FACTS}:
            columns = (name, *columns_of_text(name))
            field = next((self.fields[one] for one in columns if one in self.fields), None)
            if field is not None:
                field.help_text = format_html("{}{}", field.help_text, _said(claims.get(name, [])))


def _said(claims: list[Claim]) -> str:
    add = format_html('<a class="add-source" href="#claims-group">{}</a>', _("Add a source"))
    if not claims:
        return format_html('<span class="claims unsourced">{} {}</span>', _("No source yet."), add)
    said = format_html_join("; ", "{} ({}{})", map(_one, claims))
    return format_html('<span class="claims">{} {}. {}</span>', _("Sources:"), said, add)


def _one(claim: Claim) -> tuple[str, str, str]:
    source = str(claim.source) if claim.source else _("unsourced")
    return source, claim.get_stance_display().lower(), f", {claim.locator}" if claim.locator else ""


class ClaimFormSet(RowFormSet):
    """The claims of an entry; what they speak of is chosen among its facts and rows."""

    @cached_property
    def _facts(self) -> list[Any]:
        entry = self.instance if self.instance.revision else None
        return facts.choices(entry, type(self.instance))

    def add_fields(self, form: Any, index: int | None) -> None:
        """Offer the facts; keep what stands there although its row is gone."""
        super().add_fields(form, index)
        about = form.fields["about"]
        form.fields["about"] = forms.ChoiceField(
            # Read when the claim is shown or checked, which a claim that nobody changed is not.
            choices=partial(self._choices_beside, form.instance.about),
            required=False,
            label=about.label,
            help_text=about.help_text,
            widget=SharedChoices,
        )

    def _choices_beside(self, current: str) -> list[Any]:
        known = {value for _group, options in self._facts[1:] for value, _label in options}
        lost = [(current, _("(no longer there)"))] if current and current not in known else []
        return [*self._facts, *lost]


class ImageForm(SourcedEntryForm):
    """A picture; its file is drawn anew and kept at once, so that a mistake elsewhere costs no upload."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, at most 8 MB. It is re-encoded: where and with which device it "
            "was taken is removed."
        ),
    )
    # What an earlier try of the same form sent, signed, since it says how large the picture is.
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_upload(self) -> None:
        """The entry's file: what was sent now, or with an earlier try, or what it has."""
        upload = self.cleaned_data["upload"]
        if upload is not None:
            self.instance.file = self._keep(upload)
        elif kept := self.data.get(self.add_prefix("kept")):
            self.instance.file = self._kept_before(kept)
        elif not self.instance.file:
            raise ValidationError(_("Choose the file of the picture."), code="no_file")

    def _keep(self, upload: Any) -> str:
        drawn = pictures.re_encoded(upload, upload.size)
        try:
            actions.store_picture(drawn)
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("kept")] = SIGNER.sign(drawn.file)
        self.data = data
        return drawn.file

    def _kept_before(self, kept: str) -> str:
        """The file of an earlier try; it may lie too long and be swept."""
        with suppress(BadSignature):
            file = SIGNER.unsign(kept)
            if pictures.content(file.partition("-")[0], LARGE) is not None:
                return file
        raise ValidationError(_("Choose the file of the picture."), code="no_file")
