"""A work in the head of its page and in headers: for Zotero, search engines, messengers and archives."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from publishing.addresses import address_of
from publishing.citing.files import FILES
from publishing.citing.works import Work, casebook_name

# What would end the block, or begin another, in HTML.
HARMFUL = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
# What it says of itself in the vocabulary of schema.org.
SCHEMA = "https://schema.org"
MOST_SOURCES = 50


def metadata(work: Work) -> list[tuple[str, str]]:
    """The names and values that programs for references read in the head of a page.

    Zotero takes whatever has a citation_title for an article in a journal, unless DC.type names another of
    its kinds.
    """
    found = [
        ("DC.type", "webpage"),
        ("DC.title", work.title),
        ("DC.creator", casebook_name()),
        ("DC.publisher", casebook_name()),
        ("DC.source", casebook_name()),
        ("DC.language", work.language),
        ("DC.identifier", work.address),
        ("DC.rights", rights_address()),
        ("citation_title", work.title),
        ("citation_author", casebook_name()),
        ("citation_publisher", casebook_name()),
        ("citation_language", work.language),
        ("citation_public_url", work.address),
    ]
    if work.day:
        day = work.day.isoformat()
        found += [("DC.date", day), ("citation_publication_date", day.replace("-", "/"))]
    return found


def rights_address() -> str:
    """The whole address of the page that says who may use what."""
    return f"{settings.SITE_URL}{address_of('portal:page', 'about')}"


def json_ld(work: Work, description: str, sources: Iterable[str]) -> SafeString:
    """The work as a block of JSON-LD. sources: the addresses of what it is based on."""
    casebook = {"@type": "Organization", "name": casebook_name(), "url": f"{settings.SITE_URL}/"}
    members: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": work.schema,
        "@id": work.current,
        "name": work.title,
        "url": work.current,
        "identifier": work.address,
        "inLanguage": work.language,
        "author": casebook,
        "publisher": casebook,
        "license": rights_address(),
        "isAccessibleForFree": True,
    }
    if description:
        members["description"] = description
    if work.schema.endswith("Article"):
        members["headline"] = work.title
    if work.published:
        members["datePublished"] = work.published.isoformat()
    if work.day:
        members |= {"dateModified": work.day.isoformat(), "version": str(work.number or work.publication)}
    if based_on := [*dict.fromkeys(sources)][:MOST_SOURCES]:
        members["isBasedOn"] = based_on
    text = json.dumps(members, ensure_ascii=False).translate(HARMFUL)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def signposts(work: Work) -> Iterator[str]:
    """The links of Signposting, for programs that come to the page: how to cite it, and what it is."""
    yield f'<{work.address}>; rel="cite-as"'
    for file in FILES:
        yield f'<{settings.SITE_URL}{work.file(file.ending)}>; rel="describedby"; type="{file.media_type}"'
    yield f'<{SCHEMA}/{work.schema}>; rel="type"'
    # An archive takes the page for what it describes, and not for the thing itself.
    yield f'<{SCHEMA}/AboutPage>; rel="type"'
    yield f'<{rights_address()}>; rel="license"'
    yield f'<{rights_address()}>; rel="author"'
