"""The admin of pictures."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from desk.entry import EntryAdmin
from desk.inlines import language_rows
from publishing import snapshots
from sources.admin.sourced import SourcedEntryAdmin
from sources.forms import ImageForm
from sources.models import Image


@admin.register(Image)
class ImageAdmin(SourcedEntryAdmin):
    """The library of pictures."""

    form = ImageForm
    list_display = ("titled", "thumbnail", "licence", "changed")
    list_filter = ("licence", "is_decorative", *EntryAdmin.list_filter)
    readonly_fields = ("shown", "used_by")
    fieldsets = (
        EntryAdmin.TITLE,
        (_("The picture"), {"fields": ["shown", "upload", "earlier_upload", "used_by"]}),
        (_("For people who cannot see it"), {"fields": [*language_rows("alternative"), "is_decorative"]}),
        (
            _("Whose it is"),
            {"fields": [*language_rows("caption", "credit"), "licence", *language_rows("terms"), "origin"]},
        ),
        EntryAdmin.VERIFIED,
        EntryAdmin.PUBLISH,
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without what is shown now and where, as long as there is no picture."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and obj.file:
            return fieldsets
        missing = set(self.readonly_fields)
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field not in missing]})
            for name, options in fieldsets
        ]

    @admin.display(description=_("picture"))
    def thumbnail(self, image: Any) -> str:
        """The small picture, for the list."""
        return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', image.small)

    @admin.display(description=_("now"))
    def shown(self, image: Any) -> str:
        """The stored picture; a dash before the first upload."""
        if not image.file:
            return "—"
        return format_html('<img class="kept-picture" src="{}" alt="{}">', image.small, image.alternative)

    @admin.display(description=_("shown in"))
    def used_by(self, image: Any) -> str:
        """The entries that show it, and that change with it."""
        users = snapshots.users(image) if image.revision else []
        pages = ((user.get_absolute_url(), user) for user in users)
        return format_html_join(", ", '<a href="{}"><bdi>{}</bdi></a>', pages) or str(
            _("Nothing shows it yet.")
        )
