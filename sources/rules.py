"""Rules about sources when an entry is published, and about storing one more picture."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from publishing.comparison import Describer
from publishing.fields.partial_dates import PartialDate
from publishing.languages import join_list, stem_and_language
from publishing.markdown_citations import slugs_in
from publishing.models import Entry, OldSlug
from publishing.models.entry import children_of, kinds
from publishing.rules import Refusal, Shortcoming
from publishing.snapshots import Path, Snapshot, diff, texts_with
from publishing.statements import rows_by_keys
from sources import facts, pictures
from sources.models import Source
from sources.vocabulary import Stance

# The claims by what they are about, each by its key.
Claims = dict[str, dict[str, dict[str, Any]]]


def unsourced_key_facts(snapshot: Snapshot) -> Iterator[Shortcoming]:
    """Key facts with a value and without a supporting source; a document that can be found says its own."""
    kind = kinds()[snapshot["kind"]]
    if kind is Source and (snapshot["fields"].get("identifier") or snapshot["fields"].get("url")):
        return
    claims = _by_fact(snapshot)
    described: Any = SimpleLazyObject(lambda: Describer(snapshot["kind"], snapshot))
    unsourced = {one for one in key_facts(snapshot) if not _supporting(snapshot, one, claims)}
    for path in _in_order(unsourced, snapshot):
        is_left = any(one["stance"] == Stance.EARLIER for one in claims.get(str(path), {}).values())
        yield Shortcoming("unsourced", str(path), partial(_no_source, kind, path, described, is_left=is_left))


def _in_order(abouts: set[str], snapshot: Snapshot) -> list[Path]:
    """The facts, then the rows of each kind as they stand on the page."""
    paths = [Path.parse(about, children_of(kinds()[snapshot["kind"]])) for about in sorted(abouts)]
    rows = snapshot["rows"]
    return sorted(
        paths,
        key=lambda path: (path.row_kind, path.key and rows[path.row_kind][path.key].get("position", 0)),
    )


def _no_source(kind: type[Entry], path: Path, described: Describer, *, is_left: bool) -> str:
    """Which key fact has no source; a row by its name, which is looked up only where somebody reads this."""
    fact = described.label(path) if path.key else facts.label(kind, str(path))
    message = _("No source supports this key fact: %(fact)s.") % {"fact": fact}
    if is_left:
        hint = _(
            "Its sources were said of an earlier value. If they support this one too, confirm it where "
            "you publish; else add a source."
        )
        return f"{message} {hint}"
    return f"{message} {_('Add a source beside that row.')}" if path.key else message


def unnamed_citations(snapshot: Snapshot) -> Iterator[Shortcoming]:
    """Citations of what is no source of the entry's claims: the list of the page would not have it."""
    cited = {slug for text in texts_with("[@", snapshot) for slug in slugs_in(text)}
    if not cited:
        return
    keys = {claim["source"] for claim in snapshot["rows"].get("claim", {}).values() if claim["source"]}
    named = {*Source.objects.filter(pk__in=keys).values_list("slug", flat=True)}
    if not cited <= named:
        named |= {*OldSlug.objects.filter(kind="source", entry_id__in=keys).values_list("slug", flat=True)}
    for slug in sorted(cited - named):
        message = _("The text cites “%(slug)s”, which is the address of no source among the claims.")
        yield Shortcoming("unnamed_citation", slug, message % {"slug": slug})


def claims_left_behind(before: Snapshot, wanted: Snapshot) -> Iterator[tuple[Path, str]]:
    """Changes of facts whose claims were not changed: do their sources support the new value too?"""
    claims_before, claims_wanted = _by_fact(before), _by_fact(wanted)
    for change in diff(before, wanted):
        about = _about(change.path, wanted)
        claims = _saying_the_same(claims_before, about)
        if change.old and change.new and claims == _saying_the_same(claims_wanted, about) != {}:
            sources = Source.objects.filter(pk__in=[claim["source"] for claim in claims.values()]).order_by(
                "pk"
            )
            names = join_list(_("“%(name)s”") % {"name": source.title_localized} for source in sources)
            message = _(
                "Said of the earlier value: %(names)s. Do these sources support the new value too? If nobody "
                "confirms it, they are shown as said of an earlier value, and no longer count."
            )
            yield change.path, message % {"names": names}


def _about(path: Path, snapshot: Snapshot) -> str:
    """The value of `Claim.about` for the changed path."""
    if path.row_kind:
        return str(path.row)
    is_name = path.column in facts.attributes(kinds()[snapshot["kind"]])
    return path.column if is_name else stem_and_language(path.column)[0]


def _by_fact(snapshot: Snapshot) -> Claims:
    """The claims with a source, by what they are about, each by its key."""
    found: Claims = {}
    for key, claim in snapshot["rows"].get("claim", {}).items():
        if claim["source"]:
            found.setdefault(claim["about"], {})[key] = claim
    return found


def _saying_the_same(claims: Claims, about: str) -> dict[str, Any]:
    """The claims whose source says the same of the fact, by key."""
    return {key: claim for key, claim in claims.get(about, {}).items() if claim["stance"] == Stance.SUPPORTS}


def _supporting(snapshot: Snapshot, about: str, claims: Claims) -> dict[str, Any]:
    """Those of them that support it: of a judgement, not those whose source is older than it."""
    found = _saying_the_same(claims, about)
    column = kinds()[snapshot["kind"]].AS_OF.get(about, "")
    as_of = snapshot["fields"].get(column)
    if not as_of or not found:
        return found
    judged_on = PartialDate.parse(as_of)
    cited = {UUID(claim["source"]) for claim in found.values()}
    dates = {str(key): date for key, date in rows_by_keys(Source, "pk", ("pk", "published_on"), cited)}
    return {
        key: claim
        for key, claim in found.items()
        if not facts.is_before(dates.get(str(claim["source"])), judged_on)
    }


def key_facts(snapshot: Snapshot) -> Iterator[str]:
    """The key facts that say something, as claims name them."""
    kind = kinds()[snapshot["kind"]]
    for name in kind.KEY_FACTS:
        if name in children_of(kind):
            yield from (str(Path(row_kind=name, key=key)) for key in snapshot["rows"].get(name, {}))
        elif any(_says_something(column, snapshot) for column in facts.columns_of_fact(kind, name)):
            yield name


def _says_something(column: Any, snapshot: Snapshot) -> bool:
    """Not that an outcome is unknown: a code that a new entry has says nothing yet."""
    value = snapshot["fields"].get(column.name)
    return bool(value) and not (column.choices and value == column.get_default())


def why_not_store(picture: pictures.EncodedPicture) -> Refusal | None:
    """Whether the library has room for the picture; files of unpublished uploads count too."""
    digests = {digest for digest, _path in pictures.stored_files()}
    if picture.digest in digests or len(digests) < settings.MAX_PICTURES:
        return None
    return Refusal(
        "library_is_full",
        _("The library is full: it takes %(most)d pictures. Whoever runs the site can raise that.")
        % {"most": settings.MAX_PICTURES},
    )
