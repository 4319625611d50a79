"""The source that somebody names in their own words: found in the casebook, or described as a new one."""

import re
import uuid
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import Q

from publishing import snapshots
from publishing.languages import column_in, columns_of_text
from publishing.snapshots import Snapshot
from sources.models import Source
from sources.vocabulary import IdentifierScheme, SourceType

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»،؛]+", re.IGNORECASE)
DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>«»،؛]+", re.IGNORECASE)
# S/2020/1043, S/RES/1701 (2006), A/75/233, S/PRST/2012/6, A/HRC/48/20: letters, then a number.
UN_SYMBOL = re.compile(
    r"(?<![\w/.])(?:S|A|E|ST|A/HRC|A/RES|S/RES|S/PRST)(?:/[A-Z]+(?:\.\d+)?)*/\d+(?:/\d+)*"
    r"(?:/(?:Add|Rev|Corr)\.\d+)*(?![\w/])"
)
MAX_TITLE = 300


def find_source(text: str) -> Source | None:
    """The source of the casebook that the text names by identifier, address or exact title, or None."""
    published = Source.objects.published()
    for scheme, value in identifiers_in(text):
        found = published.filter(identifier_scheme=scheme, identifier__iexact=value).order_by("pk").first()
        if found is not None:
            return found
    addresses = {address_key(found) for found in ADDRESS.findall(text)}
    if addresses:
        hosts = Q()
        for key in addresses:
            host = key.partition("/")[0]
            hosts |= Q(url__icontains=host) | Q(archived_url__icontains=host)
        for source in published.filter(hosts).order_by("pk"):
            if addresses & {address_key(source.url), address_key(source.archived_url)}:
                return source
    titles = Q()
    for column in columns_of_text("title"):
        titles |= Q(**{f"{column}__iexact": text.strip()})
    return published.filter(titles).order_by("pk").first()


def new_source(text: str, *, language: str) -> Snapshot:
    """The snapshot of a new source, of what the text says of it; without an address of its page yet.

    language: that of the page on which the text was written, in which its title is stored.
    """
    identifiers, addresses = identifiers_in(text), [_trimmed(one) for one in ADDRESS.findall(text)]
    shaped = snapshots.blank(snapshots.empty(Source, uuid.uuid4()))
    fields: dict[str, Any] = {
        column_in(language, "title"): _title(text, addresses),
        "source_type": SourceType.REPORT.value,
        "language": language,
    }
    if addresses:
        fields["url"] = addresses[0] if "://" in addresses[0] else f"https://{addresses[0]}"
    if identifiers:
        fields["identifier_scheme"], fields["identifier"] = identifiers[0]
        if identifiers[0][0] == IdentifierScheme.UN_SYMBOL:
            fields["source_type"] = SourceType.UN_DOCUMENT.value
    shaped["fields"] |= fields
    return snapshots.conformed(shaped)


def identifiers_in(text: str) -> list[tuple[str, str]]:
    """The document numbers in the text, each with its scheme: DOIs, then United Nations symbols."""
    dois = [(IdentifierScheme.DOI.value, _trimmed(one).lower()) for one in DOI.findall(unquote(text))]
    symbols = [(IdentifierScheme.UN_SYMBOL.value, one) for one in UN_SYMBOL.findall(text)]
    return dois + symbols


def address_key(address: str) -> str:
    """What two addresses of the same page have in common: no scheme, no www., no slash or mark at the end."""
    if not address:
        return ""
    parts = urlsplit(_trimmed(address if "://" in address else f"https://{address}"))
    host = (parts.netloc or "").lower().removeprefix("www.")
    query = "&".join(part for part in parts.query.split("&") if part and not part.startswith("utm_"))
    return f"{host}{unquote(parts.path).rstrip('/')}{'?' if query else ''}{query}"


def _trimmed(text: str) -> str:
    """Without the marks that end a sentence; without a bracket that nothing opened."""
    text = text.rstrip(".,;:!?؟،؛»\"'")
    return text[:-1] if text.endswith(")") and "(" not in text else text


def _title(text: str, addresses: list[str]) -> str:
    """The words beside the addresses; without any, the first address, or the text itself."""
    words = text
    for address in addresses:
        words = words.replace(address, " ")
    words = " ".join(words.split()).strip(" ,;:–—-()")
    if not any(letter.isalpha() for letter in words):
        words = unquote(addresses[0]).split("://")[-1].removeprefix("www.") if addresses else text.strip()
    return words[:MAX_TITLE]
