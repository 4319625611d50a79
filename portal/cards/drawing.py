"""Draws a card: texts in our own faces, Latin or Arabic, on the picture that is shared of other pages."""

import io
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
EDGE = 85  # the margin at the start and the end of a line
# The rest of the general picture: its name and its star stay, its words are painted over.
STAR_END, STAR_BOTTOM, TEXTS_FROM, TEXTS_UNTIL = 380, 350, 185, 615
LEAST_TOP = 205
INK, SOFT, GOLD = "#f7f3e6", "#c5dad5", "#e9d8a6"
# The signs of the pages, light on the dark ground: their form and their colour.
MARKS = {
    "held": ("round", "#8fd3c8"),
    "settled": ("diamond", "#8fd3c8"),
    "broken": ("square", "#f0a391"),
    "replaced": ("diamond", "#e9d8a6"),
    "open": ("round", "#e9d8a6"),
}
TITLE_SIZES = (64, 56, 50, 44, 38)
MOST_LINES = 4
SMALL = 31
COLOURS = 64
FACES = {
    "latin": "literata.woff2",
    "extended": "literata-ext.woff2",
    "arabic": "noto-naskh-arabic.woff2",
    "signs": "noto-naskh-digits.woff2",
}
SIGNS = ((0x21, 0x40), (0x5B, 0x5D), (0xAB, 0xAB), (0xBB, 0xBB), (0x2010, 0x2014), (0x2026, 0x2026))
ARABIC = ((0x600, 0x6FF), (0x750, 0x77F), (0x200C, 0x200F), (0xFDFD, 0xFDFD))
EXTENDED = ((0x100, 0x151), (0x154, 0x177), (0x179, 0x17E), (0x1E0C, 0x1E63), (0x1E6C, 0x1E6D))


@dataclass(frozen=True)
class Card:
    """What a card says. kind: above the title. facts: below it. mark: a sign before the facts, of MARKS."""

    language: str
    is_rtl: bool
    kind: str
    title: str
    facts: str = ""
    mark: str = ""


@dataclass(frozen=True)
class _Run:
    """A part of a line in one face."""

    text: str
    face: str

    @property
    def direction(self) -> str:
        """Signs and digits that follow Arabic letters stand with them, as Unicode orders them."""
        return "rtl" if self.face in ("arabic", "signs") else "ltr"


def png_of(card: Card) -> bytes:
    """The card as a PNG."""
    file = io.BytesIO()
    picture = picture_of(card).quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def picture_of(card: Card) -> Image.Image:
    """The card in all its colours."""
    picture = _frame(card.language, is_rtl=card.is_rtl)
    draw = ImageDraw.Draw(picture)
    size, lines = _fitted(card.title, is_rtl=card.is_rtl)
    leading = round(size * (1.42 if card.is_rtl else 1.18))
    bottom = 575 if card.facts else 590
    facts_top = bottom - SMALL
    title_top = (facts_top - 24 if card.facts else bottom) - leading * len(lines)
    title_top = max(title_top, LEAST_TOP + 48)
    _line(draw, card.kind, title_top - 46, SMALL, 600, GOLD, is_rtl=card.is_rtl)
    for number, line in enumerate(lines):
        _line(draw, line, title_top + number * leading, size, 600, INK, is_rtl=card.is_rtl)
    if card.facts:
        shift = 34 if card.mark else 0
        if card.mark:
            _mark(draw, card.mark, facts_top + 22, is_rtl=card.is_rtl)
        facts = _cut(card.facts, SMALL, WIDTH - 2 * EDGE - shift, is_rtl=card.is_rtl)
        _line(draw, facts, facts_top, SMALL, 400, SOFT, is_rtl=card.is_rtl, shift=shift)
    return picture


def _frame(language: str, *, is_rtl: bool) -> Image.Image:
    """The general picture without its words."""
    with Image.open(settings.ROOT / "static" / "cards" / f"{language}.png") as general:
        picture = general.convert("RGB")
    ground, draw = picture.getpixel((WIDTH // 2, 20)), ImageDraw.Draw(picture)
    beside = (
        (STAR_END, TEXTS_FROM, WIDTH, TEXTS_UNTIL)
        if is_rtl
        else (0, TEXTS_FROM, WIDTH - STAR_END, TEXTS_UNTIL)
    )
    draw.rectangle(beside, fill=ground)
    draw.rectangle((0, STAR_BOTTOM, WIDTH, TEXTS_UNTIL), fill=ground)
    return picture


# --- lines --------------------------------------------------------------------------------------


def _fitted(title: str, *, is_rtl: bool) -> tuple[int, list[str]]:
    """The title in the largest size in which it takes few lines; in the smallest it may be cut."""
    for size in TITLE_SIZES:
        lines = [*_broken(title, size, MOST_LINES if size <= 50 else MOST_LINES - 1, is_rtl=is_rtl)]
        if " " not in lines[-1] or _length(lines[-1], size, 600, is_rtl=is_rtl) <= WIDTH - 2 * EDGE:
            return size, lines
    return size, [*lines[:-1], _cut(lines[-1], size, WIDTH - 2 * EDGE, is_rtl=is_rtl)]


def _broken(text: str, size: int, most: int, *, is_rtl: bool) -> Iterator[str]:
    """As many lines as it may have at most: the last of them has all that is left, and may be too long."""
    line, number = "", 1
    words = deque(text.split())
    while words:
        longer = f"{line} {words[0]}".strip()
        if line and _length(longer, size, 600, is_rtl=is_rtl) > WIDTH - 2 * EDGE:
            if number == most:
                break
            yield line
            line, number = words.popleft(), number + 1
        else:
            line = longer
            words.popleft()
    yield " ".join([line, *words])


def _cut(text: str, size: int, most: int, *, is_rtl: bool) -> str:
    """The text, without its last words where it is longer."""
    words = text.split()
    whole = " ".join(words)

    def first(number: int) -> str:
        return " ".join([*words[: number - 1], f"{words[number - 1].rstrip('…,;:،؛')}…"])

    def is_too_long(line: str) -> bool:
        return _length(line, size, 600, is_rtl=is_rtl) > most

    if len(words) < 2 or not is_too_long(whole):
        return whole
    # Halved again and again: to leave out one word after the other takes a second where there are hundreds.
    fitting = bisect_left(range(1, len(words)), True, key=lambda number: is_too_long(first(number)))
    return first(max(1, fitting))


def _length(text: str, size: int, weight: int, *, is_rtl: bool) -> float:
    return sum(_width(run, size, weight) for run in _runs(text, is_rtl=is_rtl))


def _width(run: _Run, size: int, weight: int) -> float:
    return _font(run.face, size, weight).getlength(run.text, direction=run.direction)


def _line(
    draw: ImageDraw.ImageDraw,
    text: str,
    top: int,
    size: int,
    weight: int,
    colour: str,
    *,
    is_rtl: bool,
    shift: int = 0,
) -> None:
    """Draw the line from its start; runs of the other direction stay together, in their own order."""
    at: float = (WIDTH - EDGE - shift) if is_rtl else EDGE + shift
    baseline = top + size
    for run in _in_visual_order(_runs(text, is_rtl=is_rtl), is_rtl=is_rtl):
        width = _width(run, size, weight)
        start = at - width if is_rtl else at
        font = _font(run.face, size, weight)
        draw.text((start, baseline), run.text, fill=colour, font=font, anchor="ls", direction=run.direction)
        at += -width if is_rtl else width


def _in_visual_order(runs: Sequence[_Run], *, is_rtl: bool) -> Iterator[_Run]:
    """Runs against the direction of the line, several in a row, come in turn from the other end."""
    own = "rtl" if is_rtl else "ltr"
    for is_own, group in groupby(runs, lambda run: run.direction == own):
        several = [*group]
        yield from several if is_own else reversed(several)


def _runs(text: str, *, is_rtl: bool) -> list[_Run]:
    """The parts of the text that one face can draw; signs and digits stay with the letters beside them."""
    faces = [_face(character) for character in text]
    known = [face for face in faces if face]
    before = known[0] if known else ("arabic" if is_rtl else "latin")
    found: list[list[str]] = []
    for character, face in zip(text, faces, strict=True):
        before = face or before
        wanted = before
        if before == "arabic" and face is None and character != " ":
            # The Arabic face has neither digits nor signs: those of its design have a face of their own.
            wanted = "signs" if _is_among(character, SIGNS) else "latin"
        if found and found[-1][0] == wanted:
            found[-1][1] += character
        else:
            found.append([wanted, character])
    return [_Run(part, face) for face, part in found]


def _face(character: str) -> str | None:
    if _is_among(character, ARABIC):
        return "arabic"
    if _is_among(character, EXTENDED):
        return "extended"
    return "latin" if character.isalpha() else None


def _is_among(character: str, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)


@cache
def _font(face: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(
        settings.ROOT / "static" / "fonts" / FACES[face], size, layout_engine=ImageFont.Layout.RAQM
    )
    font.set_variation_by_axes([weight])
    return font


def _mark(draw: ImageDraw.ImageDraw, mark: str, middle: int, *, is_rtl: bool) -> None:
    """The sign of an outcome."""
    x, half = (WIDTH - EDGE - 11 if is_rtl else EDGE + 11), 10
    form, colour = MARKS[mark]
    if form == "round":
        draw.ellipse((x - half, middle - half, x + half, middle + half), fill=colour)
    elif form == "square":
        draw.rectangle((x - half, middle - half, x + half, middle + half), fill=colour)
    else:
        draw.polygon(
            [(x, middle - half - 3), (x + half + 3, middle), (x, middle + half + 3), (x - half - 3, middle)],
            fill=colour,
        )
