"""What an account may do."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.refusals import Refusal

MODERATORS_FOR_FOUR_EYES = 2


def why_not_read_history(by: Any) -> Refusal | None:
    """Whether `by` may read the history of entries: everyone may who may change some kind of entry."""
    refusals = [why_not_permitted(by, "change", kind) for kind in kinds().values()]
    return refusals[0] if all(refusals) else None


def why_not_permitted(by: Any, verb: str, kind: type[Entry]) -> Refusal | None:
    """Whether the account has the permission (add, change or delete) for this kind of entry."""
    if by.has_perm(f"{kind._meta.app_label}.{verb}_{kind._meta.model_name}"):
        return None
    return Refusal(
        "not_permitted",
        _("Your account may not do this with entries of the kind “%(kind)s”.")
        % {"kind": kind._meta.verbose_name},
    )


def needs_four_eyes() -> bool:
    """Whether nobody may publish or decide what they wrote themselves (FOUR_EYES).

    Where the setting says neither yes nor no, that is so from two moderators on: accounts that were given the
    right to decide. Superusers, who may do everything, do not count.
    """
    if settings.FOUR_EYES is not None:
        return settings.FOUR_EYES
    moderators = get_user_model()._default_manager.with_perm(
        "publishing.decide_proposal",
        include_superusers=False,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return moderators.filter(is_staff=True)[:MODERATORS_FOR_FOUR_EYES].count() == MODERATORS_FOR_FOUR_EYES
