"""Template tags of the forms in which claims stand at their facts."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from sources import facts
from sources.forms import claims_of_fact

register = template.Library()


@register.filter
def is_new(form: Any) -> bool:
    """Whether the row of the form is not saved yet."""
    return bool(form.instance._state.adding)


@register.simple_tag
def claims_of_row(formset: Any, form: Any) -> SafeString:
    """The claims of the row of the form, and the way to add one."""
    about = facts.about_row(formset.model._meta.model_name, form.instance)
    return claims_of_fact(formset.claims.of(about))
