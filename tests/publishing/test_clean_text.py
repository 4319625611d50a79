"""What nobody sees and what means nothing is dropped on the way in; what has a meaning stays."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.fields.clean_text import UNCLEAN, clean_code, clean_line, clean_prose, composed
from publishing.fields.invisible import LINES, REFUSED, refused_excerpts, refused_in
from tests.whole_site.reading import corpus

SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
STRANGE = "\x00\x07\x0b\x0c\x1e\x7f\x85\x91\x92\x93\x94\x96\xa0\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u202a\u202c\u202d\u202e\u2060\u2066\u2069\u2800\u3164\ufeff\uf0b7"
pasted = st.text(
    st.one_of(st.sampled_from([*STRANGE, *"سلام می ab 12 ().,!\n\r\t😀\u0301\u064b", SCOTLAND[1]]), st.characters(codec="utf-8")), max_size=40
)  # fmt: skip


@pytest.mark.parametrize(
    "typed, kept",
    [
        pytest.param("the cessa\u00adtion of hosti\u00adlities", "the cessation of hostilities", id="soft hyphens"),
        pytest.param("\ufeffBeirut\u200b \u2060today", "Beirut today", id="without width"),
        pytest.param("\u2068Amal\u2069 said \u202aso\u202c", "Amal said so", id="embedded by chat programs"),
        pytest.param("\u202d+961 1 234\u202c", "+961 1 234", id="number from a list of contacts"),
        pytest.param("Word\x0bline\x0cpage\u2028line\u2029end\x85last", "Word\nline\npage\nline\nend\nlast", id="ends of lines"),
        pytest.param("a\r\nb\rc\nd", "a\nb\nc\nd", id="ends of lines of three systems"),
        pytest.param("\x93quoted\x94 \x96 it\x92s so\x85", "“quoted” – it’s so…", id="of Windows"),
        pytest.param("cease\x1efire \uf0b7 two", "cease-fire • two", id="of Word"),
        pytest.param("Trêve", "Trêve", id="composed"),
        pytest.param("a\x00b\x07c\x7f", "abc", id="controls"),
        pytest.param("mod\u200cerator", "moderator", id="joiner between Latin letters"),
        pytest.param("\u200fS/2008/392\u200e", "S/2008/392", id="marks of direction in Latin text"),
        pytest.param("سلام\u200f, نعم", "سلام, نعم", id="mark beside a letter of its direction"),
        pytest.param("ا\u0654\u061c قال", "أ قال", id="mark beside a letter with a sign of its own"),
        pytest.param("free\U000e0041text", "freetext", id="hidden tag"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_dropped(typed: str, kept: str) -> None:
    assert clean_prose(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("می\u200cخواهم", id="Persian non-joiner"),
        pytest.param("١٤٢٩ ه\u200d", id="Arabic joiner"),
        pytest.param("क\u094d\u200dष", id="Indic joiner"),
        pytest.param("👨\u200d👩\u200d👧 ❤️\u200d🔥", id="family"),
        pytest.param(f"{SCOTLAND} Scotland", id="flag"),
        pytest.param("كتبه بلغة C++\u200e ثم نشره", id="mark that keeps a sign on its side"),
        pytest.param("الهاتف \u200e+961", id="mark before a number"),
        pytest.param("  - a\n    - b\tc", id="indents of lists"),
        pytest.param("بِسْمِ ٱللَّٰهِ", id="vowel signs"),
        pytest.param("pay \u202elive\u202c now", id="turned around, which is refused"),
    ],
)  # fmt: skip
def test_what_has_a_meaning_stays(text: str) -> None:
    text = unicodedata.normalize("NFC", text)

    assert clean_prose(text) == text


def test_one_line_has_no_breaks_and_nothing_around_it() -> None:
    assert clean_line("  The truce\r\n\tof\u2028 2022 \n") == "The truce of 2022"
    assert clean_line("« Trêve »\u00a0!") == "« Trêve »\u00a0!"


def test_a_code_is_only_what_is_seen() -> None:
    assert clean_code(" \u200fhttps://example.org/a\u200b\u00ad\n\u00a0") == "https://example.org/a"
    assert clean_code("S/RES/1701 (2006)") == "S/RES/1701 (2006)"


@given(pasted)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    for clean in (clean_prose, clean_line, clean_code):
        assert clean(clean(text)) == clean(text)


@given(pasted)
def test_whatever_is_seen_stays(text: str) -> None:
    def seen(text: str) -> str:
        kept = (one for one in text if unicodedata.category(one)[0] in "LNPS" and one not in REFUSED)
        return unicodedata.normalize("NFC", "".join(kept))

    added = str.maketrans("", "", "“”‘’–—…-•€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ\ufffc")

    assert seen(clean_prose(text)).translate(added) == seen(text).translate(added)


@given(pasted)
def test_what_is_refused_after_cleaning_turns_letters_around_and_is_shown(text: str) -> None:
    for kept, but in ((clean_prose(text), LINES), (clean_line(text), frozenset())):
        assert {*refused_in(kept, but=but)} <= {"U+202C", "U+202D", "U+202E"}
        assert bool(refused_excerpts(kept, but=but)) == bool(refused_in(kept, but=but))


def test_all_that_is_refused_is_looked_for() -> None:
    surrogates = {*map(chr, range(0xD800, 0xE000))}

    assert [one for one in REFUSED - LINES - surrogates if not UNCLEAN.search(one)] == []


@pytest.mark.parametrize("row", corpus("unicode_spoof"), ids=lambda row: row["id"])
def test_hostile_text_is_clean_or_refused(row: dict[str, str]) -> None:
    kept = refused_in(clean_prose(row["input"]))

    assert {one for one in kept if not one.startswith("U+D")} <= {"U+202C", "U+202D", "U+202E"}


def test_the_place_of_what_is_refused_is_shown_among_its_words() -> None:
    assert refused_excerpts("All fighters leave \u202enwod within a month.") == [
        "…hters leave [U+202E]nwod within …"
    ]
    assert refused_excerpts("a\u202eb") == ["a[U+202E]b"]


def test_a_long_hostile_text_is_cleaned_quickly() -> None:
    began = time.process_time()

    for one in (" " * 200_000 + "\u200f", "\u202ea" * 50_000, "\u200fب " * 50_000, "🏴\U000e0041" * 50_000):
        clean_line(one)

    assert time.process_time() - began < 3


# Signs of several classes, one that is two signs, one without a class, a letter, and what is no sign.
@given(st.text("\u0301\u0323\u0345\u0344\u0f73\u064b\u05b0\u20d0ا•", min_size=20, max_size=90))
def test_many_signs_are_composed_as_few_are(signs: str) -> None:
    assert composed(f"a{signs}") == unicodedata.normalize("NFC", f"a{signs}")


def test_many_signs_on_one_letter_are_composed_quickly() -> None:
    began = time.process_time()

    for one in ("\u0301\u0323", "\u0f73\u0f73", "•\u0301\u0323"):
        composed("a" + one[0] * 50_000 + one[1:] * 50_000)

    assert time.process_time() - began < 3
