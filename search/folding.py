"""Texts for comparing: one spelling for all that people would call the same word."""

import re
import unicodedata

# The last character of the plane that the living scripts are in.
MOST_KEPT = 0xFFFF
# What normalisation leaves apart and readers do not: other forms of a letter, in one.
SAME_LETTER = {
    **dict.fromkeys("ٱٲٳٵ", "ا"),
    **dict.fromkeys("ىیېۍےۓٸ", "ي"),
    **dict.fromkeys("ةہھۀۂۃەە", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ۆۇۈۋٶٷ", "و"),
    **{"æ": "ae", "œ": "oe", "ı": "i", "ȷ": "j", "ð": "d", "þ": "th", "ŋ": "n", "ĸ": "k", "ſ": "s"},
}
WITHIN_A_WORD = frozenset("'’‘‛ʼʻʽʾʿˈ′´`ʹ՚ꞌ＇‐-‑")
TATWEEL = "\N{ARABIC TATWEEL}"
WITH_SOMETHING = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")


def folded(text: str, *, but: str = "") -> str:
    """The text as it is compared: letters and digits without marks and case, words parted by one space.

    but: letters that stay what they are. What is asked for and what is searched are folded alike; what is
    shown never is.

    >>> folded("الإمارات") == folded("الامارات"), folded("الأمم المتحدة") == folded("الامم المتحده")
    (True, True)
    >>> folded("لِيبيا") == folded("ليبيــا") == folded("لیبیا") == folded("ليبيا")
    True
    >>> folded("État de l’Œuvre"), folded("Cessez‑le‑feu"), folded("«Straße»"), folded("İstanbul, Łódź")
    ('etat de l oeuvre', 'cessez le feu', 'strasse', 'istanbul lodz')
    >>> folded("S/RES/٢٠٢٠"), folded("  ﻻ \u200f")
    ('s res 2020', 'لا')
    """
    plain = _without_forms(text)
    if not but:
        return " ".join(plain.translate(_FOLDED).split())
    return " ".join("".join(one if one in but else _FOLDED[ord(one)] for one in plain).split())


def joined(text: str) -> str:
    """The text folded, but with apostrophes and hyphens left out, as many write such words.

    >>> joined("Sana’a"), joined("a cease-fire")
    ('sanaa', 'a ceasefire')
    """
    return folded("".join(character for character in text if character not in WITHIN_A_WORD))


def spellings(text: str) -> list[str]:
    """The text folded in each way in which people write it; none where it has no letter and no digit.

    >>> spellings("Cease-fire in Sana'a"), spellings("Aden"), spellings("«…»")
    (['cease fire in sana a', 'ceasefire in sanaa'], ['aden'], [])
    """
    return [one for one in dict.fromkeys((folded(text), joined(text))) if one]


def _without_forms(text: str) -> str:
    """Decomposed and in one case; a second round for what the first brings to light."""
    for _round in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKD", text)


class _Folded(dict[int, str]):
    """What stands for each character, by its number, worked out when it is first met.

    Only the scripts in use are kept, so that nobody fills the memory with rare signs.
    """

    def __missing__(self, number: int) -> str:
        found = _folded_character(chr(number))
        if number <= MOST_KEPT:
            self[number] = found
        return found


_FOLDED = _Folded()


def _folded_character(character: str) -> str:
    """What stands for it: a letter, a digit, a space, or nothing."""
    if character in SAME_LETTER:
        return SAME_LETTER[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in {"Mn", "Me", "Cf", "Cs", "Cn"} or character == TATWEEL:
        return ""
    if category[0] not in "LNM" or character in WITHIN_A_WORD:
        return " "
    is_latin = WITH_SOMETHING.match(unicodedata.name(character, ""))
    return is_latin[1].lower() if is_latin else character
