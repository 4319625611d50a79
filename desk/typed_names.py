"""Entries chosen by their names where no script offers them: typed, and looked up when the form is sent."""

from collections.abc import Iterable
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

# After the name of the box: what is typed, and the names that the form asks about as those of several. And
# what the button beside it asks, which only shows the form again.
NAMED, ASKED, LOOK_UP = "named", "asked", "look-up:"
# Why a name is none: nothing has it, or several have; and why not all are read.
UNKNOWN, SEVERAL, TOO_MANY = "unknown_name", "name_of_several", "too_many_names"
# So many of those that answer are offered, and so many names of one box are looked up at once.
MOST_OFFERED, MOST_NAMES = 25, 50
BETWEEN_NAMES = ";"
# So many parts a name may have between which a semicolon stands.
MOST_PARTS = 3


class TypedName(str):
    """What somebody typed to name an entry, where its key is expected.

    chosen: the keys that the select of the same box has; they count for the names that the form asked about.
    """

    chosen: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def beside(self, text: str) -> "TypedName":
        """Another name of the same box."""
        other = TypedName(text.strip())
        other.chosen, other.asked = self.chosen, self.asked
        return other


class NamedBoxMixin:
    """A select for entries beside which, without a script, a name can be typed.

    Where a name has several answers, the select that comes back offers these.
    """

    # Where an entry is made of a name; "" for those who may not.
    made_at = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The chosen keys, with the names that were typed."""
        chosen = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        typed = TypedName((data.get(f"{name}-{NAMED}") or "").strip())
        if not typed:
            return chosen
        is_of_several = self.allow_multiple_selected  # type: ignore[attr-defined]
        keys = (chosen or []) if is_of_several else [chosen or ""]
        typed.chosen = frozenset(map(str, keys))
        typed.asked = frozenset((data.get(f"{name}-{ASKED}") or "").splitlines())
        return [*keys, *map(typed.beside, typed.split("\n"))] if is_of_several else typed

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the entries that answer to a typed name: one that answers alone is chosen."""
        values = value if isinstance(value, (list, tuple)) else [value]
        lines = [one for one in values if isinstance(one, TypedName)]
        known = [one for one in values if not isinstance(one, TypedName)]
        if not lines:
            return self._with_box(super().get_context(name, value, attrs), [])  # type: ignore[misc]
        entries, is_of_several = self.choices.queryset, self.allow_multiple_selected  # type: ignore[attr-defined]
        names, left = names_in(entries, lines) if is_of_several else (lines, [])
        found = {one: _answers(entries, one) for one in names}
        meant = [str(answer[0].pk) for answer in found.values() if len(answer) == 1]
        chosen = [*dict.fromkeys([*map(str, known), *meant])] if is_of_several else next(iter(meant), "")
        context = super().get_context(name, chosen, attrs)  # type: ignore[misc]
        groups = context["widget"]["optgroups"]
        several = {one: answer for one, answer in found.items() if len(answer) > 1}
        context["widget"]["asked"] = "\n".join(several)
        if several and not is_of_several:
            # None of them is chosen before somebody does so.
            groups.insert(0, (None, [self.create_option(name, "", "---------", True, 0)], 0))  # type: ignore[attr-defined]
        for answer in several.values():
            for one in answer:
                label = " · ".join([str(one), *particulars(one)])
                option = self.create_option(name, str(one.pk), label, False, 0)  # type: ignore[attr-defined]
                groups.append((None, [option], 0))
        return self._with_box(context, [*(one for one, answer in found.items() if len(answer) != 1), *left])

    def _with_box(self, context: dict[str, Any], left: list[str]) -> dict[str, Any]:
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


def names_in(entries: models.QuerySet, lines: Iterable[TypedName]) -> tuple[list[TypedName], list[str]]:
    """The names on the lines, and those that are too many to be looked up now.

    A semicolon stands between names, unless an entry has the parts before and behind it as one name.
    """
    names: list[TypedName] = []
    left: list[str] = []
    for line in lines:
        parts = [text for text in line.split(BETWEEN_NAMES) if text.strip()]
        while parts and len(names) < MOST_NAMES:
            joined = (
                BETWEEN_NAMES.join(parts[:number]) for number in range(min(MOST_PARTS, len(parts)), 1, -1)
            )
            name = line.beside(next((text for text in joined if _is_name(entries, text)), parts[0]))
            names.append(name)
            del parts[: name.count(BETWEEN_NAMES) + 1]
        left += map(str.strip, parts)
    return names, left


def _is_name(entries: models.QuerySet, text: str) -> bool:
    try:
        return _box(entries, takes_parts=False).clean(text) is not None
    except ValidationError as refused:
        return refused.error_list[0].code == "several"


def _answers(entries: models.QuerySet, name: TypedName) -> list[Any]:
    """As `entries_named`; of several, that which somebody chose when the form asked."""
    found = entries_named(entries, name)
    if len(found) == 1 or name not in name.asked:
        return found
    return [one for one in found if str(one.pk) in name.chosen][:1] or found


def entries_named(entries: models.QuerySet, name: str) -> list[Any]:
    """The entry that is meant by the name, or those that it could mean."""
    box = _box(entries)
    try:
        found = box.clean(name)
    except ValidationError:
        return box.meant[:MOST_OFFERED]
    return [found] if found is not None else []


def _box(entries: models.QuerySet, *, takes_parts: bool = True) -> NamedEntryField:
    kind = AnyEntryField if entries.model is Entry else NamedEntryField
    return kind(entries=lambda: entries, takes_parts=takes_parts, required=False)


def _entry_named(entries: Any, name: TypedName) -> Any:
    """The entry; raises ValidationError that says what to do."""
    found = _answers(entries, name)
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
        lines = [one for one in values if isinstance(one, TypedName)]
        if not lines:
            return super().clean(value)
        keys = [one for one in values if not isinstance(one, TypedName)]
        entries: Any = self.queryset
        names, left = names_in(entries, lines)
        named = [_entry_named(entries, one) for one in names]
        if left:
            text = _("Only %(most)s names are looked up at once: the others still stand in the box.")
            raise ValidationError(text % {"most": MOST_NAMES}, code=TOO_MANY)
        return super().clean([*dict.fromkeys([*map(str, keys), *(str(one.pk) for one in named)])])


def made_at(model_admin: Any, kind: type[models.Model]) -> str:
    """The page on which an entry of the kind is made."""
    page = getattr(model_admin, "made_at", "")
    return reverse(page or f"admin:{kind._meta.app_label}_{kind._meta.model_name}_add")
