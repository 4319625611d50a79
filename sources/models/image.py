"""Pictures: a small library, of which sections and cases show some."""

from typing import Self
from urllib.parse import urlencode

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import (
    InWordsField,
    in_vocabulary,
    is_in_no_language,
    phrase,
    vocabulary_field,
)
from publishing.fields.policy import FieldPolicy, PublicAccess
from publishing.languages import LocalizedText, localized
from publishing.models import Entry
from publishing.models.entry_lists import EntryQuerySet
from sources.vocabulary import LICENCE_TEXTS, Licence

# The two sizes of every picture, as the maximum width in pixels.
LARGE, SMALL = 1600, 640
WIDTHS = (LARGE, SMALL)


class PictureFileField(InWordsField):
    """Digest and size of a picture, as "<digest>-1600x900"."""

    def in_words(self, value: str) -> str:
        """The size in pixels."""
        width, _x, height = value.partition("-")[2].partition("x")
        return str(_("%(width)s × %(height)s pixels") % {"width": width, "height": height})


class ImageQuerySet(EntryQuerySet):
    """Pictures, by their files."""

    def with_digest(self, digest: str) -> Self:
        """Pictures whose file has that digest."""
        return self.filter(file__startswith=f"{digest}-")


class Image(Entry):
    """A picture: what it shows, who made it, and under which licence it may be used."""

    FIELD_POLICY = FieldPolicy(
        editors=("alternative", "caption", "credit", "licence", "terms", "origin"),
        internal=("file", "is_decorative"),
    )
    PUBLIC_ACCESS = PublicAccess.NOTHING
    SEARCH_WEIGHT = 0.1
    PAGE = "sources:picture"
    LIST_PAGE = ""
    IS_IN_LATEST_CHANGES = False
    IS_REFERENCE = True
    FOUND_BY = ("credit",)

    # Digest and size in one value, so that merging two changes of a picture never mixes them.
    file = PictureFileField(
        _("file"),
        max_length=80,
        editable=False,
        validators=[RegexValidator(r"\A[0-9a-f]{64}-[1-9][0-9]{0,4}x[1-9][0-9]{0,4}\Z")],
    )
    alternative = phrase(
        _("alternative text"),
        max_length=500,
        help_text=_("What the picture tells, for people who cannot see it; not what it looks like."),
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It tells nothing that the text does not; those who cannot see it miss nothing."),
    )
    caption = phrase(_("caption"), max_length=500, help_text=_("What, where, when."))
    credit = phrase(_("credit"), help_text=_("Who made the picture, as they want to be named."))
    licence = vocabulary_field(Licence, _("licence"))
    terms = phrase(
        _("terms of use"),
        max_length=500,
        help_text=_("Who allowed it, when and for what; where the licence has no text of its own."),
    )
    origin = models.URLField(
        _("where it comes from"), max_length=1000, blank=True, default="", help_text=_("The original's page.")
    )

    objects = ImageQuerySet.as_manager()  # type: ignore[misc]

    # The token of the preview link that shows it before it is public; the addresses of its files contain it.
    shown_by = ""

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                name="image_has_a_file",
                condition=~Q(file=""),
                violation_error_message=_("Choose the file of the picture."),
            ),
            models.UniqueConstraint(
                fields=["file"],
                name="image_is_in_the_library_once",
                violation_error_message=_("That picture is in the library already."),
            ),
            models.CheckConstraint(
                name="image_is_described_or_decorative",
                condition=(is_in_no_language("alternative") & Q(is_decorative=True))
                | (~is_in_no_language("alternative") & Q(is_decorative=False)),
                violation_error_message=_(
                    "Say in at least one language what the picture tells, or that it is decorative; not both."
                ),
            ),
            models.CheckConstraint(
                name="image_has_a_credit",
                condition=~is_in_no_language("credit"),
                violation_error_message=_("Say in at least one language whose picture it is."),
            ),
            models.CheckConstraint(
                name="image_licence_has_a_text_or_tells_its_terms",
                condition=Q(licence__in=[*LICENCE_TEXTS]) | ~is_in_no_language("terms"),
                violation_error_message=_("Tell the terms of that licence in at least one language."),
            ),
            in_vocabulary("image_licence_is_in_vocabulary", "licence", Licence),
        ]

    @property
    def digest(self) -> str:
        """SHA-256 of the large size, which names the files of both."""
        return self.file.partition("-")[0]

    @property
    def width(self) -> int:
        """The width of the large size, in pixels."""
        return int(self.file.partition("-")[2].partition("x")[0])

    @property
    def height(self) -> int:
        """The height of the large size, in pixels."""
        return int(self.file.rpartition("x")[2])

    @property
    def large(self) -> str:
        """The address of the large size."""
        return self._address(LARGE)

    @property
    def small(self) -> str:
        """The address of the small size."""
        return self._address(SMALL)

    def _address(self, width: int) -> str:
        address = reverse("picture_file", args=[self.digest, width])
        return f"{address}?{urlencode({'preview': self.shown_by})}" if self.shown_by else address

    @property
    def small_width(self) -> int:
        """The width of the small size, in pixels; a picture is never enlarged."""
        return min(self.width, SMALL)

    @property
    def alternative_localized(self) -> LocalizedText:
        """The alternative text, with the language that it is in."""
        return localized(self, "alternative")

    @property
    def licence_text(self) -> str:
        """The address of the licence; empty if its terms are given in `terms`."""
        return LICENCE_TEXTS.get(self.licence, "")
