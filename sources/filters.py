"""What the list of sources can be asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.fields.form_fields import LineField
from publishing.questions import Questions
from sources.vocabulary import SourceType

MAX_ASKED = 200
BY_CITATIONS = "citations"


class SourceQuestions(Questions):
    """Words of a title, a publisher or a number; the type; the publisher; and the order."""

    q = LineField(label=_("Words"), max_length=MAX_ASKED)
    type = forms.ChoiceField(label=_("Type"), choices=SourceType)
    publisher = LineField(label=_("Publisher"), max_length=300)
    order = forms.ChoiceField(choices=[(BY_CITATIONS, _("Most cited first"))])
