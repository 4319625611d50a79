"""Entries chosen by their names where no script offers them: typed, and looked up when the form is sent."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import renderers
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from publishing.models import Entry
from publishing.named_entries import AnyEntryField, NamedEntryField, particulars

# After the name of the box; and what the button beside it asks, which only shows the form again.
NAMED, LOOK_UP = "named", "look-up:"
# Why a name is none: nothing has it, or several have.
UNKNOWN, SEVERAL = "unknown_name", "name_of_several"
# So many of those that answer are offered, and so many names are read of one box.
MOST_OFFERED, MOST_NAMES = 25, 50
BETWEEN_NAMES = re.compile(r"[\n;]")


class TypedName(str):
    """What somebody typed to name an entry, where its key is expected."""

    __slots__ = ()


def names_typed(data: Any, name: str) -> list[TypedName]:
    """The names that were typed for the box, each on its line or behind a semicolon."""
    texts = BETWEEN_NAMES.split(data.get(f"{name}-{NAMED}") or "")
    return [TypedName(text.strip()) for text in texts if text.strip()][:MOST_NAMES]


class NamedBoxMixin:
    """A select for entries beside which, without a script, a name can be typed.

    Where a name has several answers, the select that comes back offers these.
    """

    # Where an entry is made of a name; "" for those who may not.
    made_at = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The chosen keys, with the names that were typed."""
        chosen = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        names = names_typed(data, name)
        if not names:
            return chosen
        if self.allow_multiple_selected:  # type: ignore[attr-defined]
            return [*(chosen or []), *names]
        return names[0]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the entries that answer to a typed name: one that answers alone is chosen."""
        values = value if isinstance(value, (list, tuple)) else [value]
        typed = [one for one in values if isinstance(one, TypedName)]
        known = [one for one in values if not isinstance(one, TypedName)]
        if not typed:
            return self._with_box(super().get_context(name, value, attrs), [])  # type: ignore[misc]
        found = {one: entries_named(self.choices.queryset, one) for one in typed}  # type: ignore[attr-defined]
        meant = [str(entries[0].pk) for entries in found.values() if len(entries) == 1]
        chosen = [*known, *meant] if self.allow_multiple_selected else next(iter(meant), "")  # type: ignore[attr-defined]
        context = super().get_context(name, chosen, attrs)  # type: ignore[misc]
        groups = context["widget"]["optgroups"]
        several = [entries for entries in found.values() if len(entries) > 1]
        if several and not self.allow_multiple_selected:  # type: ignore[attr-defined]
            # None of them is chosen before somebody does so.
            groups.insert(0, (None, [self.create_option(name, "", "---------", True, 0)], 0))  # type: ignore[attr-defined]
        for entries in several:
            for one in entries:
                label = " · ".join([str(one), *particulars(one)])
                option = self.create_option(name, str(one.pk), label, False, 0)  # type: ignore[attr-defined]
                groups.append((None, [option], 0))
        return self._with_box(context, [one for one, entries in found.items() if not entries])

    def _with_box(self, context: dict[str, Any], left: list[TypedName]) -> dict[str, Any]:
        context["widget"]["named"] = "; ".join(left)
        return context

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The select, and what stands beside it without a script; a blank row needs a script anyway."""
        context = self.get_context(name, value, attrs)
        engine = renderer or renderers.get_default_renderer()
        select = engine.render(self.template_name, context)  # type: ignore[attr-defined]
        if "__prefix__" in name:
            return mark_safe(select)  # noqa: S308 — Django's template has escaped it.
        box = {"widget": context["widget"], "look_up": f"{LOOK_UP}{name}", "made_at": self.made_at}
        beside = render_to_string("admin/publishing/entry/named_box.html", box)
        return mark_safe(f"{select}{beside}")  # noqa: S308


def entries_named(entries: models.QuerySet, name: str) -> list[Any]:
    """The entry that is meant by the name, or those that it could mean."""
    box = _box(entries)
    try:
        found = box.clean(name)
    except ValidationError:
        return box.meant[:MOST_OFFERED]
    return [found] if found is not None else []


def _box(entries: models.QuerySet) -> NamedEntryField:
    kind = AnyEntryField if entries.model is Entry else NamedEntryField
    return kind(entries=lambda: entries, takes_parts=True, required=False)


def _entry_named(entries: Any, name: TypedName) -> Any:
    """The entry; raises ValidationError that says what to do."""
    found = entries_named(entries, name)
    if len(found) == 1:
        return found[0]
    if found:
        text = _("“%(name)s” is the name of several: choose one in the list.")
    else:
        text = _("Nothing here is called “%(name)s”. Make it on its own page first, or leave the box empty.")
    raise ValidationError(text % {"name": name[:100]}, code=SEVERAL if found else UNKNOWN)


class EntryChoiceField(forms.ModelChoiceField):
    """An entry, by its key or by a name that was typed."""

    def to_python(self, value: Any) -> Any:
        """The entry."""
        if isinstance(value, TypedName):
            return _entry_named(self.queryset, value)
        return super().to_python(value)


class EntriesChoiceField(forms.ModelMultipleChoiceField):
    """Entries, by their keys or by names that were typed."""

    def clean(self, value: Any) -> Any:
        """The entries."""
        values = value if isinstance(value, (list, tuple)) else []
        named = [_entry_named(self.queryset, one) for one in values if isinstance(one, TypedName)]
        if not named:
            return super().clean(value)
        keys = [one for one in values if not isinstance(one, TypedName)]
        return super().clean([*dict.fromkeys([*map(str, keys), *(str(one.pk) for one in named)])])


def made_at(model_admin: Any, kind: type[models.Model]) -> str:
    """The page on which an entry of the kind is made."""
    page = getattr(model_admin, "made_at", "")
    return reverse(page or f"admin:{kind._meta.app_label}_{kind._meta.model_name}_add")
