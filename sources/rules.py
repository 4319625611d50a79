"""What speaks against publishing an entry, seen from its sources, and against keeping one more picture."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from publishing.models.entry import children_of, kinds
from publishing.rules import Refusal, Shortcoming
from publishing.snapshots import Snapshot
from sources import facts, pictures
from sources.vocabulary import Stance


def unsourced_key_facts(snapshot: Snapshot) -> Iterator[Shortcoming]:
    """The key facts that say something and that no source bears out."""
    kind = kinds()[snapshot["kind"]]
    good = {
        claim["about"]
        for claim in snapshot["rows"].get("claim", {}).values()
        if claim["source"] and claim["stance"] == Stance.SUPPORTS
    }
    for about in sorted(set(_key_facts(snapshot)) - good):
        message = _("No source bears out this key fact: %(fact)s.") % {"fact": facts.label(kind, about)}
        if "/" in about:
            message += " " + _(
                "If the row is new, save a draft; then the row can be chosen among the claims."
            )
        yield Shortcoming("unsourced", about, message)


def _key_facts(snapshot: Snapshot) -> Iterator[str]:
    kind = kinds()[snapshot["kind"]]
    for name in kind.KEY_FACTS:
        if name in children_of(kind):
            yield from (f"{name}/{key}" for key in snapshot["rows"].get(name, {}))
        elif any(snapshot["fields"].get(column.name) for column in facts.columns_of(kind, name)):
            yield name


def why_not_keep(drawn: pictures.Drawn) -> Refusal | None:
    """Whether the library has room for the picture's files; those of an upload never published count too."""
    digests = {digest for digest, _path in pictures.kept()}
    if drawn.digest in digests or len(digests) < settings.MOST_PICTURES:
        return None
    return Refusal(
        "library_is_full",
        _("The library is full: it takes %(most)d pictures. Whoever runs the site can raise that.")
        % {"most": settings.MOST_PICTURES},
    )
