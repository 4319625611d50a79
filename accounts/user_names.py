"""User names that could be taken for another."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.fields.deceptive_text import mixed_script_words
from publishing.fields.invisible import refused_in
from search.folding import TATWEEL, folded

# Letters that only stretch a word.
STRETCHING = frozenset({TATWEEL, "\N{NKO LAJANYALAN}"})


def refuse_deceptive_name(name: str, *, of: Any = None) -> None:
    """Raise ValidationError for a user name that is not what it seems, or looks like that of another account.

    of: the account that has it or is to have it; None of a new one. All letters of a name are one word.
    """
    if refused_in(name) or not STRETCHING.isdisjoint(name):
        message = _(
            "This user name holds characters that nobody sees or that only stretch a word. Leave them out."
        )
        raise ValidationError(message, code="unseen")
    if mixed_script_words("".join(filter(str.isalpha, name))):
        message = _(
            "This user name mixes letters of several scripts that look alike. Use those of one script."
        )
        raise ValidationError(message, code="mixed")
    accounts = get_user_model()._default_manager
    others = accounts.all() if of is None else accounts.exclude(pk=of.pk)
    if folded(name) and folded(name) in map(folded, others.values_list("username", flat=True)):
        raise ValidationError(
            _("This user name looks like one that is taken. Choose another."), code="looks_taken"
        )
