"""How forms become HTML: as Django's templates make it, and the simple widgets without a template.

A page of the desk has hundreds of boxes and labels, and the templates of these took a third of its time.
"""

import html
from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

ERRORS = "django/forms/errors/list/"
INPUTS = ("text", "hidden", "number", "email", "url", "checkbox", "date", "time", "datetime")


class FormRenderer(DjangoTemplates):
    """Django's own, with functions in place of the templates that are needed most."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """The HTML; nothing for an empty list of errors."""
        if template_name.startswith(ERRORS) and not context["errors"]:
            return ""
        if show := SHOWN.get(template_name):
            return SafeString(show(context).strip())
        return super().render(template_name, context, request)


def _input(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{_as_text(widget["value"])}"'
    kind, name = _escaped(widget["type"]), _escaped(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def _textarea(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    name, value = _escaped(widget["name"]), _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{name}"{_attributes(widget["attrs"])}>\n{value}</textarea>'


def _select(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    groups = "".join(_group(name, options) for name, options, _number in widget["optgroups"])
    name = _escaped(widget["name"])
    return f'<select name="{name}"{_attributes(widget["attrs"])}>{groups}\n</select>'


def _group(name: Any, options: list[dict[str, Any]]) -> str:
    lines = "".join(f"\n  {_option(option)}\n" for option in options)
    return f'\n  <optgroup label="{_shown(name)}">{lines}\n  </optgroup>' if name else lines


def _option(option: Mapping[str, Any]) -> str:
    return (
        f'<option value="{_as_text(option["value"])}"{_attributes(option["attrs"])}>'
        f"{_shown(option['label'])}</option>"
    )


def _label(context: Mapping[str, Any]) -> str:
    label = _shown(context["label"])
    if not context["use_tag"]:
        return label
    tag = _escaped(context["tag"])
    return f"<{tag}{_attributes(context['attrs'] or {})}>{label}</{tag}>"


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_as_text(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    """As `conditional_escape`, which takes longer, since it asks of each plain text what else it might be."""
    return html.escape(value) if type(value) is str else conditional_escape(value)


def _as_text(value: Any) -> str:
    """As the filter `stringformat:"s"`: numbers are not written as the language writes them."""
    return _escaped(value if isinstance(value, str) else str(value))


def _shown(value: Any) -> str:
    """As a template shows it."""
    return _escaped(localize(value))


SHOWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/label.html": _label,
}
