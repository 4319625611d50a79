"""Markdown as people write it: emphasis written to an Arabic word, lists as other programs paste them.

Both are understood when a text is shown, and its source stays as it was typed: an editor finds again what
was written, and texts that are there already are shown right too. What CommonMark reads stays as it is.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from publishing.fields.clean_text import DIGITS

# --- emphasis ------------------------------------------------------------------------------
#
# CommonMark lets emphasis begin before a quotation mark or bracket only behind a space. Arabic writes "and",
# "by" and "for" to the next word, so the letter before it is no part of a word that the emphasis would split.

ARABIC_LETTER = re.compile("[\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff]")
OPENING = frozenset("«“‘\"'(‹[﴿")
CLOSING = frozenset("»”’\"')›]﴾:؛،.!؟?…")
# In other scripts: what ends a heading that the text goes on behind, as in "**Note :**see".
ENDING = frozenset(":.!?…»")


def emphasis(state: StateInline, silent: bool) -> bool:
    """The stock rule for asterisks and underscores, in which some runs may begin or end emphasis too."""
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1 : state.pos]
    after = state.src[state.pos + scanned.length : state.pos + scanned.length + 1]
    is_star = marker == "*"
    can_open = scanned.can_open or (is_star and _opens(before, after))
    can_close = scanned.can_close or (is_star and _closes(before, after, scanned.length))
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(ord(marker), scanned.length, len(state.tokens) - 1, -1, can_open, can_close)
        )
    state.pos += scanned.length
    return True


def _opens(before: str, after: str) -> bool:
    return after in OPENING and bool(ARABIC_LETTER.match(before))


def _closes(before: str, after: str, length: int) -> bool:
    if ARABIC_LETTER.match(after):
        return before in CLOSING
    return length == len("**") and before in ENDING and after.isalpha()


# --- lists -----------------------------------------------------------------------------------

BULLET = re.compile(r"^(?P<indent> {0,3})[•‣▪●◦](?:[ \t\u00a0]+)(?=\S)")
# What may also begin a sentence: with a tab behind it, or on two lines running, it is a list.
DASH = re.compile(r"^(?P<indent> {0,3})(?P<mark>[–·])(?P<gap>[ \t\u00a0]+)(?=\S)")
NUMBER = re.compile(r"^(?P<indent> {0,3})(?P<number>[0-9٠-٩۰-۹]{1,3})(?P<mark>[.)-])[ \t\u00a0]+(?=\S)")
FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})")


def pasted_lists(state: StateCore) -> None:
    """Write the lists of word processors and of Arabic numbers as Markdown does, line by line."""
    lines, fence = state.src.split("\n"), ""
    for at, line in enumerate(lines):
        if found := FENCE.match(line):
            mark = found["mark"]
            fence = mark if not fence else "" if mark.startswith(fence) else fence
        elif not fence:
            lines[at] = _as_item(
                line, lines[at + 1] if at + 1 < len(lines) else "", lines[at - 1] if at else ""
            )
    state.src = "\n".join(lines)


def _as_item(line: str, following: str, before: str) -> str:
    if found := BULLET.match(line):
        return f"{found['indent']}- {line[found.end() :]}"
    if found := DASH.match(line):
        is_list = "\t" in found["gap"] or _is_dashed(following) or before.lstrip(" ").startswith("- ")
        return f"{found['indent']}- {line[found.end() :]}" if is_list else line
    if found := NUMBER.match(line):
        is_plain = found["number"].isascii() and found["mark"] != "-"
        is_list = not found["number"].isascii() or _is_numbered(following) or _is_numbered(before)
        if not is_plain and is_list:
            mark = "." if found["mark"] == "-" else found["mark"]
            return f"{found['indent']}{found['number'].translate(DIGITS)}{mark} {line[found.end() :]}"
    return line


def _is_numbered(line: str) -> bool:
    return bool(NUMBER.match(line))


def _is_dashed(line: str) -> bool:
    return bool(DASH.match(line))


# --- tables ------------------------------------------------------------------------------------

# By the direction of the page: what is right in English is left in Arabic.
ALIGNED = {"left": "align-start", "center": "align-center", "right": "align-end"}


def align_by_class(tokens: list[Token]) -> None:
    """Say how a cell is aligned by a class, since the pages take no style."""
    for token in tokens:
        if token.type in {"th_open", "td_open"} and (style := token.attrs.pop("style", None)):
            token.attrSet("class", ALIGNED[str(style).removeprefix("text-align:")])


def as_written(renderer: MarkdownIt) -> None:
    """Add it all to the renderer."""
    renderer.inline.ruler.at("emphasis", emphasis)
    renderer.core.ruler.after("normalize", "pasted_lists", pasted_lists)
