"""The vocabularies of publishing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# What the casebook itself writes to a revision, and as whom; readers see it in their language.
FIRST_PUBLISHED = gettext_noop("First published, with the casebook's starter content.")
OWN_NOTES = frozenset({FIRST_PUBLISHED})
OWN_SIGNATURE = gettext_noop("Sulh")


class Language(models.TextChoices):
    """A language that text or a document is written in."""

    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    FRENCH = "fr", _("French")
    BOSNIAN = "bs", _("Bosnian")
    DARI = "prs", _("Dari")
    INDONESIAN = "id", _("Indonesian")
    KURDISH = "ku", _("Kurdish")
    PASHTO = "ps", _("Pashto")
    PERSIAN = "fa", _("Persian")
    PORTUGUESE = "pt", _("Portuguese")
    RUSSIAN = "ru", _("Russian")
    SOMALI = "so", _("Somali")
    SPANISH = "es", _("Spanish")
    TURKISH = "tr", _("Turkish")
    OTHER = "und", _("Another language")


# The languages that the pages are written in: those of settings.LANGUAGES.
PageLanguage: type[models.TextChoices] = models.TextChoices(  # type: ignore[call-overload]
    "PageLanguage",
    [(Language(code).name, (code, Language(code).label)) for code, _name in settings.LANGUAGES],
)


class EntryState(models.TextChoices):
    """Whether an entry is public."""

    PUBLISHED = "published", _("Published")
    RETRACTED = "retracted", _("Retracted")


class ChangeClass(models.TextChoices):
    """What kind of change a revision made."""

    ADDITION = "addition", _("Addition")
    CORRECTION = "correction", _("Correction")
    TYPO = "typo", _("Typing error")
    RETRACTION = "retraction", _("Retraction")
    RESTORATION = "restoration", _("Restoration")


class Origin(models.TextChoices):
    """Where a proposal came from."""

    EDITOR = "editor", _("An editor")
    PUBLIC = "public", _("The public")
    IMPORT = "import", _("An import")


class ProposalState(models.TextChoices):
    """The state of a proposal."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    NEEDS_INFORMATION = "needs_information", _("Returned")
    SCHEDULED = "scheduled", _("Scheduled")
    ACCEPTED = "accepted", _("Accepted")
    PARTLY_ACCEPTED = "partly_accepted", _("Partly accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")


class Verdict(models.TextChoices):
    """What was decided about one change of a proposal."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    # An earlier verdict on the same change is no longer valid.
    TAKEN_BACK = "taken_back", _("Taken back")


class Reason(models.TextChoices):
    """Why a change was declined; its author reads it."""

    UNSOURCED = "unsourced", _("No source supports it")
    CONTRADICTED = "contradicted", _("Better sources contradict it")
    NOT_NEUTRAL = "not_neutral", _("The wording takes a side")
    OUT_OF_SCOPE = "out_of_scope", _("It does not belong in this record")
    DUPLICATE = "duplicate", _("The record already says it")
    UNCLEAR = "unclear", _("It is not clear what is meant")
    OTHER = "other", _("Another reason, given in the note")
