"""A statement that was compiled once reads what the ORM reads, on each database."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from cases.models import Case, Provision
from publishing.models import Child, Revision
from publishing.snapshots import path_to_entry
from publishing.statements import number_asked, object_by_key, objects_asked, rows_asked, rows_by_key
from tests.factories import publish_case, publish_one_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

ROWS = [model for model in apps.get_models() if issubclass(model, Child)]


def attributes(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(column.attname for column in model._meta.concrete_fields)


def by_the_orm(model: type[models.Model], lookup: str, key: uuid.UUID) -> list[tuple[Any, ...]]:
    return [*model._base_manager.filter(**{lookup: key}).values_list(*attributes(model))]


def test_every_kind_of_row_is_read_as_the_orm_reads_it() -> None:
    publish_one_of_each()
    seen = 0

    for model in ROWS:
        lookup = path_to_entry(model)
        for key in {*model._base_manager.values_list(lookup, flat=True)}:
            expected = by_the_orm(model, lookup, key)

            assert rows_by_key(model, lookup, attributes(model), key) == expected, model
            seen += len(expected)

    assert seen >= 10


def test_each_key_gets_its_own_rows() -> None:
    one, other = (
        publish_case(slug=text, rows={"provision": [{"text_en": text}]}) for text in ("one", "other")
    )

    for _again in range(2):
        for case in (one, other):
            assert rows_by_key(Provision, "case", ("text_en",), case.pk) == [(case.slug,)]


def test_nobody_has_the_key() -> None:
    assert rows_by_key(Case, "pk", ("slug",), uuid.uuid4()) == []


def provisions_of(case: uuid.UUID, texts: tuple[str, ...], but: str = "") -> models.QuerySet[Provision]:
    return Provision.objects.filter(case=case, text_en__in=texts, position__gte=0).exclude(text_en=but)


def test_a_question_is_compiled_once_and_asked_with_other_values() -> None:
    texts = ("one", "two", "three")
    cases = [
        publish_case(slug=slug, rows={"provision": [{"text_en": text} for text in texts]}) for slug in texts
    ]

    for case in cases:
        for number in range(1, 4):
            found = objects_asked(provisions_of, case.pk, texts[:number])

            assert found == [*provisions_of(case.pk, texts[:number])]
            assert {one.text_en for one in found} == {*texts[:number]}
            assert {one.case_id for one in found} == {case.pk}
    assert objects_asked(provisions_of, uuid.uuid4(), texts) == []
    assert len(objects_asked(provisions_of, cases[0].pk, texts, "two")) == 2


def some_provisions_of(case: uuid.UUID) -> models.QuerySet:
    return Provision.objects.filter(case=case).order_by().values_list("text_en").distinct()[:2]


def test_rows_are_counted_as_the_queryset_finds_them() -> None:
    texts = [("one",), ("one", "one"), ("one", "two", "three")]
    cases = [publish_case(rows={"provision": [{"text_en": text} for text in several]}) for several in texts]

    assert [number_asked(some_provisions_of, case.pk) for case in cases] == [1, 1, 2]
    assert number_asked(provisions_of, cases[2].pk, ("one", "two")) == 2
    assert number_asked(some_provisions_of, uuid.uuid4()) == 0


def provisions_with_more(key: uuid.UUID) -> models.QuerySet[Provision]:
    counted = models.Count("assessments")
    in_order = Provision.objects.select_related("case__picture").annotate(number=counted).order_by("position")
    return in_order.filter(case=key).prefetch_related("assessments").defer("text_en")


def test_objects_come_with_what_was_selected_prefetched_or_annotated_beside_them(
    django_assert_num_queries: Any,
) -> None:
    rows = [{"text_en": "one", "position": 0}, {"text_en": "two", "position": 1}]
    case = publish_case(rows={"provision": rows})
    case.provisions.last().assessments.create(assessed_on="2001", implementation=1)
    objects_asked(provisions_with_more, uuid.uuid4())
    objects_asked(provisions_with_more, case.pk)

    with django_assert_num_queries(2):
        found = objects_asked(provisions_with_more, case.pk)
        of_each = [(one.case.slug, one.case.picture, one.number, len(one.assessments.all())) for one in found]

    assert of_each == [(case.slug, None, 0, 0), (case.slug, None, 1, 1)]
    with django_assert_num_queries(1):
        assert found[1].text_en == "two"


def revisions_until(numbers: tuple[int, ...], at: Any, kind: str) -> models.QuerySet:
    asked = Revision.objects.filter(number__in=numbers, created_at__lte=at, kind=kind)
    return asked.values_list("entry_id", "number", "created_at")


def test_a_question_takes_numbers_times_and_texts() -> None:
    [case] = [publish_case()]
    now = timezone.now()

    found = rows_asked(revisions_until, (1, 2, 3), now, "case")

    assert found == [*revisions_until((1, 2, 3), now, "case")] != []
    assert found[0][0] == case.pk
    assert rows_asked(revisions_until, (1, 2, 3), now - timedelta(days=1), "case") == []
    assert rows_asked(revisions_until, (2, 3, 4), now, "case") == []
    assert rows_asked(revisions_until, (1, 2, 3), now, "theme") == []


def test_an_object_is_read_with_all_its_columns() -> None:
    case = publish_case()

    found = object_by_key(Case, case.pk)

    assert found is not None
    assert attributes_of(found) == attributes_of(Case.objects.get(pk=case.pk))
    assert not found._state.adding
    assert object_by_key(Case, uuid.uuid4()) is None


def attributes_of(row: models.Model) -> dict[str, Any]:
    return {name: getattr(row, name) for name in attributes(type(row))}


@pytest.mark.parametrize("filler", ["", f"/* {'long ' * 2000}*/"], ids=["short", "long"])
def test_a_statement_takes_its_values_and_keeps_its_signs_each_time(filler: str) -> None:
    for value in ("a", "%s", "a"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT '100%%', CAST(%s AS text) {filler}", [value])
            assert cursor.fetchone() == ("100%", value)
