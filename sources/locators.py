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
    "annex": pgettext_lazy("place in a source", "annex"),
    "art.": pgettext_lazy("place in a source", "art."),
    "article": pgettext_lazy("place in a source", "article"),
    "articles": pgettext_lazy("place in a source", "articles"),
    "background": pgettext_lazy("place in a source", "background"),
    "ceasefire": pgettext_lazy("place in a source", "ceasefire"),
    "ceasefires": pgettext_lazy("place in a source", "ceasefires"),
    "chapter": pgettext_lazy("place in a source", "chapter"),
    "first paragraph": pgettext_lazy("place in a source", "first paragraph"),
    "fourth paragraph": pgettext_lazy("place in a source", "fourth paragraph"),
    "heading": pgettext_lazy("place in a source", "heading"),
    "headline": pgettext_lazy("place in a source", "headline"),
    "introduction": pgettext_lazy("place in a source", "introduction"),
    "item": pgettext_lazy("place in a source", "item"),
    "items": pgettext_lazy("place in a source", "items"),
    "last paragraph": pgettext_lazy("place in a source", "last paragraph"),
    "operative part": pgettext_lazy("place in a source", "operative part"),
    "p.": pgettext_lazy("place in a source", "p."),
    "para.": pgettext_lazy("place in a source", "para."),
    "paragraph": pgettext_lazy("place in a source", "paragraph"),
    "paragraphs": pgettext_lazy("place in a source", "paras."),
    "paras": pgettext_lazy("place in a source", "paras."),
    "paras.": pgettext_lazy("place in a source", "paras."),
    "point": pgettext_lazy("place in a source", "point"),
    "points": pgettext_lazy("place in a source", "points"),
    "preamble": pgettext_lazy("place in a source", "preamble"),
    "second paragraph": pgettext_lazy("place in a source", "second paragraph"),
    "section": pgettext_lazy("place in a source", "section"),
    "summary": pgettext_lazy("place in a source", "summary"),
    "terms": pgettext_lazy("place in a source", "terms"),
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
NUMBER = re.compile(r"\(?\w?\d\S*|\(\w\)|[IVXLC]+")


def spoken(locator: str) -> str:
    """The locator in the active language; in English as it was written."""
    if get_language() == "en":
        return locator
    parts = PARTS.split(locator)
    said: list[str | None] = []
    for part in parts:
        said.append(_said(part, goes_on=bool(said and said[-1])))
    commas = ["", *(_(", ") if one or next_one else ", " for one, next_one in pairwise(said))]
    return "".join(comma + (one or part) for comma, one, part in zip(commas, said, parts, strict=True))


def _said(part: str, *, goes_on: bool) -> str | None:
    """What stands between two commas in the active language; None where some of its words are not usual.

    goes_on: the part before it was understood, so that a number alone belongs to its word.
    """
    pieces = JOINTS.split(part)
    for index, piece in enumerate(pieces):
        if index % 2:
            pieces[index] = _joint(piece)
        elif usual := USUAL.fullmatch(piece) or VARIABLES.fullmatch(piece):
            pieces[index] = f"{WORDS[usual['word'].lower()]}{usual['which'] or ''}"
        elif not (RECORD.fullmatch(piece) or ((goes_on or index) and (not piece or NUMBER.fullmatch(piece)))):
            return None
    return "".join(pieces)


def _joint(word: str) -> str:
    """The word between two numbers; at the beginning of a part the comma has left the space."""
    said = {
        "and": pgettext("between numbers of paragraphs", " and "),
        "to": pgettext("between numbers of paragraphs", " to "),
    }[word.strip()]
    return said if word.startswith(" ") else said.lstrip()
