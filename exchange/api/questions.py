"""What can be asked of lists that have no page: claims."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import Entry
from publishing.named_entries import AnyEntryField, NamedEntryField
from publishing.questions import Questions
from sources.models import Claim, Source
from sources.vocabulary import Confidence, Stance


class ClaimQuestions(Questions):
    """Of which entry, from which source, and what it says of the fact."""

    entry = AnyEntryField(label=_("entry"), entries=lambda: Entry.objects.in_sight())
    source = NamedEntryField(label=_("source"), entries=lambda: Source.objects.in_sight())
    stance = forms.ChoiceField(label=_("stance"), choices=Stance)
    confidence = forms.ChoiceField(label=_("confidence"), choices=Confidence)


def claims(asked: dict[str, Any]) -> models.QuerySet:
    """The claims of what readers find that answer all of it, in the order of their keys."""
    found = Claim.objects.filter(entry__in=Entry.objects.in_sight())
    return found.filter(**asked).order_by("pk")
