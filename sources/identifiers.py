"""The numbers and addresses that documents are known by, reduced to the one form in which they are compared.

Each function takes any text, a bare number or a sentence that holds one, and returns the bare form of the
first that it finds, or "".
"""

import re
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from publishing.fields.clean_text import DIGITS, clean_code
from sources.vocabulary import IdentifierScheme

HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—−﹣-"), "-")

DOI = re.compile(r"(?<![\w.])10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>«»“”„،؛]+", re.IGNORECASE)
# What sites add to the identifier in the address of a page about the document.
PAGE_OF_DOI = re.compile(
    r"/(?:full|pdf|epub|abstract|meta|summary|html|download)(?:/.*)?$|\.pdf$", re.IGNORECASE
)
CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}

# Whose documents have symbols: the organs, then the services that give the press its releases.
ORGANS = (
    "A|S|E|T|ST|CD|DC|TD|DP|NPT|HRI|CCPR|CAT|CED|CEDAW|CERD|CMW|CRC|CRPD|UNEP|FCCC|HSP|JIU|PBC|"
    "GA|SC|SG|DSG|UNIS|IHA|PAL|ECOSOC|HR"
)
PART = r"[A-Z0-9][A-Za-z0-9.\-]*"
YEAR = r"\((?:19|20)[0-9]{2}\)"
UN_SYMBOL = re.compile(rf"(?<![\w/.])(?:{ORGANS})(?:/{PART})+(?:\s?{YEAR}(?:/{PART})*)?")
# Of whichever body, where somebody says that it is a symbol.
ANY_SYMBOL = re.compile(r"(?=.*[0-9])[A-Z]+(?:/[A-Z0-9.-]+)+")
HAS_DIGIT = re.compile("[0-9]")
SITE_OF_UN = re.compile(r"https?://[^/]*\bun(?:docs)?\.org/(?:(?:[a-z]{2}|symbol=)/)?", re.IGNORECASE)
END_OF_NAME = re.compile(r"(?<=[0-9])\.(?:pdf|docx?|html?)$", re.IGNORECASE)

ISBN = re.compile(r"(?<![0-9-])(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx](?![0-9])")

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»“”„،؛]+", re.IGNORECASE)
# Where a reader came from, and nothing of what the page says.
OF_CAMPAIGNS = re.compile(
    r"utm_.*|mtm_.*|pk_.*|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id", re.IGNORECASE
)
PORTS = {"http": 80, "https": 443}


def reduced(scheme: str, text: str) -> str:
    """The bare form of an identifier of that kind; "" for what is none."""
    reader = READERS.get(scheme)
    if reader is None:
        return clean_code(text)
    whole = _typed(text).upper()
    is_symbol = scheme == IdentifierScheme.UN_SYMBOL and ANY_SYMBOL.fullmatch(whole)
    return reader(text) or (whole if is_symbol else "")


def identifier_key(scheme: str, text: str) -> str:
    """The identifier as it is compared with others of its kind."""
    if not text:
        return ""
    bare = reduced(scheme, text)
    return (
        (un_symbol_key(bare) or bare).casefold() if scheme == IdentifierScheme.UN_SYMBOL else bare.casefold()
    )


def doi(text: str) -> str:
    """The bare name of a document, in small letters: "10.1177/00220027221129195"."""
    text = _typed(text)
    is_address = "://" in text
    found = DOI.search(unquote(text) if is_address else text)
    if found is None:
        return ""
    name = found.group()
    if is_address:
        name = PAGE_OF_DOI.sub("", re.split("[?#]", name, maxsplit=1)[0])
    return _without_punctuation(name).lower()


def un_symbol(text: str) -> str:
    """The symbol of a document of the United Nations: "S/2008/392", "S/RES/1701 (2006)"."""
    text = SITE_OF_UN.sub("", unquote(_typed(text)))
    for shape in (text, text.upper()) if _is_one_word(text) else (text,):
        for found in UN_SYMBOL.finditer(shape):
            symbol = END_OF_NAME.sub("", found.group().rstrip(".-"))
            if HAS_DIGIT.search(symbol):
                return re.sub(r"\s?\(", " (", symbol).upper()
    return ""


def un_symbol_key(text: str) -> str:
    """The symbol as it is compared: that of a resolution is the same with its year and without."""
    return re.sub(rf" {YEAR}", "", un_symbol(text))


def isbn(text: str) -> str:
    """The thirteen digits of a book, also where its older ten are written; "" where a digit is wrong."""
    for found in ISBN.finditer(_typed(text)):
        digits = re.sub("[- ]", "", found.group()).upper()
        if len(digits) == len("0306406152") and _is_right_ten(digits):
            digits = f"978{digits[:-1]}"
            return digits + _last_of_thirteen(digits)
        if len(digits) == len("9780306406157") and digits[-1] == _last_of_thirteen(digits[:-1]):
            return digits
    return ""


def address_key(url: str) -> str:
    """The address of a page as it is compared: without scheme, "www.", last slash, fragment and campaigns.

    It is the same for addresses that lead to the same document, and no address to open.
    """
    text = clean_code(url)
    found = ADDRESS.search(text)
    text = _without_punctuation(found.group() if found else text)
    if not re.match("https?://", text, re.IGNORECASE):
        text = f"https://{text}"
    with suppress(ValueError):
        return _key(urlsplit(text))
    return ""


def _key(parts: SplitResult) -> str:
    host = _host(parts)
    if "." not in host or re.search(r"\s", host):
        return ""
    port = f":{parts.port}" if parts.port not in {None, *PORTS.values()} else ""
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not OF_CAMPAIGNS.fullmatch(name)
    ]
    return f"{host}{port}{path}{'?' if asked else ''}{urlencode(asked)}"


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    with suppress(UnicodeError):
        return host.encode("idna").decode("ascii")
    return host


def _typed(text: str) -> str:
    """With plain digits and hyphens, and without what is not seen; breaks and odd spaces are plain ones."""
    spaced = re.sub(r"\s", " ", text)
    return clean_code(spaced).translate({**DIGITS, **HYPHENS})


def _is_one_word(text: str) -> bool:
    return bool(re.fullmatch(r"\S+(?: \(\d{4}\))?", text))


def _without_punctuation(text: str) -> str:
    """Without what ends the sentence around it; a bracket that was opened in it is its own."""
    while text and (text[-1] in ".,;:!?'’\"*_…" or _is_closing_what_it_did_not_open(text)):
        text = text[:-1]
    return text


def _is_closing_what_it_did_not_open(text: str) -> bool:
    opening = CLOSING.get(text[-1])
    return opening is not None and text.count(text[-1]) > text.count(opening)


def _is_right_ten(digits: str) -> bool:
    values = [10 if one == "X" else int(one) for one in digits]
    return sum(value * (10 - at) for at, value in enumerate(values)) % 11 == 0


def _last_of_thirteen(digits: str) -> str:
    """The thirteenth digit, which proves the twelve before it."""
    return str(-sum(int(one) * (3 if at % 2 else 1) for at, one in enumerate(digits[:12])) % 10)


READERS: dict[str, Callable[[str], str]] = {
    IdentifierScheme.DOI: doi,
    IdentifierScheme.UN_SYMBOL: un_symbol,
    IdentifierScheme.ISBN: isbn,
}
