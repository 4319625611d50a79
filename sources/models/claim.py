"""Claims of sources about entries, and the numbers of entries in catalogues."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import (
    ProseField,
    in_vocabulary,
    phrase,
    prose,
    refuse_invisible,
    vocabulary_field,
)
from publishing.fields.policy import FieldPolicy
from publishing.languages import columns_of_text
from publishing.models import Child, Entry
from publishing.vocabulary import Language
from sources.models.source import Source
from sources.vocabulary import Confidence, Scheme, Stance

# So many entries stand, with their claims, on a page of the list of a source.
ENTRIES_ON_A_PAGE = 40
# The question for the claims of one entry in that list.
CITING = "citing"


class ClaimQuerySet(models.QuerySet):
    """Claims, with what their display needs."""

    def with_sources(self) -> Self:
        """With the sources, in the same query, and with whether the list of the source has further pages."""
        return self.select_related("source").annotate(has_pages=has_pages("source"))

    def unsourced(self) -> Self:
        """Claims without a source."""
        return self.filter(source__isnull=True)


def has_pages(source: str = "pk") -> Exists:
    """Whether so many claims rest on a source that their entries may take more than one page.

    source: the way to it; by default the rows are sources.
    """
    of_source = Claim.objects.filter(source=OuterRef(source)).order_by().values("pk")
    return Exists(of_source[ENTRIES_ON_A_PAGE : ENTRIES_ON_A_PAGE + 1])


class Claim(Child):
    """What one source says about one fact of an entry; without a source, a fact still to be confirmed."""

    FIELD_POLICY = FieldPolicy(
        public=(
            *("about", "value", "stance", "source", "locator"),
            *("quotation", "quotation_language", "translation"),
        ),
        editors=("confidence", "remark"),
    )
    IS_FACT = False
    PUBLIC_DEFAULTS = {"confidence": Confidence.LOW.value}
    OF = "entry"
    ABOUT = "about"
    ADD_LABEL = _("Add a missing source")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="claims")
    about = models.CharField(
        _("about"),
        max_length=80,
        blank=True,
        default="",
        help_text=_("The fact that it speaks of; empty for the entry as a whole."),
    )
    value = phrase(
        _("what it says"), max_length=500, help_text=_("The value that the source itself gives, in short.")
    )
    stance = vocabulary_field(Stance, _("stance"), default=Stance.SUPPORTS)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cited_in",
        verbose_name=_("source"),
        help_text=_("Leave it empty rather than naming a source that does not say so."),
    )
    locator = models.CharField(
        _("where in it"),
        max_length=200,
        blank=True,
        default="",
        validators=[refuse_invisible],
        help_text=_("Page, paragraph or record: p. 3, para. 12, AgtId 2320."),
    )
    quotation = ProseField(
        _("quotation"), blank=True, default="", help_text=_("Word for word, in its own language.")
    )
    quotation_language = vocabulary_field(Language, _("language of the quotation"), blank=True, default="")
    translation = prose(_("translation of the quotation"))
    confidence = vocabulary_field(Confidence, _("confidence"), default=Confidence.MEDIUM)
    remark = prose(_("editors' remark"), help_text=_("Why the editors follow this source, or do not."))

    objects = ClaimQuerySet.as_manager()

    # Whether the source is older than the judgement that the claim is about; pages set it.
    is_outdated = False
    # Set by `facts.by_fact`: a statement of its own, beside others that have a source.
    is_apart = False

    class Meta(Child.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [models.Index(fields=["source", "entry", "position"], name="source_page_by_entry")]
        constraints = [
            models.CheckConstraint(
                name="claim_without_a_source_has_low_confidence",
                condition=Q(source__isnull=False) | Q(confidence=Confidence.LOW),
                violation_error_message=_("A claim without a source has low confidence."),
            ),
            models.CheckConstraint(
                name="claim_locator_and_quotation_come_from_a_source",
                condition=Q(source__isnull=False) | Q(locator="", quotation=""),
                violation_error_message=_(
                    "A page reference or a quotation needs the source that it comes from."
                ),
            ),
            models.CheckConstraint(
                name="claim_quotation_says_its_language",
                condition=Q(quotation="") | ~Q(quotation_language=""),
                violation_error_message=_("Say in which language the quotation is."),
            ),
            in_vocabulary("claim_stance_is_in_vocabulary", "stance", Stance),
            in_vocabulary("claim_confidence_is_in_vocabulary", "confidence", Confidence),
            in_vocabulary(
                "claim_quotation_language_is_in_vocabulary", "quotation_language", Language, optional=True
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.value or self.locator or self.about}"

    @property
    def says_the_same(self) -> bool:
        """Whether the source supports what the entry says; not if it is older than the judgement there."""
        return self.stance == Stance.SUPPORTS and not self.is_outdated

    @property
    def says_something(self) -> bool:
        """Whether it gives a value or a remark, in any language."""
        return any(getattr(self, column) for column in columns_of_text("value") + columns_of_text("remark"))

    @property
    def anchor(self) -> str:
        """Its place in the list of its source's page; a page has many, so they are short and much alike."""
        return f"claim-{str(self.entry_id)[:6]}-{self.position}"

    def get_source_url(self) -> str:
        """Its place on the page of its source; where that has several pages, among those of its entry."""
        if self.source is None:
            return ""
        # Asked for with the claim, or with the source.
        is_long = getattr(self, "has_pages", None) or getattr(self.source, "has_pages", False)
        citing = f"?{CITING}={self.entry_id}" if is_long else ""
        return f"{self.source.get_absolute_url()}{citing}#{self.anchor}"

    @property
    def stance_label(self) -> str:
        """How the source relates to what the entry says, in words."""
        if self.is_outdated and self.stance == Stance.SUPPORTS:
            return gettext("Older than this judgement")
        return self.get_stance_display()


class ExternalId(Child):
    """The number under which a catalogue of the field knows an entry."""

    FIELD_POLICY = FieldPolicy(public=("scheme", "value", "release"))
    IS_FACT = False
    IS_OF_ONE_ENTRY = True
    OF = "entry"
    ALIKE_BY = ("scheme", "value")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="external_ids")
    scheme = vocabulary_field(Scheme, _("catalogue"))
    value = models.CharField(_("number"), max_length=60, validators=[refuse_invisible])
    release = models.CharField(
        _("release"),
        max_length=30,
        blank=True,
        default="",
        validators=[refuse_invisible],
        help_text=_("The release in which it was read: v10, 22.1."),
    )

    class Meta(Child.Meta):
        verbose_name = _("number elsewhere")
        verbose_name_plural = _("numbers elsewhere")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "scheme", "value"],
                name="external_id_is_given_once",
                violation_error_message=_("That number is already in the list."),
            ),
            in_vocabulary("external_id_scheme_is_in_vocabulary", "scheme", Scheme),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"
