"""Ceasefire cases."""

from types import MappingProxyType
from typing import Self, cast

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.models.place import Place, within_degrees
from cases.vocabulary import CeasefireClass, Outcome, Review, Scope, Sidedness, Written
from pillars.models import Theme
from publishing.fields.columns import in_vocabulary, phrase, prose, vocabulary_field
from publishing.fields.date_order import in_order
from publishing.fields.indexes import ListIndex
from publishing.fields.partial_dates import PartialDateField
from publishing.fields.policy import FieldPolicy, PublicAccess
from publishing.languages import join_list
from publishing.models import Entry
from publishing.models.entry_lists import EntryQuerySet
from sources.models import Image

NEWEST_FIRST = models.F("declared_on").desc(nulls_last=True)


class CaseQuerySet(EntryQuerySet):
    """Cases, as lists and pages show them."""

    def reviewed(self) -> Self:
        """Those that editors have reviewed; what datasets coded is counted only where it is asked for."""
        return self.filter(review=Review.REVIEWED)

    def newest_first(self) -> Self:
        """By the date of declaration; cases without one come last."""
        return self.order_by(NEWEST_FIRST, "pk")

    def oldest_first(self) -> Self:
        """By the date of declaration; cases without one come last."""
        return self.order_by(models.F("declared_on").asc(nulls_last=True), "pk")

    def for_list(self) -> Self:
        """With the countries, in one more query, and without the long texts."""
        return self.without_prose().prefetch_related(models.Prefetch("countries", Place.objects.by_title()))


class Case(Entry):
    """A ceasefire: who agreed to what, when, and with which outcome."""

    FIELD_POLICY = FieldPolicy(
        public=(
            *("finding", "narrative", "ceasefire_class", "scope", "written", "sidedness"),
            *("is_humanitarian", "is_for_peace_process", "is_for_holiday", "is_for_election"),
            *("has_other_purpose", "themes", "countries", "place_name", "latitude", "longitude"),
            *("declared_on", "in_force_on", "ended_on", "outcome", "outcome_as_of", "outcome_reason"),
        ),
        editors=("review",),
        internal=("picture",),
        protected=("outcome", "outcome_as_of", "participation"),
    )
    OF_ONE_ENTRY = ("review",)
    KEY_FACTS = (
        "finding",
        "ceasefire_class",
        "declared_on",
        "in_force_on",
        "ended_on",
        "outcome",
        "participation",
        "provision",
        "mechanism",
        "breach",
    )
    AS_OF = MappingProxyType({"outcome": "outcome_as_of"})
    MOST_WORDS = MappingProxyType({"finding": 35})
    # The facts that datasets of the field code, in the order of the page.
    CODED_FACTS = (
        *("ceasefire_class", "declared_on", "in_force_on", "ended_on"),
        *("outcome", "scope", "sidedness", "written"),
    )
    SUMMARY = "finding"
    PUBLIC_ACCESS = PublicAccess.NEW_ENTRIES
    SEARCH_WEIGHT = 0.9
    KNOWN_BY_INITIALS = True
    PAGE = "cases:case"
    PURPOSES = (
        "is_humanitarian",
        "is_for_peace_process",
        "is_for_holiday",
        "is_for_election",
        "has_other_purpose",
    )
    ROWS_TO_ADD = ("participation", "provision", "breach", "event", "mechanism", "document", "claim")
    LIST_PAGE = "cases:cases"
    SCHEMA_TYPE = "Dataset"
    DISTINGUISHED_BY = ("declared_on",)
    IS_IN_LATEST_CHANGES = True

    finding = phrase(
        _("finding"),
        max_length=600,
        help_text=_("One sentence: what was agreed, by whom, with whose help, and what came of it."),
    )
    narrative = prose(
        _("narrative"),
        help_text=_(
            "Markdown. What happened, in order; what is contested, and by whom. To cite a source of the "
            "claims, write its address: [@address-of-the-source, para. 3]."
        ),
    )
    ceasefire_class = vocabulary_field(CeasefireClass, _("class"))
    scope = vocabulary_field(Scope, _("scope"), default=Scope.UNCLEAR)
    written = vocabulary_field(Written, _("written or not"), default=Written.UNCLEAR)
    sidedness = vocabulary_field(Sidedness, _("sides"))
    is_humanitarian = models.BooleanField(_("humanitarian purpose"), default=False)
    is_for_peace_process = models.BooleanField(_("for a peace process"), default=False)
    is_for_holiday = models.BooleanField(_("for a holiday"), default=False)
    is_for_election = models.BooleanField(_("for an election"), default=False)
    has_other_purpose = models.BooleanField(_("other purpose"), default=False)
    themes = models.ManyToManyField(Theme, blank=True, related_name="cases", verbose_name=_("themes"))
    countries = models.ManyToManyField(Place, blank=True, related_name="cases", verbose_name=_("countries"))
    place_name = phrase(_("place"), help_text=_("Where it was agreed or mainly holds."))
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    declared_on = PartialDateField(_("declared or signed"))
    in_force_on = PartialDateField(_("in force from"))
    ended_on = PartialDateField(_("ended"))
    outcome = vocabulary_field(Outcome, _("outcome"), default=Outcome.UNKNOWN)
    outcome_as_of = PartialDateField(_("outcome as of"))
    outcome_reason = prose(
        _("how we judge"), help_text=_("By what criterion, and what counts against this judgement.")
    )

    review = vocabulary_field(
        Review,
        _("review"),
        default=Review.REVIEWED,
        help_text=_("Whether editors have read its sources, or all that it says is a record of a dataset."),
    )
    picture = models.ForeignKey(
        Image,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("picture"),
        help_text=_("Shown at the top of the page. Upload it to the pictures first."),
    )

    objects = CaseQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("ceasefire case")
        verbose_name_plural = _("ceasefire cases")
        indexes = [
            ListIndex(NEWEST_FIRST, "entry_ptr", name="case_list_newest_first"),
            ListIndex("outcome", NEWEST_FIRST, "entry_ptr", name="case_list_by_outcome"),
            models.Index(fields=["outcome", "review", "entry_ptr"], name="front_page_by_outcome"),
        ]
        constraints = [
            in_order(
                "case_is_in_force_on_or_after_it_is_declared",
                "declared_on",
                "in_force_on",
                _("It cannot be in force before it is declared."),
            ),
            in_order(
                "case_ends_on_or_after_it_is_declared",
                "declared_on",
                "ended_on",
                _("It cannot end before it is declared."),
            ),
            in_order(
                "case_ends_on_or_after_it_is_in_force",
                "in_force_on",
                "ended_on",
                _("It cannot end before it is in force."),
            ),
            models.CheckConstraint(
                name="case_outcome_says_as_of_when",
                condition=Q(outcome=Outcome.UNKNOWN) | Q(outcome_as_of__isnull=False),
                violation_error_message=_("Say as of when the outcome is known."),
            ),
            models.CheckConstraint(
                name="case_that_holds_has_not_ended",
                condition=~Q(outcome=Outcome.HOLDING) | Q(ended_on__isnull=True),
                violation_error_message=_("A ceasefire that holds has no end date."),
            ),
            models.CheckConstraint(
                name="case_that_never_took_effect_was_never_in_force",
                condition=~Q(outcome=Outcome.NEVER_TOOK_EFFECT) | Q(in_force_on__isnull=True),
                violation_error_message=_("A ceasefire that never took effect was never in force."),
            ),
            models.CheckConstraint(
                name="case_is_on_the_globe",
                condition=within_degrees("latitude", "longitude"),
                violation_error_message=_("Give both coordinates, in degrees, or neither."),
            ),
            in_vocabulary("case_class_is_in_vocabulary", "ceasefire_class", CeasefireClass),
            in_vocabulary("case_scope_is_in_vocabulary", "scope", Scope),
            in_vocabulary("case_written_is_in_vocabulary", "written", Written),
            in_vocabulary("case_sidedness_is_in_vocabulary", "sidedness", Sidedness),
            in_vocabulary("case_outcome_is_in_vocabulary", "outcome", Outcome),
            in_vocabulary("case_review_is_in_vocabulary", "review", Review),
        ]

    @property
    def is_coded(self) -> bool:
        """Whether all that it says is what a dataset codes: no editor has reviewed it."""
        return self.review == Review.CODED

    @property
    def mark(self) -> str:
        """That it was coded by a dataset, in lists; "" where editors reviewed it."""
        return str(Review.CODED.label) if self.is_coded else ""

    @property
    def took_effect(self) -> bool:
        """Whether it was ever in force, as far as is known."""
        return self.outcome != Outcome.NEVER_TOOK_EFFECT

    @property
    def is_holding(self) -> bool:
        """Whether it holds."""
        return self.outcome == Outcome.HOLDING

    @property
    def purposes(self) -> str:
        """Its purposes as text; empty if none is known."""
        named = [flag for flag in self.PURPOSES if getattr(self, flag)]
        columns = (cast(models.Field, self._meta.get_field(flag)) for flag in named)
        return capfirst(join_list(column.verbose_name for column in columns))
