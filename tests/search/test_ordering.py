"""Names stand where readers of each language look for them, in both databases."""

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cases.models import Place
from search.ordering import sort_key
from tests.desk.conftest import signed_in
from tests.factories import an_account, publish_actor, publish_case, publish_change, publish_place
from tests.whole_site.reading import Document

# As PostgreSQL sorts them by the ICU collation of the language, which follows CLDR.
EXPECTED = {
    "en": ["Algeria", "Amal", "Chad", "Iran", "Türkiye", "Turkmenistan", "Yemen", "ليبيا"],
    "fr": [
        *("Algérie", "cote", "coté", "côte", "côté", "Égypte", "Émirats arabes unis", "État de Palestine"),
        *("Fédération de Russie", "Front Moro", "œuvre", "offre", "Tchad", "Yémen"),
    ],
    "ar": [
        *("أذربيجان", "أفغانستان", "ألبانيا", "البحرين", "الجزائر", "الكاميرون", "تشاد", "سى", "سي"),
        *("سيناء", "قطر", "ليبيا", "مكبر", "مكة", "مكتب", "Qatar"),
    ],
}


@pytest.mark.parametrize("language", EXPECTED)
def test_names_are_sorted_as_the_language_has_it(language: str) -> None:
    names = EXPECTED[language]

    assert sorted(sorted(names), key=lambda name: sort_key(name, language)) == names


@pytest.mark.parametrize("name", ["« Accord »", "À propos", "$3.7 billion", "“Quoted”"])
def test_quotes_and_signs_do_not_bring_a_name_to_the_front(name: str) -> None:
    assert sort_key("2 parties", "fr") < sort_key(name, "fr") < sort_key("zone", "fr")


@given(st.text(max_size=30), st.sampled_from(["en", "ar", "fr"]))
def test_any_name_has_a_key_that_says_nothing_of_others(name: str, language: str) -> None:
    assert isinstance(sort_key(name, language), bytes)
    assert (sort_key(name, language) == sort_key("قطر", language)) == (name == "قطر")


@pytest.mark.every_database
@pytest.mark.django_db
@pytest.mark.parametrize("language", EXPECTED)
def test_the_database_sorts_by_what_the_reader_sees(language: str) -> None:
    for name in sorted(EXPECTED[language], reverse=True):
        publish_place(**{f"title_{language}": name}, **({} if language == "en" else {"title_en": ""}))

    with translation.override(language):
        found = [str(place) for place in Place.objects.by_title()]

    assert found == EXPECTED[language]


@pytest.mark.every_database
@pytest.mark.django_db
def test_a_title_that_is_only_in_another_language_stands_by_that() -> None:
    publish_place(title_en="Zambia", title_fr="Algérie")
    publish_place(title_en="Mali")

    with translation.override("fr"):
        assert [str(place) for place in Place.objects.by_title()] == ["Algérie", "Mali"]
    with translation.override("en"):
        assert [str(place) for place in Place.objects.by_title()] == ["Mali", "Zambia"]


@pytest.mark.every_database
@pytest.mark.django_db
def test_a_new_name_changes_the_place_in_lists() -> None:
    place = publish_place(title_en="Zaire")
    publish_place(title_en="Mali")

    publish_change(place, title_en="Congo")

    with translation.override("en"):
        assert [str(one) for one in Place.objects.by_title()] == ["Congo", "Mali"]


@pytest.mark.every_database
@pytest.mark.django_db
def test_the_lists_of_readers_and_of_the_desk_are_in_that_order(client: Client) -> None:
    names = ["Émirats arabes unis", "Union européenne", "Égypte", "Yémen", "Algérie"]
    right = ["Algérie", "Égypte", "Émirats arabes unis", "Union européenne", "Yémen"]
    for name in names:
        actor = publish_actor(title_en=name[::-1], title_fr=name)
        place = publish_place(title_en=name[::-1], title_fr=name)
        publish_case(countries=[place], rows={"participation": [{"actor": actor}]})
    desk = signed_in(an_account())

    actors = [str(one) for one in client.get("/fr/actors/").context["actors"]]
    places = desk.get("/fr/admin/cases/place/?o=0").context["cl"].result_list
    backwards = desk.get("/fr/admin/cases/place/?o=-0").context["cl"].result_list

    with translation.override("fr"):
        assert actors == right
        assert [str(one) for one in places] == right
        assert [str(one) for one in backwards] == right[::-1]
    document = Document.of(client.get("/fr/cases/").content.decode())
    for name in ("country", "actor"):
        boxes = [
            one.above[-1]
            for one in document.all("input", name=name, type="checkbox")
            if one["value"] != "none"
        ]
        assert [" ".join(box.text.split()).removesuffix(" 1") for box in boxes] == right
