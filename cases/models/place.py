"""Places: countries and territories, under the names that the editors chose."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.vocabulary import PlaceType
from publishing.fields.columns import in_vocabulary, vocabulary_field
from publishing.fields.policy import FieldPolicy, PublicAccess
from publishing.models import Entry
from publishing.models.entry_lists import EntryQuerySet


def within_degrees(latitude: str, longitude: str) -> Q:
    """Both coordinates are on the globe, or both are missing."""
    # A comparison with NULL is unknown, which a check constraint accepts: so test for NULL as well.
    present = Q(**{f"{latitude}__isnull": False, f"{longitude}__isnull": False})
    on_globe = Q(**{f"{latitude}__range": (-90, 90), f"{longitude}__range": (-180, 180)})
    return (present & on_globe) | Q(**{f"{latitude}__isnull": True, f"{longitude}__isnull": True})


class Place(Entry):
    """A country, territory or region that cases and initiatives happen in."""

    FIELD_POLICY = FieldPolicy(editors=("place_type", "iso_code", "gw_number", "latitude", "longitude"))
    PUBLIC_ACCESS = PublicAccess.NOTHING
    SEARCH_WEIGHT = 0.9
    PAGE = "cases:place"
    LIST_PAGE = ""
    IS_IN_LATEST_CHANGES = False
    IS_REFERENCE = True
    FOUND_BY = ("iso_code",)
    IDENTIFIED_BY = ("iso_code",)
    DISTINGUISHED_BY = ("place_type", "iso_code")

    place_type = vocabulary_field(PlaceType, _("type"), default=PlaceType.COUNTRY)
    iso_code = models.CharField(
        _("ISO code"),
        max_length=3,
        blank=True,
        default="",
        validators=[RegexValidator(r"\A[A-Z]{3}\Z", _("Three capital letters, for instance LBY."))],
        help_text=_("ISO 3166-1, three letters, where there is one."),
    )
    gw_number = models.PositiveSmallIntegerField(
        _("Gleditsch-Ward number"), null=True, blank=True, help_text=_("As in UCDP and ETH/PRIO data.")
    )
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4, null=True, blank=True)

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                name="place_is_on_the_globe",
                condition=within_degrees("latitude", "longitude"),
                violation_error_message=_("Give both coordinates, in degrees, or neither."),
            ),
            models.UniqueConstraint(
                fields=["iso_code"],
                condition=~Q(iso_code=""),
                name="place_iso_code_is_unique",
                violation_error_message=_("Another place has that ISO code."),
            ),
            in_vocabulary("place_type_is_in_vocabulary", "place_type", PlaceType),
        ]
