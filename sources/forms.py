"""The forms of sourced entries and of pictures."""

from contextlib import suppress
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.forms.entry import EntryForm
from publishing.fields.form_fields import LineField
from publishing.languages import columns_of_text
from publishing.rules import Refusal
from sources import actions, pictures
from sources.claims_at_facts import ClaimsAtFacts, FactClaims
from sources.models.image import LARGE

SIGNER = Signer(salt="sources.picture")


class SourcedEntryForm(EntryForm):
    """Shows the claims of each fact below its box."""

    def show_claims(self, claims: ClaimsAtFacts) -> None:
        """Show those of each fact that has a box, and the way to add one."""
        for of_fact in claims.in_facts_of(type(self.instance)):
            columns = (of_fact.about, *columns_of_text(of_fact.about))
            bound = next((self[one] for one in columns if one in self.fields), None)
            if bound is not None:
                bound.help_text = format_html("{}{}", bound.help_text, claims_of_fact(of_fact))


def claims_of_fact(of_fact: FactClaims) -> SafeString:
    """The lines of the claims of a fact, each a button that opens the claim, and one that adds another."""
    return render_to_string("admin/sources/claims_of_fact.html", {"of": of_fact})


class NamedSourceForm(forms.Form):
    """What a source is made from."""

    named = LineField(
        label=gettext_lazy("Address, DOI, symbol or title"),
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "vLargeTextField", "dir": "auto", "autofocus": True}),
        help_text=gettext_lazy(
            "For instance https://www.bbc.com/news/…, 10.1177/00220027221129195 or S/2008/392. Its page is "
            "read where that is possible; you see every value before it is used."
        ),
    )


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
