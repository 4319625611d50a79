"""Whatever is pasted into a text field of any form is kept as meant, or refused with the place marked."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.forms import AcceptInvitation
from contributions.form.editable import editable_fields
from contributions.form.forms import AppealForm, CreditForm, MessageForm, ProposalForm
from desk.forms.notes import NoteForm, RetractionForm
from desk.forms.review import CommentForm, StepForm
from desk.forms.saved_filter import FilterForm
from desk.forms.translation import TranslationForm
from publishing.fields.form_fields import LineField, MultilineField
from publishing.fields.invisible import REFUSED
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.policy import public_columns
from publishing.translations.side_by_side import Wording
from tests.factories import an_account

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# What programs and keyboards leave in a text, beside what people write in it.
LEFT = [
    *"\x0b\x0c\x1e\x1f\x7f\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029",
    *"\u202a\u202b\u202c\u202d\u202e\u202f\u2060\u2063\u2066\u2067\u2068\u2069\u2800\u3164\ufeff\ufffc\ufffe\uf0b7\r\n\t",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "👩\u200d👧", "❤\ufe0f", "\U000e0041", "\U000e0100",
]  # fmt: skip
WRITTEN = [
    "e\u0301",
    "c\u0327",
    "أ",
    "ا\u0654",
    "سلام",
    "می\u200cشود",
    "क\u094d\u200dष",
    "truce",
    "«",
    "»",
    "…",
    "(",
    ")",
    "2022",
    "٢",
    " ",
    ".",
    "–",
]
pasted = st.lists(st.sampled_from([*LEFT, *WRITTEN, *WRITTEN]), min_size=1, max_size=25).map("".join)
# What stands for a character with the number of a control; and a bullet, a hyphen.
STAND_INS = frozenset("‘’“”•–—…-")


@pytest.fixture
def fields() -> dict[str, forms.Field]:
    """One text field of each sort that the forms of the site have, by where it was found first."""
    found: dict[tuple[Any, ...], tuple[str, forms.Field]] = {}
    for place, field in fields_of_all_forms():
        if isinstance(field, (LineField, MultilineField)):
            names = tuple(getattr(one, "__qualname__", type(one).__name__) for one in field.validators)
            found.setdefault((type(field), field.max_length, names), (place, field))
    return dict(found.values())


def fields_of_all_forms() -> Iterator[tuple[str, forms.Field]]:
    """The text fields of the public form, the desk, the translation desk, notes, messages and accounts."""
    for kind in kinds().values():
        for name, field in ProposalForm(editable=editable_fields(kind, None, "")).fields.items():
            yield f"public {kind.__name__}.{name}", field
    request = RequestFactory().get("/")
    request.user = an_account()
    for model, options in admin.site._registry.items():
        if options.has_add_permission(request):
            yield from (
                (f"desk {model.__name__}.{name}", one)
                for name, one in options.get_form(request).base_fields.items()
            )
        if issubclass(model, Entry):
            for formset, _of in options.get_formsets_with_inlines(request):
                of = formset.form._meta.model.__name__
                yield from ((f"desk {of}.{name}", one) for name, one in formset.form.base_fields.items())
    for form in (
        NoteForm,
        RetractionForm,
        CommentForm,
        StepForm,
        FilterForm,
        MessageForm,
        AppealForm,
        CreditForm,
        AcceptInvitation,
    ):
        yield from ((f"{form.__name__}.{name}", one) for name, one in form.base_fields.items())
    for column in public_columns(kinds()["case"]):
        if column.name.endswith("_fr"):
            wording = Wording(column.name, "", column.name, column, "en", "", "", "missing", ())
            yield (
                f"translation {column.name}",
                TranslationForm(wordings=[wording], language="fr").fields[f"text:{column.name}"],
            )


def seen(text: str) -> str:
    """The letters, marks, numbers and signs of a text, without those that stand for others."""
    dropped = REFUSED | STAND_INS | {"\ufffc"}
    kept = (one for one in text if unicodedata.category(one)[0] in "LMNPS" and one not in dropped)
    return unicodedata.normalize("NFC", "".join(kept))


def test_there_are_fields_of_every_form(fields: dict[str, forms.Field]) -> None:
    places = {place.partition(" ")[0].partition(".")[0] for place, _field in fields_of_all_forms()}

    assert {"public", "desk", "translation", "NoteForm", "MessageForm", "AcceptInvitation"} <= places
    assert len(fields) > 10


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=pasted)
def test_a_pasted_text_is_kept_as_meant_or_refused_with_the_place_marked(
    fields: dict[str, forms.Field], text: str
) -> None:
    for place, field in fields.items():
        kept, error = _cleaned(field, text)
        if error is not None:
            assert _is_explained(error, text), (place, error.messages)
            continue
        assert seen(kept) == seen(text), place
        assert unicodedata.is_normalized("NFC", kept), place
        assert not {*"\r\x0b\x85\u2028\u200b\u2066\u00ad"} & {*kept}, place
        assert isinstance(field, MultilineField) or not {*"\n\t"} & {*kept}, place
        assert field.clean(kept) == kept, place


def _cleaned(field: forms.Field, text: str) -> tuple[str, ValidationError | None]:
    try:
        return field.clean(text), None
    except ValidationError as error:
        return "", error


def _is_explained(error: ValidationError, text: str) -> bool:
    codes = {one.code for one in error.error_list}
    if "unseen" in codes:
        return any("[U+202" in message for message in error.messages)
    return codes <= {"max_length", "invalid"} or (codes == {"required"} and not seen(text))
