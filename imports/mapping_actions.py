"""What changes a mapping: it is begun with a sample, gets other rules or another sample, and is deleted."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from imports.actions import lock_mapping, read_again
from imports.models import AT_WORK, ImportBatch, Mapping
from imports.vocabulary import BatchState
from publishing.rules import Refusal

# Imports that read by the rules, or that may do so when somebody starts them.
NOT_READ = (*AT_WORK, BatchState.CHECKED, BatchState.FAILED)


def begin_mapping(*, name: str, sample: dict[str, Any], by: Any) -> Mapping:
    """A mapping without rules, beside its sample; raises Refusal where another has its name since."""
    try:
        with transaction.atomic():
            return Mapping.objects.create(name=name, sample=sample, changed_by=by)
    except IntegrityError as error:
        raise Refusal("mapping_named_alike", _("Another mapping has this name.")) from error


@transaction.atomic
def change_rules(mapping: Mapping, *, rules: str, by: Any, seen: str) -> int:
    """Give it these rules; says how many imports, checked by the ones that it has, are checked again.

    seen: `seen_of` it when whoever changes it opened it; raises Refusal where it was changed since, or while
    an import reads by it.
    """
    mapping = _lock(mapping, seen)
    begun = [*ImportBatch.objects.select_for_update().filter(mapping=mapping, state__in=NOT_READ)]
    if any(one.is_at_work for one in begun):
        message = _("An import is reading by this mapping. Wait for its end, or cancel it.")
        raise Refusal("mapping_at_work", message)
    checked = [one for one in begun if one.state == BatchState.CHECKED and rules != mapping.rules]
    mapping.rules, mapping.changed_by = rules, by
    mapping.save(update_fields=["rules", "changed_by", "changed_at"])
    for batch in checked:
        read_again(batch, BatchState.CHECKING)
    return len(checked)


@transaction.atomic
def change_sample(mapping: Mapping, *, sample: dict[str, Any], by: Any, seen: str) -> None:
    """Try the rules on another sample from now on; raises Refusal where it was changed since it was seen."""
    mapping = _lock(mapping, seen)
    mapping.sample, mapping.changed_by = sample, by
    mapping.save(update_fields=["sample", "changed_by", "changed_at"])


@transaction.atomic
def delete_mapping(mapping: Mapping, *, seen: str) -> None:
    """Delete it; raises Refusal where an import was made by it, which would then not say how."""
    mapping = _lock(mapping, seen)
    if ImportBatch.objects.filter(mapping=mapping).exists():
        raise Refusal("mapping_in_use", _("Imports were made by this mapping, so it stays."))
    mapping.delete()


def seen_of(mapping: Mapping) -> str:
    """What tells this state of it from a later one."""
    return mapping.changed_at.isoformat()


def _lock(mapping: Mapping, seen: str) -> Mapping:
    locked = lock_mapping(mapping)
    if seen_of(locked) != seen:
        raise Refusal("mapping_changed", _("Somebody changed this mapping after you opened it."))
    return locked
