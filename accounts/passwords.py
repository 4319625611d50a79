"""How long a password may be: nobody types more, and hashing a long one costs the machine a lot."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_CHARACTERS = 1024


def refuse_long_password(password: str) -> None:
    """Raise ValidationError for one of more than 1,024 characters, which is then never hashed."""
    if len(password) > MOST_CHARACTERS:
        raise ValidationError(_most_characters(), code="password_too_long")


class MaximumLengthValidator:
    """The same for passwords that are being set (AUTH_PASSWORD_VALIDATORS)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for one that is too long."""
        refuse_long_password(password)

    def get_help_text(self) -> str:
        """What is said beside the box."""
        return _most_characters()


def _most_characters() -> str:
    return _("A password has at most 1,024 characters.")
