"""The admin of the site's own pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from desk.entry import EntryAdmin
from desk.inlines import language_rows
from portal.models import Page


@admin.register(Page)
class PageAdmin(EntryAdmin):
    """The site's own pages: home, about."""

    list_display = ("titled", "slug", "position", "changed")
    ordering = ("position",)
    fieldsets = (
        EntryAdmin.TITLE,
        (_("The page"), {"fields": [*language_rows("summary", "body"), "position"]}),
        EntryAdmin.VERIFIED,
        EntryAdmin.PUBLISH,
    )
