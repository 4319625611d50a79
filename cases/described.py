"""The lists of cases that terms of the glossary describe: with a role, of a class, with an outcome."""

from collections.abc import Iterable

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Participation
from cases.vocabulary import CeasefireClass, Outcome, PartyRole
from pillars.hooks import Described
from publishing.models.counting import counted_together

ROLE, CLASS, OUTCOME = "role", "ceasefire_class", "outcome"
LABELS = {
    ROLE: _("Ceasefires with somebody in this role"),
    CLASS: _("Ceasefires of this class"),
    OUTCOME: _("Ceasefires with this outcome"),
}
# By the address of the term, the question of the list of cases and its answer.
ASKED: dict[str, tuple[str, str]] = {
    "signatory": (ROLE, PartyRole.SIGNATORY),
    "mediator": (ROLE, PartyRole.MEDIATOR),
    "facilitator": (ROLE, PartyRole.FACILITATOR),
    "host": (ROLE, PartyRole.HOST),
    "witness": (ROLE, PartyRole.WITNESS),
    "guarantor": (ROLE, PartyRole.GUARANTOR),
    "monitor": (ROLE, PartyRole.MONITOR),
    "enforcer": (ROLE, PartyRole.ENFORCER),
    "backer-of-a-belligerent": (ROLE, PartyRole.BACKER),
    "unilateral-declaration": (CLASS, CeasefireClass.UNILATERAL_DECLARATION),
    "humanitarian-pause": (CLASS, CeasefireClass.HUMANITARIAN_PAUSE),
    "cessation-of-hostilities": (CLASS, CeasefireClass.CESSATION_OF_HOSTILITIES),
    "preliminary-ceasefire": (CLASS, CeasefireClass.PRELIMINARY_CEASEFIRE),
    "definitive-ceasefire": (CLASS, CeasefireClass.DEFINITIVE_CEASEFIRE),
    "holding": (OUTCOME, Outcome.HOLDING),
    "collapsed": (OUTCOME, Outcome.COLLAPSED),
}


def cases_of_terms(slugs: Iterable[str]) -> dict[str, Described]:
    """The list of cases that each of these terms describes, with its number, in one query."""
    asked = {slug: ASKED[slug] for slug in slugs if slug in ASKED}
    numbers = counted_together({slug: _cases(*question) for slug, question in asked.items()})
    return {
        slug: Described(str(LABELS[question]), numbers[slug], f"{reverse('cases:cases')}?{question}={answer}")
        for slug, (question, answer) in asked.items()
        if numbers[slug]
    }


def _cases(question: str, answer: str) -> models.QuerySet:
    """The keys of the cases, each once."""
    if question == ROLE:
        return Participation.objects.filter(role=answer).order_by().values("case").distinct()
    return Case.objects.in_sight().reviewed().filter(**{question: answer}).order_by().values("pk")
