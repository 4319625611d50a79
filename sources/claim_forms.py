"""The claims in the form of an entry."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.added_rows import LOOK, PUT
from desk.inlines import MAX_ROWS, RowFormSet
from desk.opened_rows import OPEN, ClosedRow, stored_first
from desk.positions import POSITION, leave_out
from desk.row_keys import deleted_keys, new_rows
from desk.typed_names import ASKED, NAMED
from desk.widgets import SharedChoices
from publishing.languages import columns_of_text
from publishing.numbers import parse_number
from sources import facts
from sources.claims_at_facts import line_of
from sources.filters_of_claims import ClaimFilter
from sources.models import Claim
from sources.vocabulary import Confidence

# What the button `OPEN` asks of the claims, before the fact or the claim that it is about: a new claim of the
# fact; the source and the place of the claim before, for the claim with that number.
NEW, SAME = "new:", "same:"
# What it asks where all lines of the list are wanted, and the parameter of a request for those alone that the
# list does not begin with.
ALL_LINES, LINES = "lines:", "lines"
READS_PASTED = frozenset({LOOK, PUT})
# With so many lines the list begins.
MOST_CLOSED = 30
# The source is chosen, or only typed.
SOURCE = ("source", f"source-{NAMED}")


@dataclass(frozen=True)
class ClosedClaim(ClosedRow):
    """The line of a claim. marks: what the script filters it by."""

    marks: str = ""


class ClaimForm(forms.ModelForm):
    """A claim; without a source it is of low confidence, and has to say what still needs one."""

    def clean(self) -> dict[str, Any]:
        """Set the confidence; refuse a claim that says nothing."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("source") or "source" in self.errors:
            return cleaned
        if cleaned.get("confidence") == Confidence.MEDIUM:
            cleaned["confidence"] = Confidence.LOW
        texts = (*columns_of_text("value"), *columns_of_text("remark"))
        is_reminder = bool(cleaned.get("about")) and not self.instance._state.adding
        if not is_reminder and not any(cleaned.get(name) for name in texts):
            self.add_error("source", _("Choose the source, or write what still needs one."))
        return cleaned


class ClaimFormSet(RowFormSet):
    """The claims of an entry; what they are about is chosen among its facts and rows."""

    # The other formsets of the same form, by the kind of their rows.
    beside: Mapping[str, Any] | None = None
    # What the address asks of the list.
    asked: Mapping[str, Any] = {}

    def know(self, beside: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
        """What the formset is told after all of the form are made; only then what was pasted is read."""
        self.beside, self.asked = beside, asked
        for pressed in self._sent.getlist(OPEN) if self.data else ():
            verb, _colon, on = pressed.partition(":")
            if verb in READS_PASTED:
                self.press(verb, on)

    def press(self, verb: str, on: str) -> None:
        """As in other formsets; but what was pasted may name rows that stand beside."""
        if verb not in READS_PASTED or self.beside is not None:
            super().press(verb, on)

    @cached_property
    def _facts(self) -> list[Any]:
        # Also that of a draft, which is in the tables while its form is shown.
        entry = None if self.instance._state.adding else self.instance
        if self.beside is None:
            return facts.choices(entry, type(self.instance))
        stored = {kind: formset.every_row for kind, formset in self.beside.items()}
        known = facts.choices(entry, type(self.instance), stored)
        new = [*_choices_of_new(self.beside)]
        return [*known, (_("New rows"), new)] if new else known

    def in_words(self, row: Claim) -> str:
        """The fact, what the source says of it, and the source."""
        fact = self._names_of_facts.get(row.about) or facts.label(type(self.instance), row.about)
        return f"{fact}: {row.get_stance_display().lower()} · {line_of(row).words}"

    @cached_property
    def _names_of_facts(self) -> dict[str, str]:
        return {value: label for _group, options in self._facts[1:] for value, label in options}

    def add_fields(self, form: Any, index: int | None) -> None:
        """Offer the facts and rows; keep the current value even if its row is gone."""
        super().add_fields(form, index)
        about = form.fields["about"]
        form.fields["about"] = forms.ChoiceField(
            # A callable: read only when the claim is shown or validated; unchanged claims are not.
            choices=partial(self._choices_beside, form.instance.about),
            required=False,
            label=about.label,
            help_text=about.help_text,
            widget=SharedChoices,
            error_messages={
                "invalid_choice": gettext_lazy("What this source speaks of is empty, or no longer there.")
            },
        )

    def _choices_beside(self, current: str) -> list[Any]:
        known = {value for _group, options in self._facts[1:] for value, _label in options}
        missing = [(current, _("(no longer there)"))] if current and current not in known else []
        return [*self._facts, *missing]

    # --- the list of those that are not opened ----------------------------------------------

    @cached_property
    def filter(self) -> ClaimFilter:
        """What the list is filtered by, and by what it can be: of rows, by their kind."""
        kind = type(self.instance)
        return ClaimFilter(
            self.every_row,
            lambda claim: facts.label(kind, claim.about),
            self.data if self.is_bound else self.asked,
        )

    @cached_property
    def beyond(self) -> frozenset[UUID]:
        """The claims with which the list does not begin."""
        is_whole = bool(self.data) and f"{ALL_LINES}{self.prefix}" in self._sent.getlist(OPEN)
        return frozenset(() if is_whole else (claim.pk for claim in self.every_row[MOST_CLOSED:]))

    @cached_property
    def _found(self) -> list[Claim]:
        """Those without boxes that answer the filter."""
        opened = {form.instance.pk for form in self.initial_forms}
        closed = (claim for claim in self.every_row if claim.pk not in opened)
        return [one for one in closed if self.filter.shows(one.pk, partial(self.in_words, one))]

    @cached_property
    def closed_rows(self) -> list[ClosedRow]:
        """The lines with which the list begins; of a filtered one, the first that answer."""
        if self.filter.is_asked:
            return self._lines(self._found[: MOST_CLOSED if self.beyond else None])
        return self._lines(one for one in self._found if one.pk not in self.beyond)

    @property
    def further(self) -> int:
        """How many lines more there are."""
        return len(self._found) - len(self.closed_rows)

    @property
    def lines_beyond(self) -> list[ClosedRow]:
        """The lines that answer the filter, of those with which the list does not begin."""
        return self._lines(one for one in self._found if one.pk in self.beyond)

    def _lines(self, claims: Iterable[Claim]) -> list[ClosedRow]:
        marks = self.filter.marks
        return [ClosedClaim(one.pk, self.in_words(one), marks=marks(one.pk)) for one in claims]

    # --- without a script: what a button asks for -------------------------------------------

    def _add_opened(self) -> None:
        """Also leave out what was added and removed again, and do what a button asks of the claims."""
        if not self.data:
            return
        _leave_out_removed(self._sent, str(self.prefix))
        super()._add_opened()
        for asked in self._sent.getlist(OPEN):
            for prefix, act in _ASKED.items():
                if asked.startswith(prefix):
                    act(self, asked.removeprefix(prefix))

    @property
    def _sent(self) -> QueryDict:
        return cast(QueryDict, self.data)

    def _begin(self, about: str) -> None:
        """One more claim, of the fact."""
        total = parse_number(self._sent.get(f"{self.prefix}-TOTAL_FORMS", ""), max_digits=4)
        if total is None:
            return
        blank = self.form(prefix=f"{self.prefix}-{total}")
        for bound in blank:
            value = bound.value()
            self._sent[bound.html_name] = "" if value is None else str(value)
        self._sent[f"{self.prefix}-{total}-about"] = about
        self._sent[f"{self.prefix}-{total}-{POSITION}"] = ""
        self._sent[f"{self.prefix}-TOTAL_FORMS"] = str(total + 1)

    def _repeat(self, name: str) -> None:
        """Give the claim the source and the place of the one before it that has a source."""
        number = parse_number(name.removeprefix(f"{self.prefix}-"), max_digits=4)
        for before in reversed(range(number or 0)):
            if any(self._sent.get(f"{self.prefix}-{before}-{box}") for box in SOURCE):
                for box in (*SOURCE, f"source-{ASKED}", "locator"):
                    self._sent[f"{self.prefix}-{number}-{box}"] = self._sent.get(
                        f"{self.prefix}-{before}-{box}", ""
                    )
                return


_ASKED: dict[str, Callable[[ClaimFormSet, str], None]] = {
    NEW: ClaimFormSet._begin,
    SAME: ClaimFormSet._repeat,
}


def _choices_of_new(beside: Mapping[str, Any]) -> Any:
    """What a claim says of each row that the same save makes, and what the row is called."""
    for kind, formset in beside.items():
        for form in new_rows(formset):
            yield facts.about_row(kind, form.instance), _name_of_new(form)


def _name_of_new(form: Any) -> str:
    try:
        return str(form.instance)[:90]
    except ObjectDoesNotExist:
        # What would name it is not chosen yet.
        return capfirst(str(form.instance._meta.verbose_name))


def _leave_out_removed(data: QueryDict, prefix: str) -> None:
    """Forget the new rows that were removed again before the form was sent."""
    total = parse_number(data.get(f"{prefix}-TOTAL_FORMS", ""), max_digits=4) or 0
    sent = {name.removeprefix(f"{prefix}-").partition("-")[0] for name in data if name.startswith(prefix)}
    # A button may bring back a row that is to go.
    gone = frozenset() if OPEN in data else deleted_keys(data)
    removed = [
        number
        for number in range(min(total, MAX_ROWS))
        # Also one that goes with the row that it was about.
        if str(number) not in sent
        or (
            not data.get(f"{prefix}-{number}-id")
            and (
                data.get(f"{prefix}-{number}-DELETE")
                or data.get(f"{prefix}-{number}-about", "").partition("/")[2] in gone
            )
        )
    ]
    for number in reversed(removed):
        _leave_out(data, prefix, number, total)
        total -= 1
    if removed:
        data[f"{prefix}-TOTAL_FORMS"] = str(total)
        stored_first(data, prefix)


def _leave_out(data: QueryDict, prefix: str, number: int, total: int) -> None:
    """Forget the row with that number; the last one takes its place."""
    gone, last = f"{prefix}-{number}-", f"{prefix}-{total - 1}-"
    for name in [name for name in data if name.startswith(gone)]:
        del data[name]
    if gone != last:
        for name in [name for name in data if name.startswith(last)]:
            data.setlist(gone + name.removeprefix(last), data.getlist(name))
            del data[name]
    leave_out(data, prefix, number, last=total - 1)
