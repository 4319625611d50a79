"""Where in a source something stands, in the reader's language as far as its words are the usual ones.

Editors write "para. 3" or "annex, points 1 to 4" once; a record's number or a heading stays as it is.
What stands between two commas is said whole in one language, so that nobody reads "opening paragraphe".
"""

import re
from itertools import pairwise

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
    "ceasefire": pgettext_lazy("place in a source", "ceasefire"),
    "ceasefires": pgettext_lazy("place in a source", "ceasefires"),
    "chapter": pgettext_lazy("place in a source", "chapter"),
    "commitment": pgettext_lazy("place in a source", "commitment"),
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
LONGEST_FIRST = "|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True))
NOT_QUOTED = "(?![^“]*”)"
PARTS = re.compile(f", {NOT_QUOTED}")
JOINTS = re.compile(f"((?:^| )(?:and|to) ){NOT_QUOTED}")
# A usual word alone, or with a number, a name or what is quoted behind it.
USUAL = re.compile(rf"(?P<word>(?i:{LONGEST_FIRST}))(?P<which> “[^”]*”| (?=\S*[^a-z\s])\S+)?")
VARIABLES = re.compile(r"(?P<word>variables?)(?P<which> \S+)")
RECORD = re.compile(r"\w+ \d\S*")
# What may stand without a word of its own: nothing at first, then numbers, after "variables" names.
ALONE = re.compile(r"(?!)")
NUMBER = re.compile(r"|\(?\w?\d\S*|\(\w\)|[IVXLC]+")
NAME = re.compile(r"\w*")


def spoken(locator: str) -> str:
    """The locator in the active language; in English as it was written."""
    if get_language() == "en":
        return locator
    parts = PARTS.split(locator)
    said: list[str | None] = []
    goes_on = ALONE
    for part in parts:
        said.append(_said(part, goes_on))
        goes_on = _follows(part, goes_on) if said[-1] else ALONE
    commas = ["", *(_(", ") if one or next_one else ", " for one, next_one in pairwise(said))]
    return "".join(comma + (one or part) for comma, one, part in zip(commas, said, parts, strict=True))


def _said(part: str, goes_on: re.Pattern[str]) -> str | None:
    """What stands between two commas in the active language; None where some of its words are not usual.

    goes_on: what may stand without a word of its own, since the part before said what it is.
    """
    pieces = JOINTS.split(part)
    for index, piece in enumerate(pieces):
        if index % 2:
            pieces[index] = _joint(piece)
        elif usual := USUAL.fullmatch(piece) or VARIABLES.fullmatch(piece):
            pieces[index] = f"{WORDS[usual['word'].lower()]}{usual['which'] or ''}"
            goes_on = _follows(piece, NUMBER)
        elif not (RECORD.fullmatch(piece) or goes_on.fullmatch(piece)):
            return None
        elif goes_on is ALONE:
            goes_on = NUMBER
    return "".join(pieces)


def _follows(part: str, before: re.Pattern[str]) -> re.Pattern[str]:
    """What may go on after a part that was understood: after variables their names, else numbers."""
    if VARIABLES.match(part) or before is NAME:
        return NAME
    return NUMBER


def _joint(word: str) -> str:
    """The word between two numbers; at the beginning of a part the comma has left the space."""
    said = {
        "and": pgettext("between numbers of paragraphs", " and "),
        "to": pgettext("between numbers of paragraphs", " to "),
    }[word.strip()]
    return said if word.startswith(" ") else said.lstrip()
