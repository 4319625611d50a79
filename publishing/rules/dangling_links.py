"""The links in texts that lead to no public page of the casebook, or to no list that can be counted."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from publishing.languages import active_language, language_of_path
from publishing.models import Entry, OldSlug
from publishing.prose_numbers import uncountable
from publishing.refusals import Shortcoming
from publishing.snapshots import Snapshot, references, texts_in

# A Markdown link to an address of the casebook: [text](/en/cases/libya-2020/).
INTERNAL_LINK = re.compile(r"\]\(\s*<?(/[^\s)>]*)")


def dangling_links(snapshot: Snapshot) -> Iterator[Shortcoming]:
    """A shortcoming for each link to an address of the casebook that has no public page."""
    for address in sorted({link for text in texts_in(snapshot) for link in INTERNAL_LINK.findall(text)}):
        if not _has_page(address, snapshot):
            yield Shortcoming(
                "dangling_link",
                address,
                _("A link leads to no public page: %(address)s") % {"address": address},
            )


def uncounted_numbers(snapshot: Snapshot) -> Iterator[Shortcoming]:
    """A shortcoming for each link whose text is to be a number, and which leads to no list counted."""
    for address in sorted({one for text in texts_in(snapshot) for one in uncountable(text)}):
        message = _(
            "“#” cannot become a number, since this address is no list of cases or initiatives, or asks it "
            "what it does not understand: %(address)s. Open the list, choose, and copy its address."
        )
        yield Shortcoming("uncounted_number", address, message % {"address": address})


def _has_page(address: str, snapshot: Snapshot) -> bool:
    """Whether the address is that of a public entry, or any other address that the site has."""
    path = unquote(address.split("#")[0].split("?")[0])
    try:
        # The addresses of a language are known while it is active.
        with translation.override(language_of_path(path) or active_language()):
            match = resolve(path)
    except Resolver404:
        return False
    model = getattr(getattr(match.func, "view_class", None), "model", None)
    slug = match.kwargs.get("slug")
    if slug is None or not (isinstance(model, type) and issubclass(model, Entry)):
        return True
    kind = model._meta.model_name
    if (kind, slug) == (snapshot["kind"], snapshot["fields"]["slug"]):
        return True
    entry = Entry.objects.published().filter(kind=kind, slug=slug).first()
    if entry is not None:
        # What the snapshot itself points to is in use once it is published.
        return entry.is_in_use or str(entry.pk) in references(snapshot)
    return OldSlug.objects.filter(kind=kind, slug=slug).exists()
