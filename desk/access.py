"""Permissions in parts of the desk where Django's own are not enough."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """An admin that shows rows and never changes them."""

    actions: Any = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only actions write."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only actions write."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only actions delete."""
        return False


class ForModeratorsMixin:
    """An admin for moderators only: those who may decide proposals."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only moderators."""
        return request.user.is_active and request.user.has_perm("publishing.decide_proposal")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the first page of the desk shows it."""
        return self.has_view_permission(request)
