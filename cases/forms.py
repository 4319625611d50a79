"""What the list of actors can be asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.vocabulary import ActorType
from publishing.questions import Questions

BY_ROLES = "roles"


class ActorQuestions(Questions):
    """Of which kind, and in which order."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ActorType)
    order = forms.ChoiceField(choices=[(BY_ROLES, _("Most roles first"))])
