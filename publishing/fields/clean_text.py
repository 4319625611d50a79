"""Text as it is stored, whichever keyboard, program or document it came from.

What nobody sees and what means nothing is dropped; what has a meaning stays: the marks that part or join
letters in Arabic and Indic scripts, those that build an emoji, those that keep a sign on its side of an
Arabic line. What turns letters around stays too: the validators refuse it and show where it is.
"""

import re
import unicodedata
from itertools import groupby

# What may have to be dropped or changed; a text without any of it needs at most to be composed.
UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\uf0a7\uf0a8\uf0b7\uf0d8\ufeff\uffa0\ufffc\ufffe\uffff\U000e0000-\U000e01ef]"
)
ENDS_OF_LINES = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
NEXT_LINE = "\x85"
# What old programs wrote with the numbers of controls, as Windows read them.
OF_WINDOWS = {
    number: bytes([number]).decode("cp1252", "ignore") for number in range(0x80, 0xA0) if number != 0x85
}
CURLY = frozenset(chr(number) for number, meant in OF_WINDOWS.items() if meant)
CHANGED = {
    **OF_WINDOWS,
    # Word's hyphen at which no line breaks, and the bullets of its font of symbols.
    0x1E: "-",
    **dict.fromkeys(map(ord, "\uf0a7\uf0a8\uf0b7\uf0d8"), "•"),
    # Letters and signs without a shape, which take the room of one.
    **dict.fromkeys(map(ord, "\u2800\u3164\uffa0"), " "),
}
MEANINGLESS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u115f\u1160\u180e\u200b\u202a\u202b\u2060-\u206f"
    "\ufeff\ufffc\ufffe\uffff\U000e0080-\U000e01ef]"
)
# A mark that turns letters around, up to its end; or an end that ends none.
OVERRIDE = re.compile("(?P<mark>[\u202d\u202e])(?P<text>[^\n\u202c-\u202e]*)\u202c?|\u202c")
AGAINST = {"\u202d": {"R", "AL", "AN"}, "\u202e": {"L", "EN", "AN"}}
# Three flags, of England, Scotland and Wales, are written with tags; elsewhere tags hide words.
FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
TAGS = re.compile(f"(?P<flag>{FLAG.pattern})|[\U000e0000-\U000e007f]")
JOINERS = re.compile("[\u200c\u200d]")
# The scripts in which a joiner parts letters or joins them, and what it makes one emoji of.
JOINING = re.compile("[\u0600-\u061b\u061d-\u109f\u1780-\u18af\ua840-\ua87f\ufb50-\ufdff\ufe70-\ufefc]")
EMOJI = re.compile("[\u2190-\u2bff\u3030-\u3299\U0001f000-\U0001faff\U000e007f\ufe0f]")
MARKS = re.compile("[\u200e\u200f\u061c]+")
RIGHT_TO_LEFT = frozenset({"R", "AL"})
TURNS_TO = {"\u200e": frozenset({"L"}), "\u200f": RIGHT_TO_LEFT, "\u061c": RIGHT_TO_LEFT}

# Arabic and Persian digits, each as the digit that it is.
DIGITS = {ord(digit): str(index % 10) for index, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}

# More signs on one letter than any language has; to be put in order, they cost the square of their number.
MANY_SIGNS = re.compile(r"[^\w\s\x00-\u02ff]{31,}")

BREAKS = re.compile("[\n\t]+")
# What no code has: spaces of other widths, breaks, and whatever is not seen.
ODD_SPACES = re.compile(r"[^\S ]")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean_prose(text: str) -> str:
    """A text of several lines: letters composed, every end of a line a line feed, little that is not seen."""
    return composed(_without_the_unseen(text) if UNCLEAN.search(text) else text)


def clean_line(text: str) -> str:
    """The same on one line: breaks and tabs are spaces, and there are none around it."""
    parts = (part.strip() for part in BREAKS.split(clean_prose(text)))
    return " ".join(part for part in parts if part)


def clean_code(text: str) -> str:
    """An address, a number, a name for machines: only what is seen, and plain spaces inside it."""
    seen = (one for one in ODD_SPACES.sub("", text) if unicodedata.category(one) not in UNSEEN)
    return "".join(seen).strip()


def with_line_feeds(text: str) -> str:
    """The text with every end of a line written as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def composed(text: str) -> str:
    """The same letters in the one way of writing them: NFC."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", MANY_SIGNS.sub(_in_order, text))


def _in_order(found: re.Match[str]) -> str:
    """The same signs, as normalisation puts them: by their classes, between what has none."""
    signs = (sign for one in found.group() for sign in unicodedata.normalize("NFD", one))
    parts = groupby(signs, key=lambda sign: unicodedata.combining(sign) == 0)
    return "".join(
        "".join(part if are_letters else sorted(part, key=unicodedata.combining))
        for are_letters, part in parts
    )


def _without_the_unseen(text: str) -> str:
    text = ENDS_OF_LINES.sub("\n", text)
    # Among curly quotes it is the dots that Windows has in its place.
    text = text.replace(NEXT_LINE, "\n" if CURLY.isdisjoint(text) else "…")
    text = MEANINGLESS.sub("", text.translate(CHANGED))
    text = TAGS.sub(lambda found: found["flag"] or "", OVERRIDE.sub(_without_idle_override, text))
    text = JOINERS.sub(_without_idle_joiner, text)
    return "\n".join(map(_without_idle_marks, text.split("\n")))


def _without_idle_override(found: re.Match[str]) -> str:
    """Letters that go that way anyway, as in a telephone number, need no mark."""
    if not found["mark"]:
        return ""
    directions = {unicodedata.bidirectional(one) for one in MARKS.sub("", found["text"])}
    return found["text"] if directions.isdisjoint(AGAINST[found["mark"]]) else found.group()


def _without_idle_joiner(found: re.Match[str]) -> str:
    return found.group() if kept_joiner(found.string, found.start()) else ""


def kept_joiner(text: str, at: int) -> bool:
    """Whether a joiner stands there that has a meaning: beside letters that join, or between two emoji."""
    if not JOINERS.match(text, at):
        return False
    after = text[at + 1 : at + 2]
    beside = _letter_before(text, at) + ("" if _is_sign(after) else after)
    return bool(JOINING.search(beside)) or (text[at] == "\u200d" and len(EMOJI.findall(beside)) == len("ab"))


def _without_idle_marks(line: str) -> str:
    """A mark is idle beside a letter of its direction, and where no letter goes from right to left."""
    if not MARKS.search(line):
        return line
    if all(unicodedata.bidirectional(one) not in RIGHT_TO_LEFT for one in MARKS.sub("", line)):
        return MARKS.sub("", line)
    return MARKS.sub(_without_idle_mark, line)


def _without_idle_mark(found: re.Match[str]) -> str:
    line, start, end, mark = found.string, found.start(), found.end(), found.group()[-1]
    beside = {unicodedata.bidirectional(one) for one in _letter_before(line, start) + line[end : end + 1]}
    return "" if beside & TURNS_TO[mark] else mark


def _letter_before(text: str, at: int) -> str:
    """The letter before the place, without the vowel signs and accents that it carries; "" at the start."""
    while at and _is_sign(text[at - 1]):
        at -= 1
    return text[max(0, at - 1) : at]


def _is_sign(character: str) -> bool:
    return bool(character) and unicodedata.bidirectional(character) == "NSM"
