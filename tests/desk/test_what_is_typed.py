"""What editors type or paste at the desk is understood, or comes back with the place marked."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from cases.models import Case
from contributions.models import BlockedWord
from publishing.fields.boxes import BOXES
from publishing.models import Entry
from sources.models import Source
from tests.desk.sheets import Sheet, ShownSheet
from tests.factories import publish_actor, publish_case, publish_place, publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    "kind", ["actor", "case", "image", "initiative", "page", "pillar", "place", "source", "term"]
)
def test_no_box_of_the_desk_cuts_what_is_pasted_or_drops_digits(other_desk: Client, kind: str) -> None:
    shown = ShownSheet.new(other_desk, kind).answer.content.decode()

    assert "maxlength" not in shown
    assert 'type="number"' not in shown


@pytest.mark.parametrize(
    "address",
    [
        "/en/admin/contributions/blockedword/add/",
        "/en/admin/contributions/blockedhost/add/",
        "/en/admin/contributions/senderblock/add/",
        "/en/admin/accounts/invitation/add/",
        "/en/admin/sources/source/?q=x",
    ],
)
def test_no_other_box_does(other_desk: Client, address: str) -> None:
    assert "maxlength" not in other_desk.get(address).content.decode()


def test_every_text_and_number_of_the_desk_has_a_box_that_cleans_it(
    administrator: Any, rf: RequestFactory
) -> None:
    request = rf.get("/")
    request.user = administrator
    stock = []
    for model, options in admin.site._registry.items():
        forms = [options.get_form(request)] if options.has_add_permission(request) else []
        if issubclass(model, Entry):
            forms += [formset.form for formset, _of in options.get_formsets_with_inlines(request)]
        for form in forms:
            of = form._meta.model._meta
            stock += [
                f"{of.label}.{name}"
                for name, field in form.base_fields.items()
                if name in {one.name for one in of.get_fields()} and _is_stock(of.get_field(name), field)
            ]

    assert stock == []


def _is_stock(column: Any, field: Any) -> bool:
    typed = (
        isinstance(column, tuple(kind for kind, _box in BOXES))
        and not column.choices
        and column.name != "about"
    )
    return typed and not type(field).__module__.startswith("publishing.fields")


# --- text ------------------------------------------------------------------------------------


def test_a_pasted_text_is_stored_clean(desk: Client) -> None:
    sheet = Sheet.new(
        desk, "case", title_en="Tre\u0302ve\r\n de\u00a0 2022\u200b", slug="x", ceasefire_class="cessation_of_hostilities",
        sidedness="bilateral", narrative_en="the cessa\u00adtion\x0bof \x93hostilities\x94",
    )  # fmt: skip

    assert sheet.save().status_code == 302
    case = Case.objects.get()
    assert case.title_en == "Trêve de\u00a0 2022"
    assert case.narrative_en == "the cessation\nof “hostilities”"


def test_two_ways_of_writing_a_name_are_one(desk: Client) -> None:
    actor = publish_actor(title_en="Comité d’évaluation")

    Sheet.of(desk, actor, title_en="Comite\u0301 d’e\u0301valuation").save()

    actor.refresh_from_db()
    assert actor.revision == 1


def test_a_row_is_stored_clean(desk: Client) -> None:
    case = publish_case(title_en="A case")

    Sheet.of(desk, case).add("claims", about="", confidence="low", value_en="so \u200bit says\r\n").save()

    assert case.claims.get().value_en == "so it says"


def test_what_is_refused_is_shown_with_its_words(desk: Client) -> None:
    case = publish_case(title_en="A case")

    answer = Sheet.of(desk, case, narrative_en="They leave \u202enihtiw\u202c a month").save()

    assert answer.status_code == 200


def test_a_blocked_word_is_kept_clean(other_desk: Client) -> None:
    other_desk.post("/en/admin/contributions/blockedword/add/", {"word": "\u200fca\u00adsino "})

    assert BlockedWord.objects.get().word == "casino"


# --- dates and numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", [" 2020-10-23", "\t2020-10-23", "\u200f2020-10-23", "23 October 2020", "٢٣ أكتوبر ٢٠٢٠"]
)
def test_a_date_is_taken_whole(desk: Client, typed: str) -> None:
    case = publish_case(title_en="A case")

    assert Sheet.of(desk, case, declared_on=typed).save().status_code == 302
    case.refresh_from_db()
    assert case.declared_on.text == "2020-10-23"


@pytest.mark.parametrize(
    "typed, sentence",
    [("1429-05-16", "Hijri calendar"), ("2202-05-21", "centuries away"), ("31 June 2020", "no such day")],
)
def test_a_date_that_cannot_be_meant_is_asked_about(desk: Client, typed: str, sentence: str) -> None:
    case = publish_case(title_en="A case", in_force_on="2008-05-21")

    answer = desk.post(*_sent(ShownSheet.of(desk, case, ended_on=typed)))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_a_date_of_a_row_is_compared_with_those_of_the_entry(desk: Client) -> None:
    case = publish_case(title_en="A case", in_force_on="2008-05-21")

    answer = desk.post(
        *_sent(ShownSheet.of(desk, case).add("events", event_type="signature", happened_on="1008-05-20"))
    )

    assert "centuries away" in answer.content.decode()


def test_the_day_of_a_verification_comes_first_in_english_too(desk: Client) -> None:
    case = publish_case(title_en="A case")

    assert Sheet.of(desk, case, last_verified_on="03/10/2022").save().status_code == 302
    case.refresh_from_db()
    assert case.last_verified_on.isoformat() == "2022-10-03"


def test_numbers_are_taken_as_people_write_them(desk: Client) -> None:
    place = publish_place(iso_code="LBN")

    assert Sheet.of(desk, place, latitude="33,89", longitude="٣٥٫٥").save().status_code == 302
    place.refresh_from_db()
    assert (str(place.latitude), str(place.longitude)) == ("33.8900", "35.5000")


def test_what_is_no_number_comes_back_with_a_message(desk: Client) -> None:
    place = publish_place(iso_code="LBN")

    answer = desk.post(*_sent(ShownSheet.of(desk, place, latitude="33° N", longitude="35")))

    assert "“33° N” is not a number" in answer.content.decode()
    assert 'value="33° N"' in answer.content.decode()


# --- sources ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "scheme, typed, stored",
    [
        ("doi", "https://doi.org/10.1177/ABC.5", "10.1177/abc.5"),
        ("un_symbol", "s/res/1701(2006)", "S/RES/1701 (2006)"),
        ("un_symbol", "unis/sc/1225", "UNIS/SC/1225"),
        ("isbn", "0-306-40615-2", "9780306406157"),
        ("record", "PA-X 2320\u200f", "PA-X 2320"),
    ],
)
def test_an_identifier_is_stored_bare(desk: Client, scheme: str, typed: str, stored: str) -> None:
    source = publish_source(identifier_scheme="", identifier="")

    assert Sheet.of(desk, source, identifier_scheme=scheme, identifier=typed).save().status_code == 302
    source.refresh_from_db()
    assert source.identifier == stored


@pytest.mark.parametrize(
    "scheme, typed",
    [("isbn", "978-0-306-40615-8"), ("isbn", "see the cover"), ("doi", "11.1/x"), ("un_symbol", "letter")],
)
def test_what_is_no_identifier_of_its_kind_is_refused(desk: Client, scheme: str, typed: str) -> None:
    source = publish_source(identifier_scheme="", identifier="")

    assert Sheet.of(desk, source, identifier_scheme=scheme, identifier=typed).save().status_code == 200
    source.refresh_from_db()
    assert source.identifier == ""


@pytest.mark.parametrize(
    "there, typed",
    [
        ({"identifier_scheme": "doi", "identifier": "10.1177/abc"}, {"identifier_scheme": "doi", "identifier": "doi:10.1177/ABC"}),
        ({"identifier_scheme": "un_symbol", "identifier": "S/RES/1701 (2006)"}, {"identifier_scheme": "un_symbol", "identifier": "S/RES/1701"}),
        ({"url": "https://www.example.org/a/"}, {"url": "http://example.org/a?utm_source=x"}),
        ({"url": "https://bücher.example/a"}, {"url": "https://xn--bcher-kva.example/a"}),
    ],
    ids=["DOI", "symbol", "address", "address in its own script"],
)  # fmt: skip
def test_a_source_that_is_there_is_pointed_to(desk: Client, there: dict, typed: dict) -> None:
    old = publish_source(title_en="The old one", **there)
    sheet = ShownSheet.new(desk, "source", title_en="The new one", slug="new", source_type="report", **typed)

    answer = desk.post(*_sent(sheet)).content.decode()

    assert f'<a href="/en/admin/sources/source/{old.pk}/change/"><bdi>The old one</bdi></a>' in answer
    assert Source.objects.count() == 1


def test_sources_that_are_twice_already_can_still_be_edited(desk: Client) -> None:
    publish_source(url="https://example.org/a")
    twin = publish_source(url="https://example.org/a", publisher="X")

    assert Sheet.of(desk, twin, publisher="Y").save().status_code == 302


def test_an_address_has_nothing_that_is_not_seen(desk: Client) -> None:
    source = publish_source()

    Sheet.of(desk, source, url="https://example.org/a\u200f\u200b").save()

    source.refresh_from_db()
    assert source.url == "https://example.org/a"


def _sent(sheet: ShownSheet) -> tuple[str, dict[str, list[str]]]:
    return sheet.address, {name: value for name, value in sheet.values.items() if value}
