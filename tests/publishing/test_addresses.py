"""Addresses that are put together, beside those that Django works out."""

import pytest
from django.urls import reverse, set_script_prefix
from django.utils.translation import override

from publishing.addresses import address_of
from publishing.languages import PAGE_LANGUAGES
from publishing.models.entry import kinds


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_address_is_the_one_that_django_works_out(language: str) -> None:
    with override(language):
        for kind in kinds().values():
            for page in (kind.PAGE, f"{kind.PAGE}-history"):
                for slug in ("libya-2020", "any", "slug"):
                    assert address_of(page, slug) == reverse(page, args=[slug])


def test_an_address_follows_the_folder_that_the_site_is_served_in() -> None:
    before = address_of("cases:case", "libya-2020")
    set_script_prefix("/casebook/")
    try:
        assert address_of("cases:case", "libya-2020") == f"/casebook{before}"
    finally:
        set_script_prefix("/")
