"""Choices of pillars and the glossary."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SectionKind(models.TextChoices):
    """What a section of a pillar is about."""

    WHAT_IT_IS = "what_it_is", _("What it is")
    ROLE = "role", _("Who does what")
    APPROACH_AREA = "approach_area", _("Approach area")
    SIGNIFICANCE = "significance", _("Why it matters")
    CHALLENGE = "challenge", _("Challenge")
    OUTLOOK = "outlook", _("Outlook")


class EvidenceRole(models.TextChoices):
    """How an entry relates to what a section says."""

    ILLUSTRATES = "illustrates", _("Illustrates")
    CONTRADICTS = "contradicts", _("Counts against")
    LIMITS = "limits", _("Shows the limits")
    ORIGIN = "origin", _("Origin")


class TermGroup(models.TextChoices):
    """What a term of the glossary is about, in the order in which the groups are read."""

    FIGHTING_STOPS = "fighting_stops", _("How fighting stops")
    WHO_TAKES_PART = "who_takes_part", _("Who takes part")
    WHAT_IS_AGREED = "what_is_agreed", _("What is agreed")
    CARRIED_OUT = "carried_out", _("How it is implemented")
    BREACHES = "breaches", _("Breaches")
    RECONSTRUCTION = "reconstruction", _("Reconstruction")
    SOURCES = "sources", _("Sources")
