"""The lists, filters and searches of the desk."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from publishing.models import SavedFilter
from publishing.models.entry import kinds
from tests.desk.conftest import signed_in
from tests.desk.sheets import list_page
from tests.factories import (
    an_account,
    edited,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_initiative,
    publish_one_of_each,
    publish_place,
    publish_source,
    publish_theme,
)
from tests.kept import kept
from tests.rendering import without_html

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def listed(client: Client, kind: str, **asked: Any) -> set[str]:
    answer = client.get(list_page(kind), asked)
    assert answer.status_code == 200, answer.status_code
    return {entry.title_en for entry in answer.context["cl"].result_list}


@kept
def cases() -> dict[str, Any]:
    source, today = publish_source(title_en="A report"), timezone.localdate()
    libya, sudan = publish_place(title_en="Libya"), publish_place(title_en="Sudan")
    fact = {"about": "outcome", "source": source}
    publish_case(
        title_en="Sourced", title_ar="موثّق", title_fr="Sourcé", outcome="holding", outcome_as_of="2024",
        countries=[libya], rows={"claim": [fact]}, last_verified_on=today.isoformat(),
        verify_by=(today + datetime.timedelta(days=10)).isoformat(),
    )  # fmt: skip
    publish_case(
        title_en="Half sourced", outcome="collapsed", outcome_as_of="2021", countries=[sudan],
        ceasefire_class="humanitarian_pause", rows={"claim": [fact, {"about": "finding"}]},
        last_verified_on="2020-01-01", verify_by="2021-01-01",
    )  # fmt: skip
    publish_case(title_en="Bare", title_fr="Nu", declared_on="2020", rows={"claim": [{}]})
    return {"libya": libya, "sudan": sudan}


FILTERS: dict[str, tuple[dict[str, str], set[str]]] = {
    "by outcome": ({"outcome__exact": "collapsed"}, {"Half sourced"}),
    "by class": ({"ceasefire_class__exact": "humanitarian_pause"}, {"Half sourced"}),
    "claims without a source": ({"sourcing": "unsourced_claims"}, {"Half sourced", "Bare"}),
    "no source at all": ({"sourcing": "none"}, {"Bare"}),
    "missing in Arabic": ({"missing": "ar"}, {"Half sourced", "Bare"}),
    "missing in French": ({"missing": "fr"}, {"Half sourced"}),
    "missing in English": ({"missing": "en"}, set()),
    "overdue": ({"due": "now"}, {"Half sourced"}),
    "due soon": ({"due": "soon"}, {"Sourced"}),
    "never verified": ({"due": "never"}, {"Bare"}),
    "word of a title in Arabic": ({"q": "موثّق"}, {"Sourced"}),
    "an unknown filter word": ({"sourcing": "nonsense", "due": "nonsense", "missing": "xx"}, {"Sourced", "Half sourced", "Bare"}),
}  # fmt: skip


@pytest.mark.every_database
@pytest.mark.parametrize("asked, found", FILTERS.values(), ids=FILTERS)
def test_the_list_of_cases_filters(desk: Client, cases: Any, asked: dict[str, str], found: set[str]) -> None:
    assert listed(desk, "case", **asked) == found


@pytest.mark.every_database
def test_the_list_of_cases_filters_by_country(desk: Client, cases: dict[str, Any]) -> None:
    assert listed(desk, "case", countries__entry_ptr__exact=cases["libya"].pk) == {"Sourced"}


@pytest.mark.every_database
def test_a_key_fact_without_a_supporting_source_is_found(desk: Client) -> None:
    source = publish_source()
    facts = {"title_en": "Whole", "finding_en": "", "ceasefire_class": "unclear", "outcome": "unknown"}
    claims = [{"about": name, "source": source} for name in ("finding", "ceasefire_class", "outcome")]
    publish_case(**facts, rows={"claim": claims})
    publish_case(**{**facts, "title_en": "One lacks"}, declared_on="2020", rows={"claim": claims})

    assert listed(desk, "case", sourcing="unsourced_facts") == {"One lacks"}


@pytest.mark.every_database
def test_a_text_that_is_written_in_another_language_only_counts_as_unsourced_too(desk: Client) -> None:
    source = publish_source()
    claims = [{"about": name, "source": source} for name in ("ceasefire_class", "outcome")]
    publish_case(title_en="Arabic finding", finding_ar="خلاصة", rows={"claim": claims})

    assert listed(desk, "case", sourcing="unsourced_facts") == {"Arabic finding"}


@pytest.mark.every_database
def test_the_list_shows_how_many_claims_have_a_source(desk: Client, cases: Any) -> None:
    page = desk.get(list_page("case"), {"q": "Half"}).content.decode()

    assert '<td class="field-sourced">1/2</td>' in page


@pytest.mark.every_database
def test_initiatives_are_filtered_by_theme_and_country(desk: Client) -> None:
    farming, libya = publish_theme(title_en="Farming"), publish_place()
    publish_initiative(title_en="Seeds", main_theme=farming, countries=[libya])
    publish_initiative(title_en="Schools")

    assert listed(desk, "initiative", main_theme__entry_ptr__exact=farming.pk) == {"Seeds"}
    assert listed(desk, "initiative", countries__entry_ptr__exact=libya.pk) == {"Seeds"}


def test_a_list_is_called_by_what_it_lists(desk: Client) -> None:
    for address, name in (
        (list_page("theme"), "Themes"),
        (reverse("admin:publishing_proposal_changelist"), "Proposals"),
    ):
        page = desk.get(address).content.decode()
        assert f"<h1>{name}</h1>" in page
        assert f"<title>{name} | " in page


@pytest.mark.every_database
def test_every_list_answers_every_filter_and_column_order(desk: Client) -> None:
    publish_one_of_each()
    asked = [
        {},
        {"sourcing": "unsourced_facts"},
        {"sourcing": "none"},
        {"missing": "fr"},
        {"due": "now"},
        {"q": "a 'b'"},
    ]

    for kind in kinds():
        columns = len(desk.get(list_page(kind)).context["cl"].list_display)
        for question in [*asked, *({"o": str(number)} for number in range(1, columns))]:
            with without_html():
                answer = desk.get(list_page(kind), question)
            if answer.status_code == 200:
                list(answer.context_data["cl"].result_list)
            # Not every list has the filter of claims' sources.
            expected = {200, 400} if "sourcing" in question or "due" in question else {200, 302}
            assert answer.status_code in expected, (kind, question)


@pytest.mark.every_database
@pytest.mark.parametrize("language, names", [("en", ["Alpha", "Beta"]), ("fr", ["Échec", "Zoulou"])])
def test_proposals_are_sorted_by_what_their_entries_are_called(
    desk: Client, language: str, names: list[str]
) -> None:
    by = an_account("proposer")
    for english, french in (("Beta", "Échec"), ("Alpha", "Zoulou")):
        case = publish_case(title_en=english, title_fr=french)
        proposal_of(edited(case, finding_en="Changed"), by=by, base=newest(case))

    with override(language):
        address = reverse("admin:publishing_proposal_changelist")
        column = desk.get(address).context["cl"].list_display.index("named")
        listed = desk.get(address, {"o": str(column), "all": "1"})
        shown = [str(one.entry) for one in listed.context["cl"].result_list if one.author_id == by.pk]

    assert shown == names


# --- autocomplete ----------------------------------------------------------------------------


def offered(client: Client, model: str, field: str, term: str) -> list[str]:
    app = {"section": "pillars", "evidence": "pillars", "claim": "sources"}.get(model, "cases")
    asked = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    answer = client.get("/ar/admin/autocomplete/", asked)
    assert answer.status_code == 200
    return [one["text"].split(" · ")[0] for one in answer.json()["results"]]


@pytest.fixture
def offers(db: None) -> None:
    publish_actor(
        title_en="Hezbollah",
        title_ar="حزب الله",
        rows={"alias": [{"name": "Party of God"}, {"name": "Hizbullah"}]},
    )
    publish_place(title_en="Libya", title_ar="ليبيا", iso_code="LBY")
    publish_theme(title_en="Monitoring", title_ar="الرصد", title_fr="Suivi")
    publish_source(
        title_en="A letter", title_ar="رسالة", identifier_scheme="un_symbol", identifier="S/2008/392"
    )
    publish_case(title_en="Doha", title_ar="الدوحة")


OFFERS = {
    "an actor in Arabic": ("participation", "actor", "حزب", "حزب الله"),
    "an actor by another name": ("breach", "reported_by", "party of god", "حزب الله"),
    "a country in Arabic": ("case", "countries", "ليب", "ليبيا"),
    "a country by its code": ("initiative", "countries", "LBY", "ليبيا"),
    "a theme in French": ("case", "themes", "suivi", "الرصد"),
    "a source by its number": ("claim", "source", "S/2008/392", "رسالة"),
    "an entry in Arabic": ("evidence", "entry", "الدوحة", "الدوحة"),
}


@pytest.mark.every_database
@pytest.mark.parametrize("model, field, term, found", OFFERS.values(), ids=OFFERS)
def test_autocomplete_finds(
    desk: Client, offers: None, model: str, field: str, term: str, found: str
) -> None:
    assert offered(desk, model, field, term) == [found]


@pytest.mark.every_database
def test_autocomplete_offers_an_actor_once_however_many_names_match(desk: Client, offers: None) -> None:
    assert offered(desk, "participation", "actor", "h") == ["حزب الله"]


@pytest.mark.every_database
def test_autocomplete_does_not_offer_what_is_retracted(desk: Client) -> None:
    case = publish_case(title_en="Gone")
    desk.post(f"/en/admin/cases/case/{case.pk}/delete/", {"note": "Wrong.", "note_language": "en"})

    assert offered(desk, "evidence", "entry", "Gone") == []


def test_autocomplete_is_for_those_who_may_look(offers: None, reader: Any) -> None:
    asked = {"app_label": "cases", "model_name": "participation", "field_name": "actor", "term": "h"}

    answer = signed_in(reader).get(reverse("admin:autocomplete"), asked)

    assert answer.status_code in {302, 403}


# --- saved filters ---------------------------------------------------------------------------


def test_a_filtered_list_is_saved_under_a_name_and_deleted_again(desk: Client) -> None:
    form = {"list_name": "cases_case", "name": "Overdue", "query": "due=now"}

    saved = desk.post(reverse("admin:publishing_savedfilter_keep"), form)

    assert saved["Location"] == f"{list_page('case')}?due=now"
    (found,) = SavedFilter.objects.all()
    assert (found.list_name, found.name, found.query, found.is_shared) == (
        "cases_case",
        "Overdue",
        "due=now",
        False,
    )
    assert "Overdue" in desk.get(list_page("case")).content.decode()

    desk.post(reverse("admin:publishing_savedfilter_forget", args=[found.pk]), {"list_name": "cases_case"})

    assert not SavedFilter.objects.exists()
