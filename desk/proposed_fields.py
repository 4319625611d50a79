"""The form of a draft, folded to what its sender proposes: the changed fields and rows, with their claims."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext as _

from desk.hooks import FormNote, form_notes
from publishing import comparison
from publishing.languages import stem_and_language
from publishing.models import Proposal
from publishing.models.entry import children_of, kinds
from publishing.proposals import changes_of, start_of
from publishing.snapshots import Change, Path

# The query parameter that asks for the folded form, and its value.
ONLY, PROPOSED = "only", "proposed"
# Classes of inputs: what is proposed is marked and shown; what every form needs is shown.
MARK, KEPT = "is-proposed", "is-kept"
# The inputs that are no columns of the entry.
ALWAYS = (
    *("public_note", "note_language", "change_class", "publish_at"),
    *("sources_confirmed", "override_reason"),
)


@dataclass(frozen=True)
class ProposedFields:
    """What stands above the folded form: what the sender says about the proposal."""

    notes: list[FormNote]


def fold(draft: Proposal, context: dict[str, Any]) -> ProposedFields | None:
    """Mark the inputs of the form that the draft changes; the style sheet folds the others.

    context: that of the admin's change form. None for a new entry, of which everything is proposed.
    """
    if draft.base is None:
        return None
    changes = changes_of(draft)
    describer = comparison.Describer(draft.kind, start_of(draft), draft.wanted)
    form, rows = context["adminform"].form, _row_forms(context["inline_admin_formsets"])
    for bound in _bound(form, ALWAYS):
        _add_class(bound, KEPT)
    opened = set()
    for change in changes:
        path = change.path
        if not path.row_kind:
            _mark(form, path.column, _before(change, describer))
        elif str(path.row) in rows:
            inline, row_form = rows[str(path.row)]
            names = row_form.fields if path.is_row else [path.column]
            for name in names:
                _mark(row_form, name, "" if path.is_row else _before(change, describer))
            opened.add(id(inline))
    opened |= _mark_claims(draft, changes, rows)
    _open(context, opened)
    return ProposedFields([note for find_notes in form_notes for note in find_notes(draft)])


def _row_forms(inlines: Any) -> dict[str, tuple[Any, Any]]:
    """The form of each stored row, with its inline, by the path of the row."""
    return {
        str(Path(row_kind=inline.formset.model._meta.model_name, key=str(form.instance.pk))): (inline, form)
        for inline in inlines
        for form in inline.formset.forms
    }


def _mark_claims(draft: Proposal, changes: list[Change], rows: dict[str, tuple[Any, Any]]) -> set[int]:
    """Show the rows about the changed facts, such as their claims; the inlines to open."""
    facts = {
        str(change.path.row) if change.path.row_kind else stem_and_language(change.path.column)[0]
        for change in changes
    }
    opened = set()
    for name, model in children_of(kinds()[draft.kind]).items():
        for key, row in draft.wanted["rows"].get(name, {}).items():
            path = str(Path(row_kind=name, key=key))
            if model.ABOUT and row.get(model.ABOUT) in facts and path in rows:
                inline, form = rows[path]
                for bound in _bound(form, (model.ABOUT,)):
                    _add_class(bound, KEPT)
                opened.add(id(inline))
    return opened


def _open(context: dict[str, Any], opened: set[int]) -> None:
    """Unfold the groups that hold something to see."""
    for inline in context["inline_admin_formsets"]:
        if id(inline) in opened:
            inline.classes = inline.classes.replace("collapse", "")
    context["adminform"].fieldsets = [
        (name, {**options, "classes": [one for one in options.get("classes", ()) if one != "collapse"]})
        for name, options in context["adminform"].fieldsets
    ]


def _mark(form: Any, name: str, before: str) -> None:
    """Mark the input, and say what was there before."""
    for bound in _bound(form, (name,)):
        _add_class(bound, MARK)
        if before:
            bound.help_text = format_html('<span class="before">{}</span> {}', before, bound.help_text)


def _before(change: Change, describer: comparison.Describer) -> str:
    """The value that the proposal changes; "" where that is a member of a set."""
    if change.path.member:
        return ""
    value = describer.value(change.path, change.old)
    return _("Proposed. Before: %(value)s") % {"value": value} if value else _("Proposed. Before: nothing")


def _bound(form: Any, names: Any) -> Iterator[BoundField]:
    """The inputs of these names that the form shows."""
    for name in names:
        if name in form.fields and not form[name].is_hidden:
            yield form[name]


def _add_class(bound: BoundField, name: str) -> None:
    widget = bound.field.widget
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    widget.attrs["class"] = f"{widget.attrs.get('class', '')} {name}".strip()
