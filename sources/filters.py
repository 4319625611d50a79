"""What the list of sources can be asked, and how many answer."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.fields.form_fields import LineField
from publishing.models.entry import kinds
from publishing.questions import Questions
from publishing.remembered import Memory
from sources.models import Source
from sources.vocabulary import SourceType

MAX_ASKED = 200
BY_CITATIONS = "citations"
# So many publishers can be chosen; any other is found by its name among the words.
PUBLISHERS = 40


class SourceQuestions(Questions):
    """Words of a title, a publisher or a number; the type; the publisher; and the order."""

    q = LineField(label=_("Words"), max_length=MAX_ASKED)
    type = forms.ChoiceField(label=_("Type"), choices=SourceType)
    publisher = LineField(label=_("Publisher"), max_length=300)
    order = forms.ChoiceField(choices=[(BY_CITATIONS, _("Most cited first"))])


def _number_of_each_type(sources: Any) -> dict[str, int]:
    return dict(sources.order_by().values_list("source_type").annotate(number=models.Count("pk")))


def _number_of_busiest_publishers(sources: Any) -> dict[str, int]:
    """The names, as printed, of the publishers of most of them."""
    counted = sources.exclude(publisher="").order_by().values_list("publisher")
    return dict(counted.annotate(number=models.Count("pk")).order_by("-number", "publisher")[:PUBLISHERS])


COUNTED = {"type": _number_of_each_type, "publisher": _number_of_busiest_publishers}


def _numbers_of_all() -> dict[str, dict[str, int]]:
    return {name: count(Source.objects.in_sight()) for name, count in COUNTED.items()}


# Readers find a source while something of whatever kind uses it.
NUMBERS_OF_ALL: Memory[dict[str, dict[str, int]]] = Memory(_numbers_of_all, (*kinds(),))
