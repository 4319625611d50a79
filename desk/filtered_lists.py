"""The list of the desk from which a person came, as they had filtered it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import SuspiciousOperation
from django.db import models
from django.http import HttpRequest, QueryDict

from desk.addresses import filters_in
from publishing.requests import replayed


def filters_of_list(request: HttpRequest) -> QueryDict:
    """The active filters, without the number of the page."""
    filters = QueryDict(filters_in(request), mutable=True)
    filters.pop(PAGE_VAR, None)
    return filters


def filtered_list(request: HttpRequest, model: type[models.Model]) -> models.QuerySet | None:
    """The rows of the list of this model; None where it had no filters, or wrong ones."""
    filters, pages = filters_of_list(request), admin.site.get_model_admin(model)
    try:
        listed: Any = pages.get_changelist_instance(replayed(request, query=filters)) if filters else None
    except (IncorrectLookupParameters, SuspiciousOperation):
        return None
    return listed.queryset if listed else None
