"""A source made from what somebody pastes: an address, a DOI, the symbol of a United Nations document."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.text import slugify

from publishing.fields.clean_text import clean_code
from publishing.languages import PAGE_LANGUAGES, active_language, column_in
from publishing.models import Entry, OldSlug
from publishing.tokens import new_token
from publishing.vocabulary import Language
from sources import fetching, identifiers, page_metadata
from sources.fetching import FetchedPage, NotRead
from sources.models import Source
from sources.references import find_source
from sources.vocabulary import IdentifierScheme, SourceType

CSL = "application/vnd.citationstyles.csl+json"
MAX_SLUG = 80
# What pages are written in, as Python calls it; it knows others, which are no letters, or take very long.
CHARSETS = frozenset(
    {
        *(
            "utf-8",
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "ascii",
            "koi8-r",
            "koi8-u",
            "mac-roman",
            "mac-cyrillic",
        ),
        *(f"cp{number}" for number in (866, 874, 932, 949, 950, *range(1250, 1259))),
        *(f"iso8859-{number}" for number in range(1, 17) if number != 12),
        *("big5", "big5hkscs", "gb2312", "gbk", "gb18030", "euc_jp", "euc_kr", "iso2022_jp", "shift_jis"),
    }
)


@dataclass
class NewSource:
    """What is known of a source before it is made.

    existing: the one that is in the casebook already. values: for the boxes of a new one. read_from: the host
    whose page was read. failed: the host whose page was not read, though it was asked.
    """

    existing: Source | None = None
    values: dict[str, str] = field(default_factory=dict)
    read_from: str = ""
    failed: str = ""


def make_from(text: str) -> NewSource:
    """What can be known of the source that the text names; its page is read where the settings allow it."""
    if existing := find_source(text):
        return NewSource(existing)
    made = NewSource(values=_typed(text))
    _read(made)
    found = " ".join(filter(None, (made.values.get("identifier"), made.values.get("url"))))
    made.existing = find_source(found) if found else None
    made.values["slug"] = _free_slug(made.values)
    _name_title(made.values)
    return made


def _typed(text: str) -> dict[str, str]:
    """What the text itself says."""
    symbol, doi, isbn = identifiers.un_symbol(text), identifiers.doi(text), identifiers.isbn(text)
    address = clean_code(next(iter(identifiers.ADDRESS.findall(text)), "")).rstrip(".,;:!?)")
    if address and "://" not in address:
        address = f"https://{address}"
    if symbol:
        return {
            "title": symbol,
            "source_type": SourceType.UN_DOCUMENT.value,
            "publisher": "United Nations",
            "language": Language.ENGLISH.value,
            "identifier_scheme": IdentifierScheme.UN_SYMBOL.value,
            "identifier": symbol,
            "url": f"https://docs.un.org/en/{quote(identifiers.un_symbol_key(symbol))}",
        }
    if doi:
        url = f"https://doi.org/{quote(doi, safe='/:()')}"
        return {"identifier_scheme": IdentifierScheme.DOI.value, "identifier": doi, "url": url}
    if isbn:
        return {"identifier_scheme": IdentifierScheme.ISBN.value, "identifier": isbn}
    return {"url": address} if address else {"title": text.strip()[: page_metadata.MAX_TITLE]}


def _read(made: NewSource) -> None:
    """Add what the page of the document says; of a United Nations document the symbol says enough."""
    scheme, url = made.values.get("identifier_scheme", ""), made.values.get("url", "")
    if not url or scheme == IdentifierScheme.UN_SYMBOL or not settings.READ_SOURCE_PAGES:
        return
    host = _host(url)
    try:
        if scheme == IdentifierScheme.DOI:
            page = fetching.fetch(url, accept=CSL)
            metadata = page_metadata.of_record(_decoded(page)) or page_metadata.of_page(_decoded(page))
        else:
            page = fetching.fetch(url)
            metadata = page_metadata.of_page(_decoded(page))
    except NotRead:
        made.failed = host or url
        return
    made.values = {**metadata, **made.values}
    made.read_from = _host(page.url) or host


def _host(url: str) -> str:
    """Whose page it is; "" of what is no address."""
    with suppress(ValueError):
        return urlsplit(url).hostname or ""
    return ""


def _decoded(page: FetchedPage) -> str:
    """The text of the body, of whatever is one."""
    kind, _semicolon, rest = page.content_type.partition(";")
    if not any(one in kind.lower() for one in ("html", "json", "xml")):
        return ""
    charset = rest.partition("charset=")[2].partition(";")[0].strip().strip("\"'")
    # A name may hold what no name of Python does.
    with suppress(LookupError, ValueError):
        known = codecs.lookup(charset).name
        return page.body.decode(known if known in CHARSETS else "utf-8", "replace")
    return page.body.decode("utf-8", "replace")


def _name_title(values: dict[str, str]) -> None:
    """The title is that of a language: of the document's, where it is a language of the pages."""
    title, language = values.pop("title", ""), values.get("language", "")
    if title:
        values[column_in(language if language in PAGE_LANGUAGES else active_language(), "title")] = title


def _free_slug(values: dict[str, str]) -> str:
    """An address that no source has."""
    named = (values.get(name, "").rpartition("://")[2] for name in ("title", "identifier", "url"))
    slugs = (slugify(re.sub("[/.]", "-", one))[:MAX_SLUG].strip("-") for one in named)
    slug = next(filter(None, slugs), "source")
    kind = Source._meta.model_name
    if any(model.objects.filter(kind=kind, slug=slug).exists() for model in (Entry, OldSlug)):
        slug = f"{slug}-{new_token()[:6].lower()}"
    return slugify(slug)
