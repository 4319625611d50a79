"""Translations: the ages of the texts of an entry in each language, and the counts of stale ones."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import PackedField, in_vocabulary, vocabulary_field
from publishing.models.entry import Entry
from publishing.vocabulary import PageLanguage


class TextAges(models.Model):
    """The ages of all texts of one entry (see `translations.staleness`), computed from its history."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="text_ages")
    ages = PackedField()

    def __str__(self) -> str:
        return str(self.entry_id)


class TranslationQuerySet(models.QuerySet):
    """Counts of translations, as pages and lists ask for them."""

    def stale_texts(self, language: str) -> models.Subquery:
        """The number of texts of the entry in the outer query that are stale in the language."""
        return models.Subquery(self.filter(entry=models.OuterRef("pk"), language=language).values("stale"))


class Translation(models.Model):
    """How many texts and words of one entry are missing, stale or done in one language; computed."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="translations")
    language = vocabulary_field(PageLanguage, _("language"))
    missing = models.PositiveIntegerField(_("missing"), default=0)
    stale = models.PositiveIntegerField(_("stale"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    stale_since = models.DateTimeField(_("stale since"), null=True)
    words_left = models.PositiveIntegerField(default=0)
    words_done = models.PositiveIntegerField(default=0)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(fields=["entry", "language"], name="translation_is_counted_once"),
            models.CheckConstraint(
                name="translation_is_stale_since_some_time",
                condition=Q(stale=0, stale_since__isnull=True) | Q(stale__gt=0, stale_since__isnull=False),
            ),
            in_vocabulary("translation_language_is_in_vocabulary", "language", PageLanguage),
        ]
        indexes = [
            models.Index(F("language"), F("stale_since"), name="board_oldest_stale_first"),
            models.Index(
                fields=["stale_since", "id"],
                name="desk_home_stale",
                condition=Q(stale_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.language}"


class TranslationCheck(models.Model):
    """A person's confirmation that a translation is still right, as of a revision."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="translation_checks")
    path = models.CharField(max_length=200)
    language = vocabulary_field(PageLanguage, _("language"))
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("check of a translation")
        verbose_name_plural = _("checks of translations")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "path", "language", "revision"], name="translation_check_is_made_once"
            ),
            in_vocabulary("translation_check_language_is_in_vocabulary", "language", PageLanguage),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.language} r{self.revision}"


class SkippedText(models.Model):
    """A text that a person skipped in the queue of a language, and when."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    language = vocabulary_field(PageLanguage, _("language"))
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "language", "entry", "path"], name="text_is_skipped_once_by_each"
            ),
            in_vocabulary("skipped_text_language_is_in_vocabulary", "language", PageLanguage),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.path} {self.language}"


class TranslatorsPlace(models.Model):
    """How far a person has come in the queue of a language: what was sent last, and how much on that day."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    language = vocabulary_field(PageLanguage, _("language"))
    # Of the queue: the kind of entries that it was of, and the text, as desk/next_text.py writes them.
    kind = models.CharField(max_length=50, blank=True)
    after = models.CharField(max_length=300, blank=True)
    day = models.DateField()
    texts = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "language"], name="one_place_of_a_translator_in_a_language"
            ),
            in_vocabulary("place_language_is_in_vocabulary", "language", PageLanguage),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.language}"
