"""What people would call the same word is the same once it is folded, in whatever script."""

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import folding, ordering, queries
from search.folding import folded, spellings

WORDS = st.text(max_size=30) | st.text(alphabet="أإآٱاؤئىيةهـَّکیgéœßıİ'’«»-–٣۳3\u200f\u00ad ", max_size=30)
SAME = {
    "hamza below": ("الإمارات", "الامارات"),
    "hamza above and ta marbuta": ("الأمم المتحدة", "الامم المتحده"),
    "madda": ("آتشيه", "اتشيه"),
    "wasla": ("ٱلله", "الله"),
    "waw with hamza": ("مؤتمر", "موتمر"),
    "ya with hamza": ("هيئة", "هييه"),
    "alif maqsura": ("موسى", "موسي"),
    "harakat": ("لِيبيا", "ليبيا"),
    "tatweel": ("ليبيــا", "ليبيا"),
    "Persian letters": ("کیف", "كيف"),
    "presentation forms": ("ﻻﺟﺊ", "لاجئ"),
    "Arabic digits": ("٢٠٢٠", "2020"),
    "Persian digits": ("۲۰۲۰", "2020"),
    "accents": ("Érythrée", "erythree"),
    "decomposed": ("Comité", unicodedata.normalize("NFD", "comité")),
    "ligatures": ("Œuvre, Ætna, ﬁn", "oeuvre aetna fin"),
    "sharp s": ("Straße", "STRASSE"),
    "Turkish i": ("İstanbul ısı", "istanbul isi"),
    "strokes": ("Łódź Đorđe Søren", "lodz dorde soren"),
    "quotes": ("«L’accord»", '"l\'accord"'),
    "dashes": ("cessez‑le‑feu – Yémen", "Cessez-le-feu - Yemen"),
    "full width": ("ＵＮ", "un"),
    "invisible": ("cessa\u00adtion\u200b \u200fof\ufeff", "cessation of"),
    "spaces": ("  a\u00a0\t b\n", "a b"),
}


@pytest.mark.parametrize("one, other", SAME.values(), ids=SAME)
def test_both_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(
    "one, other", [("قطر", "قطير"), ("Iran", "Iraq"), ("2020", "2021"), ("سلام", "كلام")]
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize("asked", ["Sanaa", "sana'a", "SANA’A", "Sana a", "ṣanʿāʾ"])
def test_a_word_with_an_apostrophe_is_found_with_and_without_it(asked: str) -> None:
    names = {spelling for name in ("Sana’a", "Ṣanʿāʾ") for spelling in spellings(name)}

    assert names & {*spellings(asked)}


@given(WORDS)
def test_what_is_folded_is_folded_already(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(WORDS)
def test_nothing_grows_beyond_the_longest_ligature(text: str) -> None:
    assert len(folded(text)) <= 18 * len(text)


@given(WORDS)
def test_case_and_composition_make_no_difference(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert folded(unicodedata.normalize(form, text)) == folded(text)
    assert folded(text.upper()) == folded(text)


@given(WORDS, WORDS)
def test_whoever_finds_the_other_is_found_by_it(one: str, other: str) -> None:
    assert ({*spellings(one)} & {*spellings(other)} != set()) == (
        {*spellings(other)} & {*spellings(one)} != set()
    )
    assert all(spelling in queries.lines([one]) for spelling in spellings(one))


@pytest.mark.parametrize("module", [folding, ordering, queries], ids=lambda module: module.__name__)
def test_the_examples_in_its_words_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0
