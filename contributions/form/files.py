"""A correction that was written offline: one small file, read as strictly as the form is."""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from publishing.languages import PAGE_LANGUAGES

FORMAT = "sulh-correction-1"
MOST_BYTES = 64 * 1024
# What it may say, and how long each text may be: of the form, and of what the file is about.
OF_FORM = {
    **{"source_reference": 500, "source_page": 100, "source_quotation": 2000, "why_no_source": 1000},
    **{"reason": 1000, "name": 100, "mail": 254},
}
OF_FILE = {"format": 30, "site": 300, "language": 10, "kind": 30, "slug": 120, "at": 300, "value": 20_000}
# A text that is too long for the form is kept in it, which says so.
LONGEST = {**dict.fromkeys(OF_FORM, 20_000), **OF_FILE}
OTHERS = {"revision", "wants_credit"}
MOST_REVISIONS = 10**9


@dataclass(frozen=True)
class Correction:
    """What the file says: which entry and fact, as of which revision, and the words for the form.

    language: of the page on which it was written.
    """

    language: str
    kind: str
    slug: str
    at: str
    revision: int
    value: str
    texts: dict[str, Any]


class NotACorrection(ValueError):
    """The file is no correction that the offline edition writes."""


def read_correction(content: bytes) -> Correction:
    """What the file says. Raises NotACorrection where anything in it is not as the edition writes it."""
    try:
        correction = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotACorrection("no JSON") from error
    if (
        not isinstance(correction, dict)
        or correction.keys() != {*LONGEST, *OTHERS}
        or correction["format"] != FORMAT
    ):
        raise NotACorrection("other names")
    if not all(_is_text(correction[name], most) for name, most in LONGEST.items()):
        raise NotACorrection("a text that is none, or too long")
    number = correction["revision"]
    if (
        type(number) is not int
        or not 0 <= number <= MOST_REVISIONS
        or type(correction["wants_credit"]) is not bool
    ):
        raise NotACorrection("a number or a choice that is none")
    if correction["language"] not in PAGE_LANGUAGES:
        raise NotACorrection("a language that no page has")
    return Correction(
        language=correction["language"],
        kind=correction["kind"],
        slug=correction["slug"],
        at=correction["at"],
        revision=number,
        value=correction["value"],
        texts={name: correction[name] for name in (*OF_FORM, "wants_credit")},
    )


def _is_text(value: Any, most: int) -> bool:
    """Whether it is a text of at most so many letters that can be stored: no null byte, no half of a pair."""
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        return False
    return not any("\ud800" <= one <= "\udfff" for one in value)


class HandInForm(forms.Form):
    """The file that the offline edition wrote."""

    messages = {
        "unknown": _("The casebook has nothing of that name to correct; it may have been retracted."),
        "no_correction": _("This is no file that the offline edition wrote, or it was changed."),
    }
    file = forms.FileField(
        label=_("The file"),
        help_text=_("Its name begins with “correction-” and ends with “.json”."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": _("Choose the file that the offline edition wrote.")},
    )

    def clean(self) -> dict[str, Any]:
        """With the correction that the file holds."""
        cleaned = super().clean() or self.cleaned_data
        file: UploadedFile | None = cleaned.get("file")
        if file is not None:
            try:
                if (file.size or 0) > MOST_BYTES:
                    raise NotACorrection("too long")
                cleaned["correction"] = read_correction(file.read())
            except NotACorrection:
                self.add_error("file", self.messages["no_correction"])
        return cleaned
