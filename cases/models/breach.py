"""Reported breaches of a ceasefire."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.actor import Actor
from cases.models.case import Case
from cases.vocabulary import BreachStatus, BreachType
from publishing.fields.columns import in_vocabulary, phrase, prose, vocabulary_field
from publishing.fields.date_order import in_order
from publishing.fields.partial_dates import PartialDateField
from publishing.fields.policy import FieldPolicy
from publishing.models import Child


class Breach(Child):
    """A breach as one reporter describes it; counts are those of this reporter, never a total."""

    FIELD_POLICY = FieldPolicy(
        public=(
            *("breach_type", "status", "began_on", "ended_on", "place_name", "description"),
            *("reported_by", "attributed_to", "incidents", "killed", "injured"),
        ),
        protected=("killed", "injured"),
    )
    IS_FACT = True
    OF = "case"
    ALIKE_BY = ("began_on",)
    ADD_LABEL = _("Add a missing breach")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="breaches")
    breach_type = vocabulary_field(BreachType, _("type"))
    status = vocabulary_field(BreachStatus, _("status"))
    began_on = PartialDateField(_("on"))
    ended_on = PartialDateField(_("until"))
    place_name = phrase(_("place"))
    description = prose(_("what happened"))
    reported_by = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches_reported",
        verbose_name=_("reported by"),
    )
    attributed_to = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches_attributed",
        verbose_name=_("attributed to"),
        help_text=_("By the reporter; leave it empty when the reporter does not say."),
    )
    incidents = models.PositiveIntegerField(_("incidents counted"), null=True, blank=True)
    killed = models.PositiveIntegerField(
        _("killed"), null=True, blank=True, help_text=_("At least, by this reporter.")
    )
    injured = models.PositiveIntegerField(
        _("injured"), null=True, blank=True, help_text=_("At least, by this reporter.")
    )

    class Meta(Child.Meta):
        verbose_name = _("breach")
        verbose_name_plural = _("breaches")
        ordering = ["began_on", "position", "pk"]
        constraints = [
            in_order(
                "breach_ends_after_it_begins", "began_on", "ended_on", _("It cannot end before it begins.")
            ),
            models.CheckConstraint(
                name="breach_counts_name_their_reporter",
                condition=Q(reported_by__isnull=False)
                | Q(incidents__isnull=True, killed__isnull=True, injured__isnull=True),
                violation_error_message=_("A count needs a reporter: say who reports it."),
            ),
            models.CheckConstraint(
                name="breach_that_is_unattributed_names_nobody",
                condition=~Q(status=BreachStatus.UNATTRIBUTED) | Q(attributed_to__isnull=True),
                violation_error_message=_("A breach that is not attributed cannot name anyone."),
            ),
            models.CheckConstraint(
                name="breach_is_verified_by_a_reporter",
                condition=~Q(status__in=[BreachStatus.VERIFIED, BreachStatus.UNATTRIBUTED])
                | Q(reported_by__isnull=False),
                violation_error_message=_("Say who verified it."),
            ),
            models.CheckConstraint(
                name="breach_is_verified_by_another_than_its_author",
                condition=~Q(status=BreachStatus.VERIFIED)
                | Q(attributed_to__isnull=True)
                | ~Q(reported_by=F("attributed_to")),
                violation_error_message=_("An actor cannot verify a breach of its own."),
            ),
            in_vocabulary("breach_type_is_in_vocabulary", "breach_type", BreachType),
            in_vocabulary("breach_status_is_in_vocabulary", "status", BreachStatus),
        ]

    def __str__(self) -> str:
        return f"{self.began_on or ''} {self.get_breach_type_display()}".strip()
