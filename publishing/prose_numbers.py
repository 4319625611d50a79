"""Numbers in texts that stay true: [#](/en/cases/?outcome=holding) is written as the number of that list.

Which lists are counted, apps that have them say (the hook `numbers_of_lists`). Where nothing can be counted,
the link says that it leads to a list.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from itertools import islice
from urllib.parse import unquote

from django.conf import settings
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from markdown_it.token import Token

from publishing.hooks import numbers_of_lists
from publishing.languages import active_language, language_of_path
from publishing.markdown import RENDERER
from publishing.markdown_numbers import MARK, NUMBER_LINK, has_numbers
from publishing.numbers import written
from publishing.snapshots import without_shadows

NULL = "\0"
# So many different lists are counted for one text.
MOST_COUNTED = 100
LINK = ("link_open", "text", "link_close")

_in_old_record: ContextVar[bool] = ContextVar("in_old_record", default=False)


@contextmanager
def in_old_record() -> Iterator[None]:
    """Inside, numbers are counted in the tables as they are, and said to be of today."""
    token = _in_old_record.set(True)
    try:
        yield
    finally:
        _in_old_record.reset(token)


def with_numbers(tokens: list[Token], language: str) -> list[Token]:
    """The tokens of a text in that language, in which links to lists say how many entries these have."""
    words = _words((str(link.attrs["href"]) for link in _links(tokens)), language)
    return [
        token.copy(children=[*_counted(token.children, words, language)]) if token.children else token
        for token in tokens
    ]


def in_plain_words(text: str, language: str) -> str:
    """The Markdown, with the numbers in place of the links to their lists."""
    words = _words(NUMBER_LINK.findall(text), language)
    return NUMBER_LINK.sub(lambda found: words.get(found[1], found[0]), text)


def uncountable(text: str) -> Iterator[str]:
    """The addresses of which the text wants a number, and which have none."""
    if not has_numbers(text):
        return
    tokens = RENDERER.parse(text)
    for address, number in numbers_at(str(link.attrs["href"]) for link in _links(tokens)).items():
        if number is None:
            yield unquote(address)


def numbers_at(addresses: Iterable[str]) -> dict[str, int | None]:
    """How many entries each list has, of the addresses in the casebook; None where none can be counted."""
    inside = {one: path for one in addresses if (path := _inside(one)) is not None}
    asked: dict[str, dict[str, QueryDict]] = {}
    for address, path in islice(inside.items(), MOST_COUNTED):
        name, query = _list_at(path)
        asked.setdefault(name, {})[address] = query
    numbers: dict[str, int | None] = dict.fromkeys(inside)
    for name, queries in asked.items():
        for count in numbers_of_lists:
            numbers |= zip(queries, count(name, [*queries.values()]), strict=False)
    return numbers


def _list_at(address: str) -> tuple[str, QueryDict]:
    """The name of the page at an address of the casebook, and what is asked of it; "" where there is none."""
    path, _mark, query = address.partition("#")[0].partition("?")
    path = unquote(path)
    language = language_of_path(path)
    if not language or NULL in path or NULL in unquote(query):
        return "", QueryDict()
    try:
        with translation.override(language):
            return resolve(path).view_name, QueryDict(query)
    except Resolver404:
        return "", QueryDict()


def _links(tokens: Iterable[Token]) -> Iterator[Token]:
    """The links of a text whose own text is nothing but the mark."""
    for token in tokens:
        children = token.children or []
        yield from (children[position] for position in _marks(children))


def _marks(tokens: list[Token]) -> Iterator[int]:
    """The positions of the links whose text is nothing but the mark."""
    for position in range(len(tokens) - 2):
        link, text, end = tokens[position : position + 3]
        if (link.type, text.type, end.type) == LINK and text.content.strip() == MARK:
            yield position


def _counted(tokens: list[Token], words: Mapping[str, str], language: str) -> Iterator[Token]:
    hrefs = {position: str(tokens[position].attrs["href"]) for position in _marks(tokens)}
    positions = {position: words[href] for position, href in hrefs.items() if href in words}
    for position, token in enumerate(tokens):
        if position in positions:
            yield token.copy(attrs=_attributes(token, language))
        elif position - 1 in positions:
            yield token.copy(content=positions[position - 1])
        else:
            yield token


def _attributes(link: Token, language: str) -> dict[str, str | int | float]:
    """Those of the link, which leads to the list in the language of the page."""
    address = _inside(str(link.attrs["href"])) or ""
    there = language_of_path(address)
    own = f"/{active_language()}{address.removeprefix(f'/{there}')}" if there else address
    attributes = {**link.attrs, "href": own}
    if _in_old_record.get():
        with translation.override(language):
            attributes["title"] = _("Counted today, not at the time of this record")
    return attributes


def _words(addresses: Iterable[str], language: str) -> dict[str, str]:
    """What the links to these addresses of the casebook say, in the language of the text."""
    with without_shadows() if _in_old_record.get() else nullcontext():
        numbers = numbers_at(addresses)
    with translation.override(language):
        # Translators: stands in a sentence for a number that cannot be counted, and leads to a list.
        the_list = _("the list")
        return {one: the_list if number is None else written(number) for one, number in numbers.items()}


def _inside(address: str) -> str | None:
    """The address below that of the casebook; None where it leads elsewhere."""
    path = address.removeprefix(settings.SITE_URL)
    return path if re.match(r"/(?!/)", path) else None
