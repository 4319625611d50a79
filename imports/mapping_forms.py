"""The forms of mappings: a new one with its sample, and which column of the sample says what."""

import tomllib
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case
from cases.vocabulary import PartyRole
from imports.forms import DatasetField
from imports.mapping_boxes import UNDECIDED, boxes_of, roles_in, rules_in
from imports.models import Mapping
from imports.samples import Sample
from imports.schemes.mapped import CODES, DATES, InvalidMapping, scheme_of
from imports.schemes.toml import as_toml
from imports.schemes.toml_comments import comments_of
from imports.values import DAY, MONTH
from publishing.fields.columns import refuse_invisible
from publishing.languages import PAGE_LANGUAGES, language_names

# In a box with more columns to choose from, names are typed.
MOST_TO_CHOOSE_FROM = 60
MOST_IN_A_CHOICE = 32
NO_WORD = ""
WAYS_TO_A_COUNTRY = (
    ("name", gettext_lazy("by its name")),
    ("iso", gettext_lazy("by its ISO code")),
    ("gw", gettext_lazy("by its number of Gleditsch and Ward")),
)


WHAT_COMES_FIRST = (
    ("", gettext_lazy("Not chosen yet: noted on its row")),
    (DAY, gettext_lazy("The day comes first")),
    (MONTH, gettext_lazy("The month comes first")),
)


class NewMappingForm(forms.ModelForm):
    """The name of a mapping and a table to make it by."""

    file = DatasetField(label=gettext_lazy("A sample, or the whole table"))

    class Meta:
        model = Mapping
        fields = ("name",)
        help_texts = {
            "name": gettext_lazy("Short, in Latin letters: it stands in addresses, as in my-dataset.")
        }


class SampleForm(forms.Form):
    """Another sample for a mapping; it stands beside the boxes, which are sent without one, too."""

    use_required_attribute = False

    file = DatasetField(label=gettext_lazy("Another sample"))


class MappingForm(forms.Form):
    """Which column says what, and which code is which word; `rules` has it as it is kept.

    boxes: shown as they were sent, in place of the rules.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        sample: Sample,
        rules: str = "",
        name: str = "",
        boxes: dict[str, Any] | None = None,
    ) -> None:
        self.sample, self.name, self._kept = sample, name, rules
        initial = boxes or (boxes_of(tomllib.loads(rules)) if rules else {})
        super().__init__(data, initial=initial)
        self.asked = data if data is not None else initial
        self.roles = range(max(roles_in(initial), roles_in(self.asked)))
        self._add_columns()
        self._add_codes()
        self._add_others()

    # --- boxes -----------------------------------------------------------------------------------

    def _add_columns(self) -> None:
        self._column(
            "number",
            _("Number of the record"),
            _("By it another import finds the record again."),
            required=True,
        )
        for language in PAGE_LANGUAGES:
            self._column(
                f"title:{language}", _("Title (%(language)s)") % {"language": language_names(language)}
            )
        for name in DATES:
            self._column(name, _label(name), _("A whole date, or its year."))
            self._column(f"{name}:month", _("Month"))
            self._column(f"{name}:day", _("Day"))
        self.fields["first"] = forms.ChoiceField(
            label=_("Dates like 03/10/2022"), choices=WHAT_COMES_FIRST, required=False
        )
        self._column("country", _label("countries"))
        self.fields["by"] = forms.ChoiceField(
            label=_("How it is found"), choices=WAYS_TO_A_COUNTRY, required=False
        )
        self._column("parties", _("Who agreed"))
        used = {boxes.get(f"role:{number}") for boxes in (self.initial, self.asked) for number in self.roles}
        # Who signed has a box of its own, but was also a role in rules that somebody wrote by hand.
        hidden = {PartyRole.SIGNATORY.value} - used
        roles = [("", "---------"), *(one for one in PartyRole.choices if one[0] not in hidden)]
        for number in self.roles:
            self.fields[f"role:{number}"] = forms.ChoiceField(label=_("Role"), choices=roles, required=False)
            self._column(f"role:{number}:column", _("Actors in this role"))

    def _add_codes(self) -> None:
        """For each column of codes the codes that the sample has, or that were said before, and one more."""
        for name in CODES:
            self._column(name, _label(name))
            words = [*_words(name)]
            choices = [
                (UNDECIDED, _("Not chosen yet: noted on its row")),
                (NO_WORD, _("The casebook has no word for it")),
                *words,
            ]
            known = (key.split(":", 2)[2] for key in self.asked if key.startswith(f"word:{name}:"))
            for code in dict.fromkeys([*self.sample.codes(str(self.asked.get(name, ""))), *known]):
                field = forms.ChoiceField(label=code, choices=choices, required=False, initial=UNDECIDED)
                self.fields[f"word:{name}:{code}"] = field
            self.fields[f"more:{name}"] = forms.CharField(
                label=_("Another code"), required=False, max_length=60, validators=[refuse_invisible]
            )
            self.fields[f"more:{name}:word"] = forms.ChoiceField(
                label=_("Its word"), choices=choices[1:], required=False
            )

    def _add_others(self) -> None:
        box = forms.MultipleChoiceField(
            label=_("Said of the case as a whole"),
            choices=[(one, one) for one in self._named],
            required=False,
            help_text=_("Several can be chosen."),
        )
        box.widget.attrs["size"] = min(8, max(2, len(box.choices)))  # type: ignore[arg-type]
        self.fields["said"] = box
        self._text(
            "separator", _("What separates several actors in a cell"), _("If left empty, a semicolon."), 5
        )
        # Spaces may be what parts them.
        self.fields["separator"].strip = False  # type: ignore[attr-defined]
        self._text(
            "missing",
            _("Values that mean “nothing”"),
            _("A line for each, as in -99. Empty cells, NA, -1 and the like need none."),
            400,
            forms.Textarea({"rows": 3}),
        )
        self._text("locator", _("What comes before the number in a citation"), "", 30)
        self._text(
            "known_until",
            _("Last day that the dataset knows of"),
            _("As in 2021-12-31: of what holds, it says so as of that day."),
            10,
        )

    def _column(self, name: str, label: Any, help_text: Any = "", *, required: bool = False) -> None:
        is_long = len(self._named) > MOST_TO_CHOOSE_FROM
        attrs = {"list": "columns-of-the-sample", "autocomplete": "off", "dir": "auto"}
        widget = forms.TextInput(attrs) if is_long else forms.Select()
        self.fields[name] = forms.ChoiceField(
            label=capfirst(str(label)),
            help_text=help_text,
            required=required,
            choices=self._choices,
            widget=widget,
        )

    def _text(self, name: str, label: str, help_text: str, most: int, widget: Any = None) -> None:
        self.fields[name] = forms.CharField(
            label=label, help_text=help_text, required=False, max_length=most, widget=widget
        )

    @cached_property
    def _choices(self) -> list[tuple[str, str]]:
        """The columns with their first values, made once for all boxes."""
        return [("", "---------"), *((one, self._shown(one)) for one in self._named)]

    @cached_property
    def _named(self) -> list[str]:
        """The columns of the sample, and those that the rules name and the sample lacks."""
        told = sorted(filter(None, (self.initial.get(name) for name in self._of_columns)))
        return [
            one for one in dict.fromkeys([*self.sample.columns, *told, *self.initial.get("said", ())]) if one
        ]

    def _shown(self, column: str) -> str:
        first = next(iter(self.sample.values(column)), "")
        return f"{column} — {first}"[:MOST_IN_A_CHOICE] if first else column[:MOST_IN_A_CHOICE]

    # --- what the page shows -----------------------------------------------------------------------

    @property
    def columns(self) -> Iterator[dict[str, Any]]:
        """Each column of the sample: its first values, and what it becomes."""
        becomes: dict[str, list[str]] = {}
        for name, field in self.fields.items():
            chosen = self.asked.getlist(name) if hasattr(self.asked, "getlist") else self.asked.get(name)
            several = chosen if isinstance(chosen, list) else [chosen]
            if isinstance(field, forms.MultipleChoiceField) or name in self._of_columns:
                for one in several:
                    becomes.setdefault(str(one), []).append(str(field.label))
        for column in self._named:
            values = self.sample.values(column)[:3]
            yield {"name": column, "values": values, "becomes": becomes.get(column, [])}

    @cached_property
    def _of_columns(self) -> set[str]:
        titles = [f"title:{language}" for language in PAGE_LANGUAGES]
        dates = [f"{name}{part}" for name in DATES for part in ("", ":month", ":day")]
        roles = [f"role:{number}:column" for number in self.roles]
        return {"number", "country", "parties", *titles, *dates, *CODES, *roles}

    def parts(self) -> Iterator[tuple[str, str, list[Any]]]:
        """The parts of the form: their names, what each is about, and their rows of boxes."""
        titles = [self[f"title:{language}"] for language in PAGE_LANGUAGES]
        yield "names", _("Number and title"), [[self["number"], self["locator"]], titles]
        yield (
            "dates",
            _("Dates"),
            [
                *([self[name], self[f"{name}:month"], self[f"{name}:day"]] for name in DATES),
                [self["first"]],
            ],
        )
        roles = [[self[f"role:{number}"], self[f"role:{number}:column"]] for number in self.roles]
        yield (
            "actors",
            _("Places and actors"),
            [[self["country"], self["by"]], [self["parties"], self["separator"]], *roles],
        )
        yield "others", _("Everything else"), [[self["said"], self["missing"], self["known_until"]]]

    def codes(self) -> Iterator[dict[str, Any]]:
        """The columns of codes, each with its codes, the box for one more, and that one's word."""
        for name in CODES:
            words = [self[key] for key in self.fields if key.startswith(f"word:{name}:")]
            yield {
                "column": self[name],
                "words": words,
                "more": [self[f"more:{name}"], self[f"more:{name}:word"]],
            }

    # --- what is kept --------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """With `rules`, as TOML; refuses those that nobody could follow."""
        cleaned = super().clean() or self.cleaned_data
        # A code whose box the page did not have yet.
        cleaned |= {key: UNDECIDED for key in cleaned if key.startswith("word:") and key not in self.data}
        for name in DATES:
            if not cleaned.get(name) and (cleaned.get(f"{name}:month") or cleaned.get(f"{name}:day")):
                self.add_error(name, _("Say which column has the year."))
        roles = [cleaned.get(f"role:{number}") for number in self.roles]
        for number in self.roles:
            if bool(roles[number]) != bool(cleaned.get(f"role:{number}:column")):
                self.add_error(f"role:{number}", _("Choose both, the role and its column."))
            elif roles[number] and roles[number] in roles[:number]:
                self.add_error(f"role:{number}", _("Choose each role once."))
        if self.errors:
            return cleaned
        cleaned["rules"] = as_toml(rules_in(cleaned), comments_of(self._kept))
        try:
            cleaned["scheme"] = scheme_of(self.name, cleaned["rules"])
        except InvalidMapping as error:
            raise ValidationError(str(error)) from error
        return cleaned


def _label(name: str) -> str:
    return str(getattr(Case._meta.get_field(name), "verbose_name", name))


def _words(name: str) -> Iterator[tuple[str, str]]:
    for code, label in getattr(Case._meta.get_field(name), "choices", None) or ():
        yield code, str(label)
