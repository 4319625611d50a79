"""Addresses that are put together, beside those that Django works out."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils.translation import override

from publishing.addresses import address_of, is_reserved, readable
from publishing.languages import PAGE_LANGUAGES
from publishing.models.entry import kinds


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_address_is_the_one_that_django_works_out(language: str) -> None:
    with override(language):
        for kind in kinds().values():
            for page in (kind.PAGE, f"{kind.PAGE}-history"):
                for slug in ("libya-2020", "any", "slug"):
                    assert address_of(page, slug) == reverse(page, args=[slug])
            for slug, number in (("libya-2020", 1), ("any--slug", 12), ("not a slug", 7)):
                revision = f"{kind.PAGE}-revision"
                if " " in slug:
                    with pytest.raises(NoReverseMatch):
                        address_of(revision, slug, number)
                else:
                    assert address_of(revision, slug, number) == reverse(revision, args=[slug, number])


def test_an_address_follows_the_folder_that_the_site_is_served_in() -> None:
    before = address_of("cases:case", "libya-2020")
    set_script_prefix("/casebook/")
    try:
        assert address_of("cases:case", "libya-2020") == f"/casebook{before}"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
@pytest.mark.parametrize("slug", ["map", "timeline", "figures", "compare"])
def test_an_address_at_which_another_page_stands_is_reserved(slug: str, language: str) -> None:
    with override(language):
        assert is_reserved("cases:case", slug)
        assert not is_reserved("cases:case", f"{slug}-2020")
        assert not is_reserved("cases:actor", slug)


def test_it_is_also_where_the_site_is_served_in_a_folder() -> None:
    set_script_prefix("/casebook/")
    try:
        assert is_reserved("cases:case", "map")
        assert not is_reserved("cases:case", "libya-2020")
    finally:
        set_script_prefix("/")


def test_every_kind_has_addresses_that_are_free() -> None:
    assert [name for name, kind in kinds().items() if is_reserved(kind.PAGE, "libya-2020")] == []


@pytest.mark.parametrize(
    "address, read",
    [
        ("/%D8%B5%D9%84%D8%AD/x%20y", "/صلح/x%20y"),
        ("/?q=tr%C3%AAve%26a", "/?q=trêve%26a"),
        # What turns the direction, parts words or is no text stays as it is; so does what is cut.
        ("/%D8%A7%E2%80%AE%D8%A8%E2%80%83", "/ا%E2%80%AEب%E2%80%83"),
        ("/%FF%D8", "/%FF%D8"),
        ("/%41%e9", "/%41%e9"),
    ],
)
def test_an_address_is_read_with_its_letters(address: str, read: str) -> None:
    assert readable(address) == read
