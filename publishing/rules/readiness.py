"""Shortcomings that keep an entry from being published, unless an editor overrides them with a reason.

Apps register their checks in hooks.readiness_checks; those of publishing itself are below.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import hooks
from publishing.beforehand import worked_out
from publishing.comparison.columns import name_of
from publishing.fields.words import count_words, most_words, words_allowed
from publishing.languages import active_language, language_of_path
from publishing.models import Entry, OldSlug
from publishing.models.entry import kinds
from publishing.prose_numbers import uncountable
from publishing.refusals import Refusal, Shortcoming, Unready
from publishing.snapshots import Snapshot, content_columns, references, texts_with

# A Markdown link to an address of the casebook: [text](/en/cases/libya-2020/).
INTERNAL_LINK = re.compile(r"\]\(\s*<?(/[^\s)>]*)")


def shortcomings(snapshot: Snapshot, public: Snapshot | None) -> list[Shortcoming]:
    """What the snapshot lacks, except what the public snapshot lacks too, by the same check."""
    found: list[Shortcoming] = []
    for check in hooks.readiness_checks:
        lacks = worked_out(shortcomings_by, check, snapshot)
        before = worked_out(shortcomings_by, check, public) if lacks and public else []
        known = {(one.code, one.about) for one in before}
        found += [one for one in lacks if (one.code, one.about) not in known]
    return found


def why_not_publish_incomplete(found: list[Shortcoming], by: Any, override_reason: str) -> Refusal | None:
    """Whether the record lacks nothing, or `by` may override that and gives a reason.

    found: its shortcomings.
    """
    if not found:
        return None
    if not override_reason.strip():
        return Unready(found)
    if by is None or by.has_perm("publishing.override_rule"):
        return None
    return Refusal("may_not_override", _("Only a moderator with that permission can publish against a rule."))


def shortcomings_by(check: hooks.ReadinessCheck, snapshot: Snapshot) -> list[Shortcoming]:
    """What the snapshot lacks by the check."""
    return [*check(snapshot)]


# --- the checks of publishing itself ----------------------------------------------------------


def dangling_links(snapshot: Snapshot) -> Iterator[Shortcoming]:
    """A shortcoming for each link to an address of the casebook that has no public page."""
    for address in sorted(
        {link for text in texts_with("](", snapshot) for link in INTERNAL_LINK.findall(text)}
    ):
        if not _has_page(address, snapshot):
            yield Shortcoming(
                "dangling_link",
                address,
                _("A link leads to no public page: %(address)s") % {"address": address},
            )


def uncounted_numbers(snapshot: Snapshot) -> Iterator[Shortcoming]:
    """A shortcoming for each link whose text is to be a number, and which leads to no list counted."""
    for address in sorted({one for text in texts_with("#", snapshot) for one in uncountable(text)}):
        message = _(
            "“#” cannot become a number, since this address is no list of cases or initiatives, or asks it "
            "what it does not understand: %(address)s. Open the list, choose, and copy its address."
        )
        yield Shortcoming("uncounted_number", address, message % {"address": address})


def long_texts(snapshot: Snapshot) -> Iterator[Shortcoming]:
    """A shortcoming for each text with more words than its model allows (`MOST_WORDS`).

    A text that is public and too long keeps nobody from publishing other changes of its entry.
    """
    for column in content_columns(kinds()[snapshot["kind"]]):
        most = most_words(column)
        if most is not None and (found := count_words(snapshot["fields"][column.name])) > most:
            message = ngettext("%(name)s: %(count)d word.", "%(name)s: %(count)d words.", found)
            sentence = message % {"name": capfirst(name_of(column)), "count": found}
            yield Shortcoming("too_many_words", column.name, f"{sentence} {words_allowed(most)}")


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
