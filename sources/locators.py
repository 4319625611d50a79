"""Translates locators: where in a source something is found.

Editors write "para. 3" or "annex, points 1 to 4" once; the number of a record or a heading stays as it is.
A part between two commas is translated as a whole or not at all, so that languages are never mixed in it.
"""

import re
from itertools import pairwise, zip_longest

from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

WORDS = {
    "abstract": pgettext_lazy("place in a source", "abstract"),
    "agreed points": pgettext_lazy("place in a source", "agreed points"),
    "annex": pgettext_lazy("place in a source", "annex"),
    "art.": pgettext_lazy("place in a source", "art."),
    "article": pgettext_lazy("place in a source", "article"),
    "articles": pgettext_lazy("place in a source", "articles"),
    "background": pgettext_lazy("place in a source", "background"),
    "beirut agreement": pgettext_lazy("place in a source", "Beirut agreement"),
    "caption": pgettext_lazy("place in a source", "caption"),
    "ceasefire": pgettext_lazy("place in a source", "ceasefire"),
    "ceasefires": pgettext_lazy("place in a source", "ceasefires"),
    "chapter": pgettext_lazy("place in a source", "chapter"),
    "commitment": pgettext_lazy("place in a source", "commitment"),
    "conflict": pgettext_lazy("place in a source", "conflict"),
    "doha agreement": pgettext_lazy("place in a source", "Doha Agreement"),
    "first": pgettext_lazy("place in a source", "first"),
    "first paragraph": pgettext_lazy("place in a source", "first paragraph"),
    "fourth": pgettext_lazy("place in a source", "fourth"),
    "fourth paragraph": pgettext_lazy("place in a source", "fourth paragraph"),
    "guiding principles": pgettext_lazy("place in a source", "guiding principles"),
    "head of the document": pgettext_lazy("place in a source", "head of the document"),
    "heading": pgettext_lazy("place in a source", "heading"),
    "headline": pgettext_lazy("place in a source", "headline"),
    "introduction": pgettext_lazy("place in a source", "introduction"),
    "item": pgettext_lazy("place in a source", "item"),
    "items": pgettext_lazy("place in a source", "items"),
    "last paragraph": pgettext_lazy("place in a source", "last paragraph"),
    "last paragraphs": pgettext_lazy("place in a source", "last paragraphs"),
    "letter": pgettext_lazy("place in a source", "letter"),
    "main text": pgettext_lazy("place in a source", "main text"),
    "meeting": pgettext_lazy("place in a source", "meeting"),
    "notice of the act": pgettext_lazy("place in a source", "notice of the act"),
    "operative part": pgettext_lazy("place in a source", "operative part"),
    "p.": pgettext_lazy("place in a source", "p."),
    "para.": pgettext_lazy("place in a source", "para."),
    "paragraph": pgettext_lazy("place in a source", "paragraph"),
    "paragraphs": pgettext_lazy("place in a source", "paras."),
    "paras": pgettext_lazy("place in a source", "paras."),
    "paras.": pgettext_lazy("place in a source", "paras."),
    "passage beginning": pgettext_lazy("place in a source", "passage beginning"),
    "photo caption": pgettext_lazy("place in a source", "photo caption"),
    "point": pgettext_lazy("place in a source", "point"),
    "points": pgettext_lazy("place in a source", "points"),
    "preamble": pgettext_lazy("place in a source", "preamble"),
    "second": pgettext_lazy("place in a source", "second"),
    "second heading": pgettext_lazy("place in a source", "second heading"),
    "second paragraph": pgettext_lazy("place in a source", "second paragraph"),
    "section": pgettext_lazy("place in a source", "section"),
    "single paragraph": pgettext_lazy("place in a source", "single paragraph"),
    "speech": pgettext_lazy("place in a source", "speech"),
    "statement": pgettext_lazy("place in a source", "statement"),
    "subheading": pgettext_lazy("place in a source", "subheading"),
    "summary": pgettext_lazy("place in a source", "summary"),
    "terms": pgettext_lazy("place in a source", "terms"),
    "third": pgettext_lazy("place in a source", "third"),
    "third item": pgettext_lazy("place in a source", "third item"),
    "third paragraph": pgettext_lazy("place in a source", "third paragraph"),
    "title": pgettext_lazy("place in a source", "title"),
    "variable": pgettext_lazy("place in a source", "variable"),
    "variables": pgettext_lazy("place in a source", "variables"),
}
# Of exactly two Arabic says another word than of several.
WORDS_OF_TWO = {
    "articles": pgettext_lazy("two places in a source", "articles"),
    "ceasefires": pgettext_lazy("two places in a source", "ceasefires"),
    "items": pgettext_lazy("two places in a source", "items"),
    "paragraphs": pgettext_lazy("two places in a source", "paras."),
    "paras": pgettext_lazy("two places in a source", "paras."),
    "paras.": pgettext_lazy("two places in a source", "paras."),
    "points": pgettext_lazy("two places in a source", "points"),
    "variables": pgettext_lazy("two places in a source", "variables"),
}
LONGEST_FIRST = "|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True))
NOT_QUOTED = "(?![^“]*”)"
PARTS = re.compile(f", {NOT_QUOTED}")
CONJUNCTIONS = re.compile(f"((?:^| )(?:and|to) ){NOT_QUOTED}")
# A known word alone, or followed by a number, a name or a quotation.
KNOWN_WORD = re.compile(rf"(?P<word>(?i:{LONGEST_FIRST}))(?P<which> “[^”]*”| (?=\S*[^a-z\s])\S+)?")
VARIABLES = re.compile(r"(?P<word>variables?)(?P<which> \S+)")
RECORD = re.compile(r"\w+ \d\S*")
TWO = re.compile(rf"(?i:{'|'.join(map(re.escape, WORDS_OF_TWO))}) \S+ and \S+")
# What may follow without a known word: nothing at first, then numbers; after "variables" names.
NOTHING = re.compile(r"(?!)")
NUMBER = re.compile(r"|\(?\w?\d\S*|\(\w\)|[IVXLC]+")
NAME = re.compile(r"\w*")


def localized(locator: str) -> str:
    """The locator in the active language; unchanged in English."""
    if get_language() == "en":
        return locator
    parts = PARTS.split(locator)
    translated: list[str | None] = []
    continuation = NOTHING
    for part, following in zip_longest(parts, parts[1:], fillvalue=""):
        translated.append(_translated(part, continuation, has_more=_goes_on(following)))
        continuation = _next_continuation(part, continuation) if translated[-1] else NOTHING
    commas = ["", *(_(", ") if one or next_one else ", " for one, next_one in pairwise(translated))]
    return "".join(comma + (one or part) for comma, one, part in zip(commas, translated, parts, strict=True))


def _goes_on(following: str) -> bool:
    """Whether the part after the comma is one more number of the list before it."""
    return bool(re.match(r"\(?\d", following))


def _translated(part: str, continuation: re.Pattern[str], *, has_more: bool) -> str | None:
    """The part between two commas in the active language; None if it has unknown words.

    continuation: what may follow without a known word, after the part before. has_more: more numbers follow.
    """
    pieces = CONJUNCTIONS.split(part)
    words = {**WORDS, **WORDS_OF_TWO} if TWO.fullmatch(part) and not has_more else WORDS
    for index, piece in enumerate(pieces):
        if index % 2:
            pieces[index] = _translated_joint(piece)
        elif known := KNOWN_WORD.fullmatch(piece) or VARIABLES.fullmatch(piece):
            pieces[index] = f"{words[known['word'].lower()]}{known['which'] or ''}"
            continuation = _next_continuation(piece, NUMBER)
        elif not (RECORD.fullmatch(piece) or continuation.fullmatch(piece)):
            return None
        elif continuation is NOTHING:
            continuation = NUMBER
    return "".join(pieces)


def _next_continuation(part: str, before: re.Pattern[str]) -> re.Pattern[str]:
    """What may follow a translated part without a known word: names after variables, else numbers."""
    if VARIABLES.match(part) or before is NAME:
        return NAME
    return NUMBER


def _translated_joint(word: str) -> str:
    """The translated “and” or “to”; at the start of a part without its leading space."""
    translated = {
        "and": pgettext("between numbers of paragraphs", " and "),
        "to": pgettext("between numbers of paragraphs", " to "),
    }[word.strip()]
    return translated if word.startswith(" ") else translated.lstrip()
