"""What the desk's own pages show: panels of what to do now, and lists as people keep them."""

from typing import Any

from django import template
from django.db.models import Q

from desk import panels
from desk.hooks import Panel
from publishing.languages import language_names
from publishing.models import SavedFilter
from publishing.people import display_name

register = template.Library()


@register.simple_tag
def desk_panels(user: Any) -> list[Panel]:
    """What the person should do now."""
    return panels.panels_for(user)


@register.filter
def at(things: dict[str, Any], name: str) -> Any:
    """What stands there under the name."""
    return things[name]


register.filter("called", display_name)
register.filter("languages_in_words", language_names)


@register.simple_tag
def saved_filters(user: Any, list_name: str) -> list[tuple[SavedFilter, bool]]:
    """Those for this list, the own ones and those that others share; and whether each is one of the own."""
    own_or_shared = Q(by=user.pk) | Q(is_shared=True)
    found = SavedFilter.objects.filter(own_or_shared, list_name=list_name).select_related("by")
    return [(one, one.by == user) for one in found]
