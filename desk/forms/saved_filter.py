"""A filtered list of the desk, to be saved under a name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import refuse_invisible
from publishing.fields.form_fields import CodeField, LineField


class FilterForm(forms.Form):
    """A filtered list, to be saved under a name."""

    name = LineField(label=_("Name"), max_length=80, validators=[refuse_invisible])
    is_shared = forms.BooleanField(label=_("for everyone at the desk"), required=False)
    list_name = forms.RegexField(r"^[a-z]+_[a-z]+$", max_length=60)
    query = CodeField(max_length=1000, required=False)
