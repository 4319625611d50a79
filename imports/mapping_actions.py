"""What changes a mapping: it is begun with a sample, gets other rules or another sample, and is deleted."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from imports.actions import lock_mapping
from imports.models import AT_WORK, ImportBatch, Mapping
from publishing.rules import Refusal


def begin_mapping(*, name: str, sample: dict[str, Any], by: Any) -> Mapping:
    """A mapping without rules, beside its sample; raises Refusal where another has its name since."""
    try:
        with transaction.atomic():
            return Mapping.objects.create(name=name, sample=sample, changed_by=by)
    except IntegrityError as error:
        raise Refusal("mapping_named_alike", _("Another mapping has this name.")) from error


@transaction.atomic
def change_rules(mapping: Mapping, *, rules: str, by: Any) -> None:
    """Give it these rules; raises Refusal while an import reads by the ones that it has."""
    mapping = lock_mapping(mapping)
    _refuse_at_work(mapping)
    mapping.rules, mapping.changed_by = rules, by
    mapping.save(update_fields=["rules", "changed_by", "changed_at"])


@transaction.atomic
def change_sample(mapping: Mapping, *, sample: dict[str, Any], by: Any) -> None:
    """Try the rules on another sample from now on."""
    mapping = lock_mapping(mapping)
    mapping.sample, mapping.changed_by = sample, by
    mapping.save(update_fields=["sample", "changed_by", "changed_at"])


@transaction.atomic
def delete_mapping(mapping: Mapping) -> None:
    """Delete it; raises Refusal where an import was made by it, which would then not say how."""
    mapping = lock_mapping(mapping)
    if ImportBatch.objects.filter(mapping=mapping).exists():
        raise Refusal("mapping_in_use", _("Imports were made by this mapping, so it stays."))
    mapping.delete()


def _refuse_at_work(mapping: Mapping) -> None:
    if ImportBatch.objects.filter(mapping=mapping, state__in=AT_WORK).exists():
        message = _("An import is reading by this mapping. Wait for its end, or cancel it.")
        raise Refusal("mapping_at_work", message)
