"""What the list of actors can be asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.vocabulary import ActorType
from publishing.fields.form_fields import LineField
from publishing.questions import Questions

MAX_ASKED = 200
BY_ROLES = "roles"


class ActorQuestions(Questions):
    """By words of a name, of which kind, and in which order."""

    q = LineField(label=_("Words"), max_length=MAX_ASKED)
    kind = forms.ChoiceField(label=_("Kind"), choices=ActorType)
    order = forms.ChoiceField(choices=[(BY_ROLES, _("Most roles first"))])
