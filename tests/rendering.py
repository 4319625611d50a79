"""Answers without their pages, where a test asks for the answer alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.template.response import SimpleTemplateResponse


@contextmanager
def without_contexts() -> Iterator[None]:
    """Nothing is kept of what templates were given: of each part of each page, a client of tests keeps a copy."""
    with patch("django.test.client.store_rendered_templates", lambda *_signal, **_told: None):
        yield


@contextmanager
def without_html() -> Iterator[None]:
    """Pages stay empty; whatever leads up to them is done."""
    with patch.object(SimpleTemplateResponse, "rendered_content", ""):
        yield
