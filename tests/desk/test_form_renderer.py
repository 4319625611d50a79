"""Errors of forms become the HTML that Django makes of them; no errors become nothing without a template."""

import pytest
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.forms.utils import ErrorList

from config.form_renderer import FormRenderer


@pytest.mark.parametrize("errors", [[], ["It is too long."], ["One <b>.", "Two."]])
@pytest.mark.parametrize("way", ["as_ul", "as_text", "__str__"])
def test_errors_look_as_django_shows_them(errors: list[str], way: str) -> None:
    ours, djangos = (ErrorList(errors, renderer=one()) for one in (FormRenderer, DjangoTemplates))

    assert getattr(ours, way)() == getattr(djangos, way)()


def test_no_errors_ask_for_no_template(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(get_default_renderer(), FormRenderer)
    monkeypatch.setattr(DjangoTemplates, "render", lambda *_args: pytest.fail("A template was asked for."))

    assert ErrorList(renderer=get_default_renderer()).as_ul() == ""
