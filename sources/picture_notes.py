"""What reviewers see of a picture: the pictures themselves, before and after."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from publishing.snapshots import Path, Snapshot
from sources.models import Image
from sources.models.image import SMALL


def pictures_before_and_after(before: Snapshot, wanted: Snapshot) -> Iterator[tuple[Path, str]]:
    """The small sizes of the two files, beside the change of the file; one of a new picture."""
    if wanted["kind"] != Image._meta.model_name:
        return
    old, new = (snapshot["fields"].get("file") or "" for snapshot in (before, wanted))
    if old == new:
        return
    for file, label in ((old, _("Before")), (new, _("After"))):
        if file:
            address = reverse("picture_file", args=[file.partition("-")[0], SMALL])
            html = '<span class="picture-in-review">{}<img class="kept-picture" src="{}" alt=""></span>'
            yield Path(column="file"), format_html(html, label, address)
