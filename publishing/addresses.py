"""Addresses of pages: Django works out one for each kind, not one for each of the hundred links of a page."""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, resolve, reverse
from django.utils.translation import get_language

SLUG = re.compile(r"[-a-zA-Z0-9_]+")
# What stands for the slug while Django works out the address of a kind.
ANY_SLUG = "any--slug"


def address_of(page: str, slug: str) -> str:
    """The address of the page of that name for the slug, in the active language; as `reverse` gives it."""
    if not SLUG.fullmatch(slug):
        return reverse(page, args=[slug])
    before, after = _around_slug(
        page, get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    )
    return f"{before}{slug}{after}"


@lru_cache(maxsize=512)
def _around_slug(page: str, language: str | None, urlconf: str, prefix: str) -> tuple[str, str]:
    """What comes before the slug and after it; all that an address depends on is an argument."""
    before, _slug, after = reverse(page, args=[ANY_SLUG]).rpartition(ANY_SLUG)
    return before, after


def is_reserved(page: str, slug: str) -> bool:
    """Whether another page stands at the address that an entry of this slug would have: /cases/map/."""
    address = address_of(page, slug).removeprefix(get_script_prefix().rstrip("/"))
    return resolve(address, get_urlconf()).view_name != page
