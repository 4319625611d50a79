"""Whether a translation may be written, or confirmed as still right."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.refusals import Refusal
from publishing.rules.permissions import why_not_permitted
from publishing.translations.staleness import texts_of


def why_not_translate(entry: Entry, by: Any) -> Refusal | None:
    """Whether `by` may translate the entry's texts."""
    if entry.is_retracted:
        return Refusal("retracted", _("This entry was retracted in the meantime; restore it first."))
    return why_not_permitted(by, "change", kinds()[entry.kind])


def why_not_confirm_translations(
    base: Revision, by: Any, paths: Iterable[str], language: str
) -> Refusal | None:
    """Whether `by` may confirm that these translations in the revision are still right."""
    if refusal := why_not_translate(base.entry, by):
        return refusal
    texts = texts_of(base.snapshot)
    if any(not texts.get(path, {}).get(language) for path in paths):
        return Refusal("no_such_text", _("There is no such text in this language."))
    return None
