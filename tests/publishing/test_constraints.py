"""Every named constraint of every app: what the database refuses, and what it just accepts."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from publishing.actions import discussing, drafting, reviewing, translators
from publishing.actions.translating import check_translations
from publishing.actions.turns import record_turn
from publishing.models import Child, Decision, Entry, OldSlug, Proposal, Release, SignedHead
from publishing.snapshots import rehearsal
from sources.actions import record_link_check
from sources.links import LinkResponse
from sources.vocabulary import LinkResult
from tests.factories import (
    an_account,
    publish_change,
    publish_image,
    publish_one_of_each,
    publish_place,
    snapshot_of,
)
from tests.publishing.table_of_constraints import CHECKS
from tests.publishing.table_of_unique_rows import UNIQUE
from tests.publishing.table_of_vocabularies import ALSO_BROKEN, BESIDE, VOCABULARIES

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]
MODELS = {model._meta.model_name: model for model in apps.get_models()}


class Case(NamedTuple):
    """Values for one row of a model, and the check that is about them."""

    name: str
    model: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.name}: {self.values}"


@pytest.fixture(scope="module")
def casebook(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """An entry of every kind with rows of every kind, made once for this module; keys by name."""
    with django_db_blocker.unblock(), rehearsal():
        MODELS["chainhead"].objects.get_or_create(pk=1)
        entries = publish_one_of_each()
        publish_change(entries["theme"], slug="new-address")
        OldSlug.objects.create(entry=entries["theme"], kind="theme", slug="older-address")
        publish_place()
        draft = draft_with_all_about_it()
        publish_image()
        theme = publish_change(entries["theme"], title_fr="Un thème")
        for language in ("en", "fr"):
            check_translations(theme, by=an_account(), paths=["title"], language=language)
        for account in (an_account(), an_account("another")):
            discussing.watch(entries["case"], by=account)
        for language in ("en", "fr"):
            MODELS["translatorsplace"].objects.create(by=an_account(), language=language, day=timezone.now())
            translators.skip_text(by=an_account(), language=language, entry=entries["theme"], path="title")
        record_turn(timezone.now())
        SignedHead.objects.create(day=timezone.now().date(), line="1 a line")
        Release.objects.create(
            version="1", until=theme, recorded_on=timezone.now().date(), revisions=1, entries=1, head="a"
        )
        record_link_check(entries["source"], "https://www.un.org/", LinkResponse(LinkResult.WORKS, 200))
        yield {
            **{name: entry.pk for name, entry in entries.items()},
            "account": an_account().pk,
            "draft": draft.pk,
        }


def draft_with_all_about_it() -> Proposal:
    """A draft with two saves, autosaves and presences of two people, a comment and a decision."""
    one, other = an_account(), an_account("another", is_staff=True, is_superuser=True)
    provenance = {"note": "", "note_language": "en", "change_class": "addition"}
    draft = drafting.begin_draft(snapshot_of("theme"), by=one, base=None, **provenance)
    draft = drafting.save_draft(
        draft, snapshot_of("theme", id=draft.wanted["id"]), by=one, version=1, **provenance
    )
    for form_key, by in (("add:case", one), ("add:theme", one), ("add:case", other)):
        drafting.autosave_form(form_key, [("title_en", "A")], by=by)
        drafting.note_presence(form_key, by=by)
        drafting.note_sent_form(form_key, by=by, token="")
        drafting.save_filter("cases_case", f"List {form_key}", "", by=by, is_shared=False)
    reviewing.comment(draft, by=one, text="Which page?")
    discussing.open_thread(None, draft, path="title_en", text="A better word?", by=one)
    Decision.objects.create(proposal=draft, path="title_en", verdict="accepted", by=other)
    return draft


def by_model(column: int) -> dict[str, list[Case]]:
    """The refused (0) or accepted (1) values of every check and vocabulary, by the model that they are written to.

    A test takes all values of a model: each alone would cost more to set up than to try.
    """
    cases = [Case(name, model, values) for name, (model, table) in CHECKS.items() for values in table[column]]
    for name, (model, column_name, accepted) in VOCABULARIES.items():
        codes = accepted if column else ["no_such_code", *({""} - {*accepted})]
        beside = {} if column else BESIDE.get(name, {})
        cases += [Case(name, model, {column_name: one, **beside}) for one in codes]
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(case.model, []).append(case)
    return found


REFUSED, ACCEPTED = by_model(0), by_model(1)


def row_of(model: type[models.Model], casebook: dict[str, Any]) -> models.Model:
    """The row to write to; for an entry, the one that the casebook has under the name of the model."""
    if issubclass(model, Entry):
        return model._base_manager.get(pk=casebook[model._meta.model_name if model is not Entry else "case"])
    if model is MODELS["proposal"]:
        return model._base_manager.filter(claimed_by=None, revision__isnull=False).first()
    return model._base_manager.order_by("pk").first()


def keyed(values: dict[str, Any], casebook: dict[str, Any]) -> dict[str, Any]:
    return {
        name: casebook[value] if name.endswith("_id") and value else value for name, value in values.items()
    }


def write(row: models.Model, values: dict[str, Any]) -> None:
    """Update the row without any rule; the transaction is rolled back if the database refuses."""
    with transaction.atomic():
        assert type(row)._base_manager.filter(pk=row.pk).update(**values) == 1


def answer_to(case: Case, casebook: dict[str, Any]) -> str:
    """The name of the check by which the database refuses the values; "" where it takes them."""
    try:
        write(row_of(MODELS[case.model], casebook), keyed(case.values, casebook))
    except IntegrityError as error:
        if connection.vendor == "postgresql":
            return error.__cause__.diag.constraint_name
        return str(error).partition("CHECK constraint failed: ")[2] or str(error)
    return ""


def changed_row(case: Case, casebook: dict[str, Any]) -> models.Model:
    """The row with the values, not stored."""
    row = row_of(MODELS[case.model], casebook)
    for column, value in keyed(case.values, casebook).items():
        setattr(row, column, value)
    return row


def words_of(constraints: list[Any], row: models.Model) -> list[str]:
    """In what words the constraints refuse the row, in a form."""
    said = []
    for constraint in constraints:
        try:
            constraint.validate(type(row), row)
        except ValidationError as error:
            said += error.messages
    return said


@pytest.mark.parametrize("model", REFUSED)
def test_the_database_refuses(model: str, casebook: dict[str, Any]) -> None:
    unlike = {}
    for case in REFUSED[model]:
        with rehearsal():
            answer = answer_to(case, casebook)
        if answer not in {case.name, ALSO_BROKEN.get(case.name)}:
            unlike[str(case)] = answer or "was accepted"

    assert unlike == {}


@pytest.mark.parametrize("model", ACCEPTED)
def test_the_database_accepts(model: str, casebook: dict[str, Any]) -> None:
    refused = {}
    for case in ACCEPTED[model]:
        with rehearsal():
            if broken := answer_to(case, casebook):
                refused[str(case)] = broken
            else:
                connection.check_constraints()

    assert refused == {}


@pytest.mark.parametrize("model", REFUSED)
def test_forms_refuse_in_the_constraints_own_words(model: str, casebook: dict[str, Any]) -> None:
    constraints = {one.name: one for one in MODELS[model]._meta.constraints}
    said, wanted = {}, {}
    for case in REFUSED[model]:
        constraint = constraints[case.name]
        said[str(case)] = words_of([constraint], changed_row(case, casebook))
        wanted[str(case)] = [str(constraint.get_violation_error_message())]

    assert said == wanted


@pytest.mark.parametrize("model", ACCEPTED)
def test_forms_accept_what_the_database_accepts(model: str, casebook: dict[str, Any]) -> None:
    constraints = MODELS[model]._meta.constraints
    said = {str(case): words_of(constraints, changed_row(case, casebook)) for case in ACCEPTED[model]}

    assert {case: words for case, words in said.items() if words} == {}


@pytest.mark.parametrize("name", UNIQUE)
def test_the_database_refuses_a_second_row_with_the_same_values(name: str, casebook: dict[str, Any]) -> None:
    model, constraint, first, second = two_rows(name)
    same = {column: getattr(first, column) for column in constraint.fields}

    with pytest.raises(IntegrityError) as refused:
        write(second, same)

    table = model._meta.db_table
    columns = ", ".join(f"{table}.{model._meta.get_field(one).column}" for one in constraint.fields)
    assert name in str(refused.value) or str(refused.value) == f"UNIQUE constraint failed: {columns}"


@pytest.mark.parametrize("name", UNIQUE)
def test_the_database_accepts_a_second_row_that_differs_in_one_value(
    name: str, casebook: dict[str, Any]
) -> None:
    _model, constraint, first, second = two_rows(name)
    same = {column: getattr(first, column) for column in constraint.fields}

    differs = {
        column: casebook[value] if column == "entry" else value for column, value in UNIQUE[name][1].items()
    }
    write(second, same | differs)

    connection.check_constraints()


def two_rows(name: str) -> tuple[Any, models.UniqueConstraint, models.Model, models.Model]:
    """Two rows of the model; of the same entry if they must be unique in it."""
    model = MODELS[UNIQUE[name][0]]
    constraint = next(one for one in model._meta.constraints if one.name == name)
    rows = model._base_manager.order_by("pk")
    if issubclass(model, Child):
        rows = rows.order_by(f"{model.OF}_id", "pk")
    if name == "place_iso_code_is_unique":
        rows = rows.order_by("-iso_code")
    return model, constraint, rows[0], rows[1]


OF_THE_CASEBOOK = {"publishing", "sources", "pillars", "cases", "portal"}


def test_every_constraint_is_in_the_table() -> None:
    ours = {
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in OF_THE_CASEBOOK
        for constraint in model._meta.constraints
    }

    assert ours == {*CHECKS, *VOCABULARIES, *UNIQUE}


def test_every_word_of_a_vocabulary_is_kept_by_a_constraint() -> None:
    constrained = {(model, column) for model, column, _words in VOCABULARIES.values()}
    numbered = {("provision", "strength"), ("assessment", "implementation")}
    ours = [
        model
        for model in apps.get_models()
        if model._meta.app_label in {"publishing", "sources", "pillars", "cases"}
    ]

    columns = {
        (model._meta.model_name, column.name)
        for model in ours
        for column in model._meta.local_fields
        if column.choices
    }

    assert columns == constrained | numbered
