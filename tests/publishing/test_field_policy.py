"""Every content model declares who may change each of its columns."""

from collections.abc import Iterator
from typing import Any

import pytest

from cases.models import Breach, Case
from contributions.form.editable import editable_fields
from contributions.form.target import UnknownTarget
from publishing import policy
from publishing.checks import check_models_of_content, mistakes_in
from publishing.fields.policy import FieldPolicy, PublicAccess, field_policy
from publishing.models import Revision
from sources import facts
from sources.models import Claim, ExternalId, Source
from tests.factories import publish_case

pytestmark = pytest.mark.one_database

CACHES = (field_policy, policy.public_columns, policy.protected_names, facts.attributes)


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    """Clear the caches before and after each test."""
    for cached in CACHES:
        cached.cache_clear()
    yield
    for cached in CACHES:
        cached.cache_clear()


def test_every_column_and_every_kind_is_declared() -> None:
    assert [f"{error.obj}: {error.msg}" for error in check_models_of_content(None)] == []


@pytest.mark.parametrize(
    "declared, mistake",
    [
        (
            FieldPolicy(public=("about",)),
            "Say in FIELD_POLICY whether “source” is public, editors' or internal.",
        ),
        (FieldPolicy(public=("about", "about")), "FIELD_POLICY names “about” more than once."),
        (FieldPolicy(public=("about",), internal=("about",)), "FIELD_POLICY names “about” more than once."),
        (FieldPolicy(public=("position",)), "FIELD_POLICY names “position” more than once."),
        (FieldPolicy(public=("value_en",)), "FIELD_POLICY names “value_en”, which is no column."),
        (FieldPolicy(protected=("remark",)), "FIELD_POLICY.protected names “remark”, which it cannot."),
        (FieldPolicy(public=("confidence",)), "PUBLIC_DEFAULTS names “confidence”, which it cannot."),
    ],
    ids=["missing", "twice", "in two parts", "also by the base", "with language", "not public", "default"],
)
def test_a_mistake_in_a_policy_is_reported(
    monkeypatch: pytest.MonkeyPatch, declared: FieldPolicy, mistake: str
) -> None:
    monkeypatch.setattr(Claim, "FIELD_POLICY", declared)

    assert mistake in mistakes_in(Claim)


@pytest.mark.parametrize(
    "model, name",
    [
        *((Case, name) for name in ("FIELD_POLICY", "PUBLIC_ACCESS", "PAGE", "LIST_PAGE", "SEARCH_WEIGHT")),
        (Case, "IS_IN_LATEST_CHANGES"),
        *((Breach, name) for name in ("FIELD_POLICY", "IS_FACT")),
    ],
)
def test_a_missing_declaration_of_a_kind_is_reported(
    monkeypatch: pytest.MonkeyPatch, model: Any, name: str
) -> None:
    monkeypatch.delattr(model, name)

    assert f"Declare {name}." in mistakes_in(model)


def test_a_key_fact_is_a_fact_of_the_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Case, "KEY_FACTS", ("finding", "picture", "claim", "breach"))

    assert [*mistakes_in(Case)] == [
        f"KEY_FACTS names “{name}”, which it cannot." for name in ("picture", "claim")
    ]


def test_the_summary_of_a_kind_is_one_of_its_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Case, "SUMMARY", "narrated")

    assert [*mistakes_in(Case)] == ["SUMMARY names “narrated”, which it cannot."]


def test_what_datasets_code_are_facts_of_a_case() -> None:
    assert {*Case.CODED_FACTS} <= facts.attributes(Case).keys()


def test_a_column_that_is_not_declared_is_neither_offered_nor_a_fact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Source, "FIELD_POLICY", FieldPolicy(public=("url",), editors=("reliability",)))

    assert [column.name for column in policy.public_columns(Source)] == [
        "title_en",
        "title_ar",
        "title_fr",
        "url",
    ]
    assert [*facts.attributes(Source)] == ["title", "url", "reliability"]


def test_a_kind_without_public_access_is_closed_to_the_public(monkeypatch: pytest.MonkeyPatch) -> None:
    assert policy.is_open("source", PublicAccess.NEW_ENTRIES)

    monkeypatch.delattr(Source, "PUBLIC_ACCESS")

    assert not policy.is_open("source", PublicAccess.CORRECTIONS)


@pytest.mark.django_db
def test_rows_of_which_the_public_may_change_nothing_are_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    case = publish_case()
    base = Revision.objects.get(entry=case)
    assert editable_fields(Case, base, "externalid/new").facts

    monkeypatch.setattr(ExternalId, "FIELD_POLICY", FieldPolicy(editors=("scheme", "value", "release")))
    policy.public_columns.cache_clear()
    field_policy.cache_clear()

    with pytest.raises(UnknownTarget):
        editable_fields(Case, base, "externalid/new")


def test_a_protected_text_is_protected_in_every_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Case, "FIELD_POLICY", FieldPolicy(public=("finding",), protected=("finding", "breach"))
    )

    assert policy.protected_names(Case) == {"finding_en", "finding_ar", "finding_fr", "breach"}


def test_dates_are_in_the_order_that_the_constraints_hold() -> None:
    found = {model: policy.dates_in_order(model) for model in (Case, Breach, Claim)}

    assert found == {
        Case: [("declared_on", "in_force_on"), ("declared_on", "ended_on"), ("in_force_on", "ended_on")],
        Breach: [("began_on", "ended_on")],
        Claim: [],
    }
