"""Answers without their pages, where a test asks for the answer alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.template.response import SimpleTemplateResponse


@contextmanager
def without_html() -> Iterator[None]:
    """Pages stay empty; whatever leads up to them is done."""
    with patch.object(SimpleTemplateResponse, "rendered_content", ""):
        yield
