"""What the desk's own pages show: panels of what to do now, and saved filters."""

from typing import Any

from django import template
from django.db.models import Q

from desk import panels
from desk.first_hour import first_hour
from desk.hooks import Panel
from publishing.languages import language_names
from publishing.models import SavedFilter
from publishing.people import display_name

register = template.Library()


@register.simple_tag
def desk_panels(user: Any) -> dict[str, list[Panel]]:
    """The panels of what the person should do now, as `to_do`, and those that only tell, as `news`."""
    found = panels.panels_for(user)
    return {
        "to_do": [panel for panel in found if not panel.is_news],
        "news": [panel for panel in found if panel.is_news],
    }


register.simple_tag(first_hour, name="first_hour")


@register.simple_tag
def worker_state(user: Any) -> panels.WorkerState | None:
    """For administrators, when the worker last ran."""
    return panels.worker_state(user)


@register.simple_tag
def heads_state(user: Any) -> panels.WorkerState | None:
    """For administrators, that the head of the chain is not signed."""
    return panels.heads_state(user)


@register.simple_tag
def rows_of_form(inlines: Any) -> str:
    """The prefix of each formset of a form, with the kind of its rows, for the script."""
    return " ".join(f"{one.formset.prefix}:{one.formset.model._meta.model_name}" for one in inlines)


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    """The value of the key in a dictionary."""
    return mapping[key]


register.filter("called", display_name)
register.filter("languages_in_words", language_names)


@register.simple_tag
def saved_filters(user: Any, list_name: str) -> list[tuple[SavedFilter, bool]]:
    """The person's own filters of the list and those that others share, each with whether it is their own."""
    own_or_shared = Q(by=user.pk) | Q(is_shared=True)
    found = SavedFilter.objects.filter(own_or_shared, list_name=list_name).select_related("by")
    return [(saved, saved.by == user) for saved in found]
