"""Citations in texts: [@address-of-a-source] becomes the number of the source in the list of the page."""

from collections.abc import Iterator
from itertools import zip_longest

from django.utils.translation import gettext as _
from markdown_it.token import Token

from publishing.models import OldSlug
from sources.models import Source


def numbered(tokens: list[Token], cited: list[Source]) -> list[Token]:
    """The tokens, with each citation as a link to its source in the list of the page.

    cited: the sources in the order of that list. A citation of any other source stays as it was written.
    """
    numbers = _numbers(tokens, cited)
    return [
        token.copy(children=[*_linked(token.children, cited, numbers)]) if token.children else token
        for token in tokens
    ]


def _numbers(tokens: list[Token], cited: list[Source]) -> dict[str, int]:
    """The number of each source, by its address and, where the text needs them, its earlier addresses."""
    numbers = {source.slug: number for number, source in enumerate(cited, start=1)}
    slugs = {child.content for token in tokens for child in token.children or () if child.type == "citation"}
    if unknown := slugs - numbers.keys():
        by_key = {source.pk: numbers[source.slug] for source in cited}
        earlier = OldSlug.objects.filter(kind="source", slug__in=unknown, entry_id__in=by_key)
        numbers |= {slug: by_key[key] for slug, key in earlier.values_list("slug", "entry_id")}
    return numbers


def _linked(tokens: list[Token], cited: list[Source], numbers: dict[str, int]) -> Iterator[Token]:
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.type == "text" and following is not None and following.type == "citation":
            # The number stands close to what it is about, as printers set it.
            token = token.copy(content=token.content.rstrip(" \u00a0"))
        number = numbers.get(token.content) if token.type == "citation" else None
        if number is None:
            yield token
            continue
        source = cited[number - 1]
        locator = token.meta["locator"]
        name = str(source.title_localized) + (_(", ") + locator if locator else "")
        yield Token("sup_open", "sup", 1)
        yield Token(
            "link_open", "a", 1, attrs={"class": "citation", "href": f"#source-{source.slug}", "title": name}
        )
        yield Token("text", "", 0, content=f"[{number}]")
        yield Token("link_close", "a", -1)
        yield Token("sup_close", "sup", -1)
