"""The admin of blocked words, sites and senders, and of the moderators' mail preferences."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from contributions.models import BlockedHost, BlockedWord, NoticePreference, SenderBlock
from desk.access import ForModeratorsMixin
from desk.widgets import CleanBoxesMixin


class ModeratorListAdmin(ForModeratorsMixin, CleanBoxesMixin, admin.ModelAdmin):
    """A list that moderators maintain; each row records who added it."""

    list_per_page = 50
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """All who can see the list."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """All who can see the list."""
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """All who can see the list."""
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Record who added it."""
        if not change:
            obj.by = request.user
        super().save_model(request, obj, form, change)


@admin.register(BlockedWord)
class BlockedWordAdmin(ModeratorListAdmin):
    """Words that no contribution may hold."""

    list_display = ("word", "by", "made_at")
    fields = ("word",)
    search_fields = ("word",)


@admin.register(BlockedHost)
class BlockedHostAdmin(ModeratorListAdmin):
    """Sites that no contribution may point to."""

    list_display = ("host", "by", "made_at")
    fields = ("host",)
    search_fields = ("host",)


@admin.register(SenderBlock)
class SenderBlockAdmin(ModeratorListAdmin):
    """Senders and accounts whose proposals are refused for a while; senders are blocked from the queue."""

    list_display = ("blocked", "until", "why", "by", "made_at")
    list_select_related = ("account", "by")
    fields = ("account", "until", "why")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """For the block of a sender, only until when and why."""
        return ("until", "why") if obj is not None and obj.sender else self.fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A block that is added here is always of an account."""
        form = super().get_form(request, obj, change, **kwargs)
        if "account" in form.base_fields:
            form.base_fields["account"].required = True
        return form

    @admin.display(description=gettext_lazy("whom"))
    def blocked(self, block: SenderBlock) -> str:
        """The account, or the start of the sender's digest."""
        return str(block.account) if block.account else block.sender[:6]


@admin.register(NoticePreference)
class NoticePreferenceAdmin(ModeratorListAdmin):
    """How often a moderator gets mail; each moderator sees only their own row."""

    list_display = ("account", "notices")
    fields = ("notices",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Only the row of the signed-in moderator."""
        return super().get_queryset(request).filter(account=request.user.pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only if there is no row yet."""
        return super().has_add_permission(request) and not self.get_queryset(request).exists()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save it for the signed-in moderator."""
        obj.account = request.user
        super(ModeratorListAdmin, self).save_model(request, obj, form, change)
