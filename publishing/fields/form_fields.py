"""The boxes of forms: each keeps what was meant, whichever keyboard, program or document it came from.

None tells the browser a greatest length, for browsers cut what is pasted without a word: the server says so.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from publishing.fields.clean_text import DIGITS, clean_code, clean_line, clean_prose


def uncut(widget: forms.Widget) -> None:
    """Let the box take more than fits, so that the form can say so."""
    widget.attrs.pop("maxlength", None)


class _CleanField(forms.CharField):
    """A text that is cleaned before anything is asked of it."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The stock ones, without a greatest length."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Two ways of writing the same text are no change."""
        return super().has_changed(self.to_python(initial), data)


class LineField(_CleanField):
    """A text on one line; whatever ends a line is a space."""

    def to_python(self, value: Any) -> str:
        """The text, clean."""
        return clean_line(super().to_python(value) or "")


class MultilineField(_CleanField):
    """A text of several lines; every way of ending a line is stored as one."""

    def to_python(self, value: Any) -> str:
        """The text, clean."""
        text = clean_prose(super().to_python(value) or "")
        return text.strip() if self.strip else text


class CodeField(_CleanField):
    """A name or number for machines: nothing in it but what is seen, and plain digits."""

    def to_python(self, value: Any) -> str:
        """The code, clean."""
        return clean_code(super().to_python(value) or "").translate(DIGITS)


class SlugBox(CodeField, forms.SlugField):
    """The last part of an address."""


class AddressField(_CleanField, forms.URLField):
    """An address of the web."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **options})

    def to_python(self, value: Any) -> str:
        """The address without what is not seen."""
        return super().to_python(clean_code(str(value or ""))) or ""


class MailField(_CleanField, forms.EmailField):
    """A mail address."""

    def to_python(self, value: Any) -> str:
        """The address without what is not seen."""
        return super().to_python(clean_code(str(value or ""))) or ""


# --- what is said below a box ------------------------------------------------------------


class EchoField(forms.Field):
    """A box that says below it how it may be filled, and once it is sent, what was understood."""

    def hint(self) -> str:
        """How the box may be filled."""
        return ""

    def in_words(self, typed: str) -> str:
        """What was understood; nothing where that is what was typed. Raises ValidationError."""
        raise NotImplementedError

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """The box, with what is said below it."""
        return _EchoBox(form, self, field_name)


class _EchoBox(forms.BoundField):
    def __init__(self, form: Any, field: EchoField, name: str) -> None:
        super().__init__(form, field, name)
        parts = (self.help_text, field.hint(), self._understood(field))
        self.help_text = format_html_join(" ", "{}", ([part] for part in parts if part))

    def _understood(self, field: EchoField) -> str:
        typed = self.value()
        if not typed or not isinstance(typed, str):
            return ""
        try:
            words = field.in_words(typed)
        except ValidationError:
            return ""
        return _("Understood as %(words)s.") % {"words": words} if words else ""
