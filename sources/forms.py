"""The forms of sourced entries, claims and pictures."""

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
from sources.vocabulary import Confidence

SIGNER = Signer(salt="sources.picture")


class SourcedEntryForm(EntryForm):
    """Shows the sources under each fact, with a link to add one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance.revision:
            return
        claims = facts.by_fact(list(Claim.objects.filter(entry_id=self.instance.pk).with_sources()))
        for name in {*claims, *type(self.instance).KEY_FACTS}:
            columns = (name, *columns_of_text(name))
            field = next((self.fields[one] for one in columns if one in self.fields), None)
            if field is not None:
                field.help_text = format_html("{}{}", field.help_text, _claims_summary(claims.get(name, [])))


def _claims_summary(claims: list[Claim]) -> str:
    add = format_html('<a class="add-source" href="#claims-group">{}</a>', _("Add a source"))
    if not claims:
        return format_html('<span class="claims unsourced">{} {}</span>', _("No source yet."), add)
    sources = format_html_join("; ", "{} ({}{})", map(_claim_summary, claims))
    return format_html('<span class="claims">{} {}. {}</span>', _("Sources:"), sources, add)


def _claim_summary(claim: Claim) -> tuple[str, str, str]:
    source = str(claim.source) if claim.source else _("unsourced")
    return source, claim.get_stance_display().lower(), f", {claim.locator}" if claim.locator else ""


class ClaimForm(forms.ModelForm):
    """A claim; without a source it is of low confidence, and has to say what still needs one."""

    def clean(self) -> dict[str, Any]:
        """Set the confidence; refuse a claim that says nothing."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("source") or "source" in self.errors:
            return cleaned
        if cleaned.get("confidence") == Confidence.MEDIUM:
            cleaned["confidence"] = Confidence.LOW
        texts = (*columns_of_text("value"), *columns_of_text("remark"))
        if not cleaned.get("about") and not any(cleaned.get(name) for name in texts):
            self.add_error("source", _("Choose the source, or say above which fact still needs one."))
        return cleaned


class ClaimFormSet(RowFormSet):
    """The claims of an entry; what they are about is chosen among its facts and rows."""

    # The rows in the other formsets of the same form, by kind, once they are read.
    rows_beside: dict[str, list[Any]] | None = None

    @cached_property
    def _facts(self) -> list[Any]:
        # Also that of a draft, which is in the tables while its form is shown.
        entry = None if self.instance._state.adding else self.instance
        return facts.choices(entry, type(self.instance), self.rows_beside)

    def in_words(self, row: Claim) -> str:
        """The fact, what the source says of it, and the source."""
        fact = self._names_of_facts.get(row.about) or facts.label(type(self.instance), row.about)
        source, stance, place = _claim_summary(row)
        return f"{fact}: {stance} · {source}{place}"

    @cached_property
    def _names_of_facts(self) -> dict[str, str]:
        return {value: label for _group, options in self._facts[1:] for value, label in options}

    def add_fields(self, form: Any, index: int | None) -> None:
        """Offer the facts and rows; keep the current value even if its row is gone."""
        super().add_fields(form, index)
        about = form.fields["about"]
        form.fields["about"] = forms.ChoiceField(
            # A callable: read only when the claim is shown or validated; unchanged claims are not.
            choices=partial(self._choices_beside, form.instance.about),
            required=False,
            label=about.label,
            help_text=about.help_text,
            widget=SharedChoices,
        )

    def _choices_beside(self, current: str) -> list[Any]:
        known = {value for _group, options in self._facts[1:] for value, _label in options}
        missing = [(current, _("(no longer there)"))] if current and current not in known else []
        return [*self._facts, *missing]


class ImageForm(SourcedEntryForm):
    """A picture; its file is re-encoded and stored at once, so that a form error does not lose it."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, at most 8 MB. It is re-encoded: where and with which device it "
            "was taken is removed."
        ),
    )
    # The file that an earlier submission of this form stored; signed, since it contains the size.
    earlier_upload = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_upload(self) -> None:
        """Set the entry's file: from this upload, from an earlier submission, or the current one."""
        upload = self.cleaned_data["upload"]
        if upload is not None:
            self.instance.file = self._store(upload)
        elif earlier_upload := self.data.get(self.add_prefix("earlier_upload")):
            self.instance.file = self._earlier_file(earlier_upload)
        elif not self.instance.file:
            raise ValidationError(_("Choose the file of the picture."), code="no_file")

    def _store(self, upload: Any) -> str:
        picture = pictures.re_encode(upload, upload.size)
        try:
            actions.store_picture(picture)
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("earlier_upload")] = SIGNER.sign(picture.file)
        self.data = data
        return picture.file

    def _earlier_file(self, earlier_upload: str) -> str:
        """The file of an earlier submission. Raises ValidationError if it was deleted in the meantime."""
        with suppress(BadSignature):
            file = SIGNER.unsign(earlier_upload)
            if pictures.content(file.partition("-")[0], LARGE) is not None:
                return file
        raise ValidationError(_("Choose the file of the picture."), code="no_file")
