"""What moderators keep out: words, sites, senders for a while; and how often they want mail."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from contributions.models import BlockedHost, BlockedWord, NoticePreference, SenderBlock
from desk.access import ForModeratorsMixin
from desk.widgets import CleanBoxesMixin


class KeptByModerators(ForModeratorsMixin, CleanBoxesMixin, admin.ModelAdmin):
    """Kept by moderators; each row says who made it."""

    list_per_page = 50
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever sees it."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Note who made it."""
        if not change:
            obj.by = request.user
        super().save_model(request, obj, form, change)


@admin.register(BlockedWord)
class BlockedWordAdmin(KeptByModerators):
    """Words that no contribution may hold."""

    list_display = ("word", "by", "made_at")
    fields = ("word",)
    search_fields = ("word",)


@admin.register(BlockedHost)
class BlockedHostAdmin(KeptByModerators):
    """Sites that no contribution may point to."""

    list_display = ("host", "by", "made_at")
    fields = ("host",)
    search_fields = ("host",)


@admin.register(SenderBlock)
class MuteAdmin(KeptByModerators):
    """Senders and accounts of which nothing is taken for a while; a sender is paused from the queue."""

    list_display = ("whom", "until", "why", "by", "made_at")
    list_select_related = ("account", "by")
    fields = ("account", "until", "why")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of a sender's pause only until when and why."""
        return ("until", "why") if obj is not None and obj.sender else self.fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A pause that is added here is of an account."""
        form = super().get_form(request, obj, change, **kwargs)
        if "account" in form.base_fields:
            form.base_fields["account"].required = True
        return form

    @admin.display(description=gettext_lazy("whom"))
    def whom(self, block: SenderBlock) -> str:
        """The account, or the beginning of what stands for the sender."""
        return str(block.account) if block.account else block.sender[:6]


@admin.register(NoticePreference)
class NoticePreferenceAdmin(KeptByModerators):
    """How often one is told by mail; each moderator has their own row and sees no other."""

    list_display = ("account", "notices")
    fields = ("notices",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """One's own."""
        return super().get_queryset(request).filter(account=request.user.pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Once."""
        return super().has_add_permission(request) and not self.get_queryset(request).exists()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """It is one's own."""
        obj.account = request.user
        super(KeptByModerators, self).save_model(request, obj, form, change)
