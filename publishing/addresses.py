"""Addresses of pages: Django works out one for each kind, not one for each of the hundred links of a page."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, resolve, reverse
from django.utils.translation import get_language

SLUG = re.compile(r"[-a-zA-Z0-9_]+")
# What stands for the slug, and for the number behind it, while Django works out the address of a kind.
ANY_SLUG, ANY_NUMBER = "any--slug", 1_900_000_001
# Octets of letters that are none of ASCII.
OCTETS = re.compile("(?:%[89A-F][0-9A-F])+", re.IGNORECASE)
# Letters, marks and digits by the first letter of their category; what parts words or cannot be seen is not.
PARTS_OF_WORDS = frozenset("LMN")


def address_of(page: str, slug: str, number: int | None = None) -> str:
    """The address of the page of that name for the slug, in the active language; as `reverse` gives it.

    number: the second part of the address, where the page has one.
    """
    if not SLUG.fullmatch(slug):
        return reverse(page, args=[slug] if number is None else [slug, number])
    around = (get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    if number is None:
        before, after = _around_slug(page, *around)
        return f"{before}{slug}{after}"
    before, between, after = _around_slug_and_number(page, *around)
    return f"{before}{slug}{between}{number}{after}"


# All that an address depends on is an argument of these two, which give what stands around its parts.


@lru_cache(maxsize=512)
def _around_slug(page: str, language: str | None, urlconf: str, prefix: str) -> tuple[str, str]:
    before, _slug, after = reverse(page, args=[ANY_SLUG]).rpartition(ANY_SLUG)
    return before, after


@lru_cache(maxsize=512)
def _around_slug_and_number(
    page: str, language: str | None, urlconf: str, prefix: str
) -> tuple[str, str, str]:
    before, _slug, rest = reverse(page, args=[ANY_SLUG, ANY_NUMBER]).rpartition(ANY_SLUG)
    between, _number, after = rest.partition(str(ANY_NUMBER))
    return before, between, after


def is_reserved(page: str, slug: str) -> bool:
    """Whether another page stands at the address that an entry of this slug would have: /cases/map/."""
    address = address_of(page, slug).removeprefix(get_script_prefix().rstrip("/"))
    return resolve(address, get_urlconf()).view_name != page


def readable(address: str) -> str:
    """The address as people read it: with the letters that stand in it as octets.

    >>> readable("https://example.org/%D8%B5%D9%84%D8%AD%20a"), readable("https://example.org/%E2%80%AE%FF")
    ('https://example.org/صلح%20a', 'https://example.org/%E2%80%AE%FF')
    """
    return OCTETS.sub(_as_letters, address)


def _as_letters(octets: re.Match[str]) -> str:
    try:
        letters = unquote_to_bytes(octets[0]).decode()
    except UnicodeDecodeError:
        return octets[0]
    return "".join(one if unicodedata.category(one)[0] in PARTS_OF_WORDS else quote(one) for one in letters)
