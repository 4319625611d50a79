"""A box for an entry by its name or its address, where a list would hold thousands."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from publishing.languages import active_language, column_in
from publishing.models import Entry, OldSlug
from publishing.models.entry import kind_of, kinds
from publishing.models.names import answering, has_name
from search.ordering import sort_key

# So many are suggested while somebody types, and so many are named where several answer.
MOST = 50
MAX_TYPED = 200
# A key as texts have it.
LENGTH_OF_A_KEY = 36


class NamedEntryField(forms.CharField):
    """A box for the name or the address of an entry.

    What somebody typed is taken where one entry alone answers. `meant` holds those that answer where
    several do.

    takes_parts: whether a part of a name is taken, too. An address is read by strangers, months later, when
    another entry may have that part as well: there a part only leads to the entries that hold it.
    """

    default_error_messages = {
        "unknown": _("Nothing here has that name."),
        "several": _("Several have that name. Choose one of them."),
        "one_holds": _("Nothing here has exactly that name. One name holds it: is it meant?"),
        "several_hold": _("Nothing here has exactly that name. Several names hold it: choose one of them."),
    }

    def __init__(
        self,
        *args: Any,
        entries: Callable[[], models.QuerySet],
        empty_label: Any = "",
        takes_parts: bool = False,
        **options: Any,
    ) -> None:
        self.empty_label, self.takes_parts = empty_label, takes_parts
        super().__init__(*args, max_length=MAX_TYPED, **options)
        self.entries = entries
        self.meant: list[Any] = []
        self.suggestions: list[str] = []
        self.shown: str | None = None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """With what the box means while it is empty."""
        return super().widget_attrs(widget) | ({"placeholder": self.empty_label} if self.empty_label else {})

    def suggest(self, entries: Iterable[Any], key: str) -> None:
        """Suggest their names, in a list of that key; names of several entries once."""
        self.suggestions = [*dict.fromkeys(str(entry) for entry in entries)]
        self.widget.attrs |= {"list": key, "autocomplete": "off"} if self.suggestions else {}

    def clean(self, value: Any) -> Any:
        """The entry; raises ValidationError where none answers, or several do."""
        asked = super().clean(value)
        if not asked:
            return None
        found, is_part = self._found(asked)
        if len(found) != 1 or (is_part and not self.takes_parts):
            self.meant = found
            why_not = _why_not(len(found), is_part=is_part)
            raise ValidationError(self.error_messages[why_not], code=why_not)
        [entry] = found
        self.shown = self.name_of(entry)
        return entry

    def name_of(self, entry: Any) -> str:
        """What the box holds for the entry: its name; its address where another has the same name."""
        return str(entry) if [*self._titled(str(entry))] == [entry] else str(entry.slug)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What stands for the entry that is chosen, and not what was typed."""
        return self.shown or data

    def _found(self, asked: str) -> tuple[list[Any], bool]:
        """Of that key, address, title, other name or former address; else all whose names hold it, and True.

        The first that finds any.
        """
        for find in (self._of_key, self._at, self._titled, self._called, self._formerly_at):
            if entries := [*find(asked)[:MOST]]:
                return entries, False
        return [*answering(self.entries(), asked)[:MOST]], True

    def _of_key(self, key: str) -> models.QuerySet:
        """That of the key, by which data names entries."""
        try:
            found = UUID(key) if len(key) == LENGTH_OF_A_KEY else None
        except ValueError:
            found = None
        return self.entries().filter(pk=found) if found else self.entries().none()

    def _at(self, address: str) -> models.QuerySet:
        return self.entries().filter(slug=address)

    def _titled(self, title: str) -> models.QuerySet:
        """Those of that title in the language of the page, looked up in the index of titles."""
        entries, language = self.entries(), active_language()
        key = {f"names__{column_in(language, 'sort_key')}": sort_key(title, language)}
        return entries.filter(names__kind=entries.model._meta.model_name, **key)

    def _called(self, name: str) -> models.QuerySet:
        return self.entries().filter(has_name([name])).order_by("pk")

    def _formerly_at(self, address: str) -> models.QuerySet:
        """That which had the address before: questions that were written down go on being understood."""
        return self.entries().filter(pk__in=self._moved_from(address))

    def _moved_from(self, address: str) -> models.QuerySet:
        kind = self.entries().model._meta.model_name
        return OldSlug.objects.filter(kind=kind, slug=address).values("entry_id")


def _why_not(number: int, *, is_part: bool) -> str:
    """Why so many entries are not the one that is meant.

    is_part: whether their names only hold what was typed.
    """
    if not number:
        return "unknown"
    if not is_part:
        return "several"
    return "one_holds" if number == 1 else "several_hold"


class AnyEntryField(NamedEntryField):
    """A box for an entry of any kind, by its name, or by its kind and address: "case/libya-2020"."""

    def name_of(self, entry: Any) -> str:
        """What the box holds for the entry: its name; its kind and address where others have that name."""
        return str(entry) if [*self._titled(str(entry))] == [entry] else address_of(entry)

    def _at(self, address: str) -> models.QuerySet:
        kind, parted, slug = address.partition("/")
        named = {"kind": kind, "slug": slug} if parted else {"slug": address}
        return self.entries().filter(**named).order_by("kind")

    def _moved_from(self, address: str) -> models.QuerySet:
        kind, parted, slug = address.partition("/")
        named = {"kind": kind, "slug": slug} if parted else {"slug": address}
        return OldSlug.objects.filter(**named).values("entry_id")

    def _titled(self, title: str) -> models.QuerySet:
        language = active_language()
        key = {f"names__{column_in(language, 'sort_key')}": sort_key(title, language)}
        return self.entries().filter(names__kind__in=[*kinds()], **key).order_by("kind", "slug")


def address_of(entry: Entry) -> str:
    """What a box understands as this entry and no other: of an entry of any kind, its kind and address."""
    return f"{entry.kind}/{entry.slug}" if type(entry) is Entry else entry.slug


def particulars(entry: Entry) -> list[str]:
    """What tells the entry from others of the same name: its kind, what the kind says, its address."""
    kind = kind_of(entry)
    parts = [capfirst(str(kind._meta.verbose_name))]
    if isinstance(entry, kind):
        parts += [str(_shown(entry, name)) for name in kind.DISTINGUISHED_BY]
    return [one for one in (*parts, entry.slug) if one]


def _shown(entry: Entry, name: str) -> Any:
    in_words = getattr(entry, f"get_{name}_display", None)
    return in_words() if in_words else getattr(entry, name) or ""
