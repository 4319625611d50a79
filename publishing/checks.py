"""System checks of the content models: each declares what it must about its columns and its kind."""

from collections import Counter
from collections.abc import Iterator, Set
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks

from publishing.fields.columns import stem
from publishing.fields.policy import field_policy
from publishing.models import Child, Entry
from publishing.models.entry import children_of
from publishing.policy import columns_of

DECLARED_BY_ENTRIES = (
    *("FIELD_POLICY", "PUBLIC_ACCESS", "PAGE", "LIST_PAGE", "IS_IN_LATEST_CHANGES", "SEARCH_WEIGHT"),
)
DECLARED_BY_ROWS = ("FIELD_POLICY", "IS_FACT")


def check_models_of_content(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """Check every kind of entry and of row, for whichever app the check is run."""
    content_models = [
        model for model in apps.get_models() if issubclass(model, (Entry, Child)) and model is not Entry
    ]
    return [
        checks.Error(mistake, obj=model, id="publishing.E001")
        for model in content_models
        for mistake in mistakes_in(model)
    ]


def check_that_heads_are_signed(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """Tell whoever deploys the casebook that nobody outside can prove its history yet."""
    if settings.HEAD_KEY is not None:
        return []
    hint = "manage.py make_head_key FILE makes a key; HEAD_KEY=FILE uses it (docs/running.md)."
    return [checks.Info("The head of the chain is not signed.", hint=hint, id="publishing.I001")]


def mistakes_in(model: type[Entry] | type[Child]) -> Iterator[str]:
    """What the model does not declare, and what it declares about columns that it does not have."""
    base, required = (Entry, DECLARED_BY_ENTRIES) if issubclass(model, Entry) else (Child, DECLARED_BY_ROWS)
    own = {name for parent in model.__mro__ if parent not in base.__mro__ for name in vars(parent)}
    for name in required:
        if name not in own:
            yield f"Declare {name}."
    yield from _mistakes_in_policy(model)
    yield from _mistakes_in_names(model)


def _mistakes_in_policy(model: type[Entry] | type[Child]) -> Iterator[str]:
    """The columns that FIELD_POLICY does not name exactly once as public, editors' or internal."""
    policy = field_policy(model)
    columns = {stem(column) for column in columns_of(model)}
    declared = Counter(policy.public + policy.editors + policy.internal)
    for name in sorted(columns - declared.keys()):
        yield f"Say in FIELD_POLICY whether “{name}” is public, editors' or internal."
    for name, count in sorted(declared.items()):
        if name not in columns:
            yield f"FIELD_POLICY names “{name}”, which is no column."
        elif count > 1:
            yield f"FIELD_POLICY names “{name}” more than once."


def _mistakes_in_names(model: type[Entry] | type[Child]) -> Iterator[str]:
    """The other declared names that no column or kind of row of the right sort has."""
    policy = field_policy(model)
    rows = children_of(model) if issubclass(model, Entry) else {}
    expected: dict[str, tuple[tuple[str, ...], Set[str]]] = {
        "FIELD_POLICY.protected": (policy.protected, {*policy.public, *rows})
    }
    if issubclass(model, Entry):
        facts = {name for name, row in rows.items() if row.IS_FACT}
        expected["KEY_FACTS"] = (model.KEY_FACTS, policy.facts | facts)
        texts = {stem(column) for column in columns_of(model)}
        expected["SUMMARY"] = ((model.SUMMARY,) if model.SUMMARY else (), texts)
    else:
        not_public = {column.name for column in columns_of(model)} - {*policy.public}
        expected["PUBLIC_DEFAULTS"] = (tuple(model.PUBLIC_DEFAULTS), not_public)
    for attribute, (names, known) in expected.items():
        for name in names:
            if name not in known:
                yield f"{attribute} names “{name}”, which it cannot."
