"""After any change, each kept page is what it would be if it were rendered now, and none is rendered in vain."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from contributions.actions import deciding
from portal.page_cache.front import Front
from publishing.actions import publishing, retracting, translating
from publishing.duplicates.actions import merge_duplicates
from publishing.models import Entry
from publishing.vocabulary import Reason
from sources.actions import record_link_check
from sources.links import LinkResponse
from sources.vocabulary import LinkResult
from tests.factories import (
    a_contribution,
    an_account,
    edited,
    newest,
    publish_actor,
    publish_case,
    publish_change,
    publish_one_of_each,
    publish_place,
    publish_term,
)
from tests.kept import kept
from tests.portal.fronts import a_copy_of, a_front, ask, commit
from tests.whole_site.reading import addresses_of_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Entries = dict[str, Entry]
# One that reads from left to right and one from right to left; the third is as the first.
LANGUAGES = {"en", "ar"}


@dataclass
class KeptSite:
    """Every public page of a small casebook, kept by a front, and what nobody keeps beside it."""

    entries: Entries
    by: Any
    front: Front = field(default_factory=a_front)
    pages: dict[str, bytes] = field(default_factory=dict)

    def __deepcopy__(self, memo: dict[int, Any]) -> "KeptSite":
        """The same pages, kept by a front of its own."""
        return KeptSite(*copy.deepcopy((self.entries, self.by), memo), a_copy_of(self.front), {**self.pages})

    def read(self) -> None:
        """Read every page, those too that are new since."""
        addresses = addresses_of_sitemap(Client())
        read = {one for one in addresses if one[1:3] in LANGUAGES}
        self.pages |= {one: ask(self.front, one).body for one in {*read, *self.pages}}


@kept
def site() -> KeptSite:
    """A casebook with two of what can be merged, and entries that no change below concerns."""
    entries = publish_one_of_each()
    entries["twin"] = publish_actor(title_en="A twin", actor_type="intergovernmental")
    entries["host"] = publish_case(
        slug="host", title_en="A host", rows={"participation": [{"actor": entries["twin"]}]}
    )
    entries["alone"] = publish_case(slug="alone", title_en="Alone", countries=[publish_place()])
    entries["apart"] = publish_term(slug="apart", title_en="apart", definition_en="Far away.")
    case = publish_case(slug="texts", finding_en="It is apart.", finding_ar="شيء آخر.")
    entries["texts"] = case
    Entry.objects.update(is_in_use=True)
    commit()
    made = KeptSite(entries, an_account("administrator", is_staff=True, is_superuser=True))
    made.read()
    return made


def change_of(name: str, **fields: Any) -> Callable[[KeptSite], None]:
    return lambda site: void(publish_change(site.entries[name], **fields))


def void(_anything: object) -> None:
    """Nothing, of whatever a change returns."""


def retract(site: KeptSite) -> None:
    retracting.retract(site.entries["alone"], by=site.by, reason="It was wrong.", language="en")


def restore(site: KeptSite) -> None:
    first = newest(site.entries["alone"])
    publish_change(site.entries["alone"], title_en="Changed")
    retracting.restore(first, by=site.by, note="As it was.", language="en")


def merge(site: KeptSite) -> None:
    merge_duplicates(
        site.entries["organisation"],
        site.entries["twin"],
        by=site.by,
        note="They are one.",
        note_language="en",
    )


def check_link(site: KeptSite) -> None:
    source: Any = site.entries["source"]
    publish_change(source, url="https://www.un.org/")
    site.read()
    commit()
    record_link_check(source, "https://www.un.org/", LinkResponse(LinkResult.GONE, 404))


def tick_translation(site: KeptSite) -> None:
    case = site.entries["texts"]
    revision = publish_change(case, finding_en="It is apart, still.")
    site.read()
    commit()
    translating.check_translations(revision, by=site.by, paths=["finding"], language="ar")


def take_credit_away(site: KeptSite) -> None:
    contribution = a_contribution(
        edited(site.entries["alone"], title_en="Credited"), base=newest(site.entries["alone"])
    )
    publishing.credit_to(contribution.proposal, "A. Sender")
    deciding.accept(contribution, by=site.by)
    site.read()
    commit()
    publishing.credit_to(contribution.proposal, "")


def decline(site: KeptSite) -> None:
    deciding.decline(a_contribution(), by=site.by, reason=Reason.UNSOURCED, note="Where from?")


# By name: the change, and the entries whose pages, and those that link to them, may be rendered for it.
CHANGES: dict[str, tuple[Callable[[KeptSite], None], set[str]]] = {
    "a case": (change_of("case", finding_en="Another finding"), {"case"}),
    "a title": (change_of("case", title_en="Another title"), {"case"}),
    "a row": (lambda site: void(publish_change(site.entries["case"], {"provision": [{}]})), {"case"}),
    "an actor": (change_of("actor", title_fr="Un autre nom"), {"actor"}),
    "a place": (change_of("place", title_en="Another place"), {"place"}),
    "a source": (change_of("source", title_en="Another source"), {"source"}),
    "a theme": (change_of("theme", title_ar="موضوع آخر"), {"theme"}),
    "a pillar": (change_of("pillar", summary_en="Another summary"), {"pillar"}),
    "a picture": (change_of("image", caption_en="Another caption"), {"image", "case", "pillar"}),
    "a page": (change_of("page", body_en="Another text"), {"page"}),
    "an address": (change_of("alone", slug="together"), {"alone"}),
    "a definition": (change_of("apart", definition_en="Further away."), {"apart"}),
    # The form may be a word of any text that links to terms.
    "a form of a term": (change_of("apart", forms_en="aparts"), {"apart", "term"}),
    "a new case": (lambda site: void(publish_case(slug="new")), set()),
    "a retraction": (retract, {"alone"}),
    "a return to an old version": (restore, {"alone"}),
    "a merge": (merge, {"organisation", "twin", "host"}),
    "a dead link": (check_link, {"source"}),
    "a translation that is still right": (tick_translation, {"texts"}),
    "a credit that is taken away": (take_credit_away, {"alone"}),
    "a proposal that is declined": (decline, set()),
}
# These count or list entries of all kinds.
DRAWN = ("/cases/map/", "/cases/timeline/", "/cases/figures/")
LISTS = (
    *DRAWN,
    "/",
    "/cases/",
    "/changes/",
    "/figures/",
    "/glossary/",
    "/actors/",
    "/sources/",
    "/initiatives/",
    "/codebook/",
    "/errata/",
    "/releases/",
    "/releases/compare/",
)


# Said in Arabic alone; the most that a change can concern is looked at in both languages.
IN_ARABIC, IN_BOTH = {"a theme", "a translation that is still right"}, {"a title"}


def languages_read(name: str) -> set[str]:
    """In which of the two languages pages are read after the change: after one in this, after another in that."""
    if name in IN_BOTH:
        return LANGUAGES
    return {"ar"} if name in IN_ARABIC else {sorted(LANGUAGES)[[*CHANGES].index(name) % len(LANGUAGES)]}


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_is_stale_and_nothing_is_rendered_in_vain(site: KeptSite, name: str) -> None:
    change, concerned = CHANGES[name]
    commit()
    change(site)
    commit()
    before = {one: page for one, page in site.pages.items() if one[1:3] in languages_read(name)}
    names = {f"/{site.entries[one].slug}/" for one in concerned}

    stale, in_vain, changed = [], [], 0
    for address, old in before.items():
        count = site.front.counts["rendered"]
        now = ask(site.front, address)
        is_rendered = site.front.counts["rendered"] > count
        # What is rendered now is not stale.
        if not is_rendered and now.body != ask(site.front.application, address).body:
            stale.append(address)
        is_concerned = address[3:] in LISTS or any(one in address or one.encode() in old for one in names)
        if is_rendered and now.body == old and not is_concerned:
            in_vain.append(address)
        changed += now.body != old

    assert (stale, in_vain) == ([], [])
    assert changed
