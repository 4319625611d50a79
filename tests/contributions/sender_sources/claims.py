"""A proposed date, who decides it, and the claims that say it then."""

from typing import Any

from sources.models import Claim
from tests.factories import a_contribution, an_account, edited, newest


def a_new_date(case: Any, **said: Any) -> Any:
    return a_contribution(edited(case, declared_on="2020-10-24"), base=newest(case), **said)


def claims(about: str = "declared_on") -> dict[str, Claim]:
    return {claim.stance: claim for claim in Claim.objects.filter(about=about).select_related("source")}


def a_moderator() -> Any:
    return an_account("moderator", is_staff=True, is_superuser=True)
