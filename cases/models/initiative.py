"""Reconstruction initiatives: partners, funding and results."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.models.actor import Actor
from cases.models.case import Case
from cases.models.place import Place
from cases.vocabulary import Currency, FundingNature, PartnerRole
from pillars.models import Theme
from publishing.fields.columns import in_vocabulary, phrase, prose, vocabulary_field
from publishing.fields.date_order import in_order
from publishing.fields.indexes import ListIndex
from publishing.fields.partial_dates import PartialDateField
from publishing.fields.policy import FieldPolicy, PublicAccess
from publishing.models import Child, Entry
from publishing.models.entry_lists import EntryQuerySet

NEWEST_FIRST = models.F("began_on").desc(nulls_last=True)


class InitiativeQuerySet(EntryQuerySet):
    """Initiatives, as lists and pages show them."""

    def newest_first(self) -> Self:
        """By the date of the beginning; initiatives without one come last."""
        return self.order_by(NEWEST_FIRST, "pk")

    def for_list(self) -> Self:
        """With theme and countries, in two more queries, and without the long texts."""
        countries = models.Prefetch("countries", Place.objects.by_title())
        return self.without_prose().select_related("main_theme").prefetch_related(countries)


class Initiative(Entry):
    """A post-conflict reconstruction initiative: its partners, funding and results."""

    FIELD_POLICY = FieldPolicy(
        public=("summary", "narrative", "main_theme", "countries", "began_on", "ended_on", "follows"),
    )
    KEY_FACTS = ("summary", "began_on", "partner", "funding", "result")
    SUMMARY = "summary"
    PUBLIC_ACCESS = PublicAccess.NEW_ENTRIES
    SEARCH_WEIGHT = 0.7
    KNOWN_BY_INITIALS = True
    PAGE = "cases:initiative"
    ROWS_TO_ADD = ("partner", "funding", "result", "claim")
    LIST_PAGE = "cases:initiatives"
    SCHEMA_TYPE = "Dataset"
    DISTINGUISHED_BY = ("began_on",)
    IS_IN_LATEST_CHANGES = True

    summary = phrase(
        _("in one sentence"), max_length=600, help_text=_("Who did what for whom, where and when.")
    )
    narrative = prose(
        _("narrative"),
        help_text=_(
            "Markdown. What was planned, done and left undone. To cite a source of the claims, write its "
            "address: [@address-of-the-source, para. 3]."
        ),
    )
    main_theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="initiatives", verbose_name=_("theme")
    )
    countries = models.ManyToManyField(
        Place, blank=True, related_name="initiatives", verbose_name=_("countries")
    )
    began_on = PartialDateField(_("began"))
    ended_on = PartialDateField(_("ended"))
    follows = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("follows the ceasefire"),
    )

    objects = InitiativeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("reconstruction initiative")
        verbose_name_plural = _("reconstruction initiatives")
        indexes = [ListIndex(NEWEST_FIRST, "entry_ptr", name="initiative_list_newest_first")]
        constraints = [
            in_order(
                "initiative_ends_after_it_begins",
                "began_on",
                "ended_on",
                _("It cannot end before it begins."),
            ),
        ]


class Partner(Child):
    """An actor in one role in an initiative."""

    FIELD_POLICY = FieldPolicy(public=("actor", "role", "is_party_to_the_conflict", "remark"))
    IS_FACT = True
    OF = "initiative"
    ALIKE_BY = ("actor", "role")
    ADD_LABEL = _("Add a missing partner")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="partners")
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="partnerships", verbose_name=_("actor")
    )
    role = vocabulary_field(PartnerRole, _("role"))
    is_party_to_the_conflict = models.BooleanField(
        _("is itself a party to the conflict"), default=False, help_text=_("The page then says so plainly.")
    )
    remark = phrase(_("remark"))

    class Meta(Child.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "actor", "role"],
                name="partner_has_each_role_once",
                violation_error_message=_("That actor is already listed in that role."),
            ),
            in_vocabulary("partner_role_is_in_vocabulary", "role", PartnerRole),
        ]

    def __str__(self) -> str:
        return f"{self.actor} ({self.get_role_display()})"


class Funding(Child):
    """One amount that was pledged, or committed, or disbursed: exactly one of the three."""

    FIELD_POLICY = FieldPolicy(
        public=(
            *("actor", "pledged", "committed", "disbursed", "currency", "nature", "is_military"),
            *("as_of", "remark"),
        ),
    )
    IS_FACT = True
    OF = "initiative"
    ALIKE_BY = ("actor", "as_of")
    ADD_LABEL = _("Add missing funding")
    AMOUNTS = ("pledged", "committed", "disbursed")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="fundings")
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fundings",
        verbose_name=_("from"),
        help_text=_("Empty for a sum of several."),
    )
    pledged = models.DecimalField(_("pledged"), max_digits=15, decimal_places=2, null=True, blank=True)
    committed = models.DecimalField(_("committed"), max_digits=15, decimal_places=2, null=True, blank=True)
    disbursed = models.DecimalField(_("disbursed"), max_digits=15, decimal_places=2, null=True, blank=True)
    currency = vocabulary_field(Currency, _("currency"), default=Currency.USD)
    nature = vocabulary_field(FundingNature, _("kind of money"), default=FundingNature.UNSPECIFIED)
    is_military = models.BooleanField(
        _("military aid"), default=False, help_text=_("Military aid is not reconstruction: the page says so.")
    )
    as_of = PartialDateField(_("as of"), null=False, blank=False)
    remark = phrase(_("remark"), max_length=500)

    class Meta(Child.Meta):
        verbose_name = _("amount")
        verbose_name_plural = _("money")
        constraints = [
            models.CheckConstraint(
                name="funding_is_pledged_or_committed_or_disbursed",
                condition=Q(
                    pledged__isnull=False, pledged__gt=0, committed__isnull=True, disbursed__isnull=True
                )
                | Q(pledged__isnull=True, committed__isnull=False, committed__gt=0, disbursed__isnull=True)
                | Q(pledged__isnull=True, committed__isnull=True, disbursed__isnull=False, disbursed__gt=0),
                violation_error_message=_("Give one amount: pledged, or committed, or disbursed."),
            ),
            in_vocabulary("funding_currency_is_in_vocabulary", "currency", Currency),
            in_vocabulary("funding_nature_is_in_vocabulary", "nature", FundingNature),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    @property
    def state(self) -> str:
        """Which of the three it is: "pledged", "committed" or "disbursed"."""
        return next(name for name in self.AMOUNTS if getattr(self, name) is not None)

    @property
    def state_in_words(self) -> str:
        """Pledged, committed or disbursed, in the language of the reader."""
        column: Any = self._meta.get_field(self.state)
        return capfirst(str(column.verbose_name))

    @property
    def label(self) -> str:
        """The row in words: from whom, and whether it is pledged, committed or disbursed."""
        state: Any = self._meta.get_field(self.state)
        actor = self.actor or _("several")
        return str(_("Money: %(actor)s, %(state)s") % {"actor": actor, "state": state.verbose_name})

    @property
    def amount(self) -> object:
        """The amount, whichever of the three it is."""
        return next((value for name in self.AMOUNTS if (value := getattr(self, name)) is not None), None)


class Result(Child):
    """What an initiative reached, or planned to reach, by one indicator as of a date."""

    FIELD_POLICY = FieldPolicy(
        public=("indicator", "value", "is_target", "as_of", "reported_by", "remark"),
    )
    IS_FACT = True
    OF = "initiative"
    ADD_LABEL = _("Add a missing result")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="results")
    indicator = phrase(_("indicator"), help_text=_("What is counted: schools reopened, farmers supplied."))
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=2)
    is_target = models.BooleanField(_("planned, not reached"), default=False)
    as_of = PartialDateField(_("as of"), null=False, blank=False)
    reported_by = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="results_reported",
        verbose_name=_("reported by"),
    )
    remark = phrase(_("remark"))

    class Meta(Child.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.CheckConstraint(
                name="result_value_is_not_negative",
                condition=Q(value__gte=0),
                violation_error_message=_("A result is not below zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
