"""Choices of imports: which datasets can be read, how a batch stands, and what may be wrong with a row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatasetScheme(models.TextChoices):
    """A dataset that can be read, by the name that the command line gives it."""

    PAX = "pax", "PA-X"
    ETH_PRIO = "eth-prio", "ETH/PRIO"
    UCDP = "ucdp", "UCDP"
    CSV = "csv", _("Another table, by a mapping")


class BatchState(models.TextChoices):
    """How far the import of a file has come."""

    CHECKING = "checking", _("Being checked, nothing proposed yet")
    CHECKED = "checked", _("Checked, nothing proposed yet")
    RUNNING = "running", _("Being read into proposals")
    DONE = "done", _("Read to its end")
    ACCEPTING = "accepting", _("Its proposals are being accepted")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Could not be read to its end")


class Fate(models.TextChoices):
    """What became of a record."""

    PROPOSED = "proposed", _("Proposed")
    UNCHANGED = "unchanged", _("Unchanged")
    REPORTED = "reported", _("Reported")


class Problem(models.TextChoices):
    """What is wrong with a row, or was left out of what it says; %(value)s is what stands in the cell."""

    # The record is not proposed.
    NO_NUMBER = "no_number", _("It has no number, so it could not be found again.")
    TWICE = "twice", _("Another row has the same number: %(value)s.")
    NO_NAME = "no_name", _("Nothing in it can be its title.")
    RETRACTED = "retracted", _("Its case was retracted here.")
    WAITS = "waits", _("An earlier proposal of this record still waits; decide it first.")
    SEVERAL_CASES = "several_cases", _("Several cases here hold its number.")
    NOT_STORED = "not_stored", _("It does not fit: %(value)s")
    # The record is proposed without it.
    NO_SUCH_DAY = "no_such_day", _("There is no such day: %(value)s.")
    NO_DATE = "no_date", _("Not understood as a date: %(value)s.")
    EITHER_WAY = (
        "either_way",
        _("Either number may be the day, and the mapping does not say which comes first: %(value)s."),
    )
    NOT_IN_ORDER = "not_in_order", _("It lies before the date of the declaration or of the start: %(value)s.")
    UNKNOWN_CODE = "unknown_code", _("The codebook has no such code: %(value)s.")
    NO_PLACE = "no_place", _("The casebook has no such place: %(value)s.")
    NO_ACTOR = "no_actor", _("It is not known here who this is; it is asked at the desk: %(value)s.")
    NO_AS_OF = "no_as_of", _("It does not say as of when the outcome is known: %(value)s.")
    DISAGREE = "disagree", _("The rows of this record disagree: %(value)s.")
    DAMAGED = "damaged", _("Its letters were damaged before we received it: %(value)s.")
    SHORTENED = "shortened", _("It is too long, and was shortened: %(value)s.")
    UNSEEN = "unseen", _("It holds characters that nobody sees: %(value)s.")
    EDITED = "edited", _("Editors changed this meanwhile; theirs stays: %(value)s.")


# The record is not proposed where one of these is noted.
REFUSED = frozenset(
    {
        *(Problem.NO_NUMBER, Problem.TWICE, Problem.NO_NAME, Problem.RETRACTED, Problem.WAITS),
        *(Problem.SEVERAL_CASES, Problem.NOT_STORED),
    }
)


class Answer(models.TextChoices):
    """What was answered to the question who is meant by a name."""

    OPEN = "open", _("Waits for an answer")
    ACTOR = "actor", _("An actor of the casebook")
    NOBODY = "nobody", _("Nobody in the casebook")
