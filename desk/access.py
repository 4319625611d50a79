"""Who may do what in a part of the desk, where the stock rights are not what is meant."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """What is read here, and never written."""

    actions: Any = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only actions write."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only actions write."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing here is ever deleted."""
        return False


class ForModeratorsMixin:
    """What moderators see, and nobody else: whoever may decide proposals."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Moderators alone."""
        return request.user.is_active and request.user.has_perm("publishing.decide_proposal")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """They find it on the desk's first page."""
        return self.has_view_permission(request)
