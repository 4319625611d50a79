"""The parts of a ceasefire case: parties, documents, provisions, mechanisms, events."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.actor import Actor
from cases.models.case import Case
from cases.vocabulary import (
    DocumentType,
    EventType,
    Implementation,
    MechanismStatus,
    MechanismType,
    PartyRole,
    Strength,
    Topic,
)
from publishing.fields.columns import (
    ProseField,
    in_vocabulary,
    phrase,
    prose,
    refuse_invisible,
    vocabulary_field,
)
from publishing.fields.date_order import in_order
from publishing.fields.partial_dates import PartialDateField
from publishing.fields.policy import FieldPolicy
from publishing.models import Child
from publishing.vocabulary import Language
from sources.models import Source


class Participation(Child):
    """An actor in one role in a ceasefire."""

    FIELD_POLICY = FieldPolicy(public=("actor", "role", "side", "signatories", "remark"))
    IS_FACT = True
    OF = "case"
    ALIKE_BY = ("actor", "role")
    ADD_LABEL = _("Add a missing party")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="participations", verbose_name=_("actor")
    )
    role = vocabulary_field(PartyRole, _("role"))
    side = phrase(_("side"), help_text=_("The side it belongs to, where there are sides."))
    signatories = prose(_("who signed"), help_text=_("Names and ranks as signed, one on each line."))
    remark = phrase(_("remark"))

    class Meta(Child.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        indexes = [
            models.Index(fields=["actor", "role", "case"], name="case_list_by_actor_and_role"),
            models.Index(fields=["role", "case"], name="case_list_by_role"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "actor", "role"],
                name="participation_has_each_role_once",
                violation_error_message=_("That actor is already listed in that role."),
            ),
            in_vocabulary("participation_role_is_in_vocabulary", "role", PartyRole),
        ]

    def __str__(self) -> str:
        return f"{self.actor} ({self.get_role_display()})"


class Document(Child):
    """A text that belongs to a case: the agreement, its annexes, resolutions about it."""

    FIELD_POLICY = FieldPolicy(public=("title", "document_type", "dated_on", "source"))
    IS_FACT = True
    OF = "case"
    ALIKE_BY = ("source",)
    ADD_LABEL = _("Add a missing document")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    title = phrase(_("title"))
    document_type = vocabulary_field(DocumentType, _("type"))
    dated_on = PartialDateField(_("dated"))
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("source"),
        help_text=_("Where the text can be read."),
    )

    class Meta(Child.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [in_vocabulary("document_type_is_in_vocabulary", "document_type", DocumentType)]

    def __str__(self) -> str:
        return str(self.title)


class Provision(Child):
    """One commitment of the parties."""

    FIELD_POLICY = FieldPolicy(
        public=("topic", "text", "locator", "strength", "quotation", "quotation_language"),
    )
    IS_FACT = True
    OF = "case"
    ADD_LABEL = _("Add a missing provision")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="provisions")
    topic = vocabulary_field(Topic, _("topic"))
    text = prose(_("what is agreed"), help_text=_("In our own words, one or two sentences."))
    locator = models.CharField(
        _("where in the text"),
        max_length=100,
        blank=True,
        default="",
        validators=[refuse_invisible],
        help_text=_("Article or paragraph."),
    )
    strength = models.PositiveSmallIntegerField(_("strength"), choices=Strength)
    quotation = ProseField(_("quotation"), blank=True, default="", help_text=_("Word for word."))
    quotation_language = vocabulary_field(Language, _("language of the quotation"), blank=True, default="")

    class Meta(Child.Meta):
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        constraints = [
            models.CheckConstraint(
                name="provision_strength_is_from_1_to_3",
                condition=Q(strength__in=Strength.values),
                violation_error_message=_("Strength goes from 1 to 3."),
            ),
            models.CheckConstraint(
                name="provision_quotation_says_its_language",
                condition=Q(quotation="") | ~Q(quotation_language=""),
                violation_error_message=_("Say in which language the quotation is."),
            ),
            in_vocabulary("provision_topic_is_in_vocabulary", "topic", Topic),
            in_vocabulary(
                "provision_quotation_language_is_in_vocabulary", "quotation_language", Language, optional=True
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.text}"[:100]


class Assessment(Child):
    """How far a provision was implemented as of a date."""

    FIELD_POLICY = FieldPolicy(public=("assessed_on", "implementation", "narrative"))
    IS_FACT = True
    AS_OF = "assessed_on"
    OF = "provision"

    provision = models.ForeignKey(
        Provision, on_delete=models.CASCADE, related_name="assessments", verbose_name=_("provision")
    )
    assessed_on = PartialDateField(_("as of"), null=False, blank=False)
    implementation = models.PositiveSmallIntegerField(_("implementation"), choices=Implementation)
    narrative = prose(_("why"), help_text=_("What was done and what was not."))

    class Meta(Child.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["assessed_on", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assessment_implementation_is_from_0_to_3",
                condition=Q(implementation__in=Implementation.values),
                violation_error_message=_("Implementation goes from 0 to 3."),
            ),
            models.UniqueConstraint(
                fields=["provision", "assessed_on"],
                name="assessment_is_made_once_for_a_date",
                violation_error_message=_("This provision was assessed for that date already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessed_on}: {self.get_implementation_display()}"


class Mechanism(Child):
    """A body or procedure that monitors a ceasefire."""

    FIELD_POLICY = FieldPolicy(
        public=("name", "mechanism_type", "actor", "status", "began_on", "ended_on", "description"),
    )
    IS_FACT = True
    OF = "case"
    ALIKE_BY = ("mechanism_type", "actor")
    ADD_LABEL = _("Add a missing mechanism")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="mechanisms")
    name = phrase(_("name"))
    mechanism_type = vocabulary_field(MechanismType, _("type"))
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mechanisms",
        verbose_name=_("run by"),
    )
    status = vocabulary_field(MechanismStatus, _("status"), default=MechanismStatus.UNKNOWN)
    began_on = PartialDateField(_("began"))
    ended_on = PartialDateField(_("ended"))
    description = prose(_("description"))

    class Meta(Child.Meta):
        verbose_name = _("mechanism")
        verbose_name_plural = _("mechanisms")
        constraints = [
            in_order(
                "mechanism_ends_after_it_begins", "began_on", "ended_on", _("It cannot end before it begins.")
            ),
            models.CheckConstraint(
                name="mechanism_never_established_never_began",
                condition=~Q(status=MechanismStatus.NEVER_ESTABLISHED) | Q(began_on__isnull=True),
                violation_error_message=_("A mechanism that was never set up never began."),
            ),
            in_vocabulary("mechanism_type_is_in_vocabulary", "mechanism_type", MechanismType),
            in_vocabulary("mechanism_status_is_in_vocabulary", "status", MechanismStatus),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Event(Child):
    """A step in the life of a ceasefire."""

    FIELD_POLICY = FieldPolicy(public=("event_type", "happened_on", "until_on", "title"))
    IS_FACT = True
    OF = "case"
    ALIKE_BY = ("happened_on",)
    ADD_LABEL = _("Add a missing event")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    event_type = vocabulary_field(EventType, _("type"))
    happened_on = PartialDateField(_("on"))
    until_on = PartialDateField(_("until"), help_text=_("For what took more than a day."))
    title = phrase(_("what happened"), max_length=400)

    class Meta(Child.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["happened_on", "position", "pk"]
        constraints = [
            in_order(
                "event_ends_after_it_begins", "happened_on", "until_on", _("It cannot end before it begins.")
            ),
            in_vocabulary("event_type_is_in_vocabulary", "event_type", EventType),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on or ''} {self.title}".strip()
