"""How forms become HTML."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

ERRORS = "django/forms/errors/list/"


class FormRenderer(DjangoTemplates):
    """Django's own; no template for no errors, which a page of the desk would ask for five hundred times."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """The HTML; nothing for an empty list of errors."""
        if template_name.startswith(ERRORS) and not context["errors"]:
            return ""
        return super().render(template_name, context, request)
