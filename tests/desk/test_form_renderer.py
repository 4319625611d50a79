"""Forms become the HTML that Django's templates make of them, mostly without a template."""

import datetime
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.forms.utils import ErrorList
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from config.form_renderer import SHOWN, FormRenderer

HOSTILE = "\"'><script>alert(1)</script>&amp; {{ 7 }} ‏«نص»"
VALUES = [
    None,
    "",
    "plain",
    HOSTILE,
    mark_safe("<b>safe</b>"),
    0,
    1234567,
    True,
    False,
    datetime.date(2020, 1, 2),
]
ATTRIBUTES: dict[str, Any] = {
    "id": "id_x", "required": True, "disabled": False, "maxlength": 12345, "title": HOSTILE, "data-x": None,
    "aria-label": gettext_lazy("Source"), "placeholder": mark_safe("a&nbsp;b"), HOSTILE: "x",
}  # fmt: skip
CHOICES = [
    ("", "---------"), ("a", HOSTILE), (1234567, 1234567), (None, gettext_lazy("Source")),
    (HOSTILE, [("b", "In a group"), (2, mark_safe("<i>2</i>"))]), ("", []),
]  # fmt: skip
WIDGETS: list[forms.Widget] = [
    forms.TextInput(), forms.HiddenInput(), forms.NumberInput(), forms.EmailInput(), forms.URLInput(),
    forms.CheckboxInput(), forms.DateInput(), forms.TimeInput(), forms.DateTimeInput(), forms.Textarea(),
    forms.Select(choices=CHOICES), forms.SelectMultiple(choices=CHOICES), forms.Select(),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
def test_a_widget_looks_as_django_shows_it(widget: forms.Widget, language: str) -> None:
    for value in VALUES:
        for attributes in ({}, ATTRIBUTES):
            for name in ("x", HOSTILE):
                with override(language):
                    ours, djangos = (
                        widget.render(name, value, attributes, renderer=one())
                        for one in (FormRenderer, DjangoTemplates)
                    )

                assert ours == djangos


@pytest.mark.parametrize(
    "label", ["Source", HOSTILE, mark_safe("<b>Source</b>"), gettext_lazy("Source"), 12345]
)
@pytest.mark.parametrize("attributes", [None, {}, ATTRIBUTES])
@pytest.mark.parametrize("tag", ["label", "legend", None])
def test_a_label_looks_as_django_shows_it(label: Any, attributes: Any, tag: str | None) -> None:
    context = {
        "field": None,
        "label": label,
        "attrs": attributes,
        "use_tag": bool(tag),
        "tag": tag or "label",
    }

    ours, djangos = (
        one().render("django/forms/label.html", context) for one in (FormRenderer, DjangoTemplates)
    )

    assert ours == djangos


@pytest.mark.parametrize("errors", [[], ["It is too long."], ["One <b>.", "Two."]])
@pytest.mark.parametrize("way", ["as_ul", "as_text", "__str__"])
def test_errors_look_as_django_shows_them(errors: list[str], way: str) -> None:
    ours, djangos = (ErrorList(errors, renderer=one()) for one in (FormRenderer, DjangoTemplates))

    assert getattr(ours, way)() == getattr(djangos, way)()


def test_no_template_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = get_default_renderer()
    assert isinstance(renderer, FormRenderer)
    monkeypatch.setattr(DjangoTemplates, "render", lambda *_args: pytest.fail("A template was asked for."))

    assert ErrorList(renderer=renderer).as_ul() == ""
    assert {*SHOWN} >= {widget.template_name for widget in WIDGETS}
    for widget in WIDGETS:
        assert widget.render("x", "y", renderer=renderer)
