"""Which words count as the same one in the search: forms of a word do, and other words do not."""

import pytest

from search.folding import folded
from search.stemming import LONGEST_PART, MOST_LETTERS, WORD, other_stems, says_something, stem, stems, wholes

# Each line: forms of one word, as people write them.
ALIKE = [
    "ceasefire ceasefires Ceasefire",
    "truce truces",
    "party parties",
    "agreement agreements",
    "monitor monitors monitoring monitored",
    "hostility hostilities",
    "crisis crises",
    "Iraq Iraqi Iraqis",
    "trêve trêves treve TRÊVES",
    "accord accords l’accord d'accord",
    "hostilité hostilités",
    "régional régionaux",
    "feu feux",
    "réseau réseaux",
    "هدنة الهدنة هدنه هُدْنَة هدنات بالهدنة والهدنة للهدنة",
    "اتفاق الاتفاق إتفاق اتفاقات",
    "اتفاقية اتفاقيات الاتفاقية",
    "مراقب مراقبون مراقبين المراقبين",
    "سوريا سورية السورية",
    "لبنان لبناني اللبنانية",
    "مستشفى مستشفي المستشفى",
    "أمم الأمم الامم",
    "وساطة الوساطة وساطه وساطات",
    "الصلح صلح بالصلح",
]
APART = [
    ("party", "part"),
    ("Mali", "malt"),
    ("status", "statue"),
    ("هدنة", "هدف"),
    ("سلام", "سلاح"),
    ("قطر", "قطاع"),
    ("Niger", "Nigeria"),
    ("truce", "trust"),
]


@pytest.mark.parametrize("forms", ALIKE)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({tuple(stems(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize("one, other", APART)
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stems(one) != stems(other)


@pytest.mark.parametrize("text", ["", "the", "l’", "و", "من في على", "«…»", "\u202e", "🕊", "a", "\0"])
def test_what_says_nothing_has_no_stem(text: str) -> None:
    assert stems(text) == []


def test_a_word_in_two_parts_is_also_one() -> None:
    assert {*stems("ceasefire")} <= {*other_stems("a cease-fire")}
    assert {*stems("Sanaa")} <= {*other_stems("in Sana’a")}
    assert {*wholes("cease-fire")} & {*wholes("ceasefires")}


def test_what_is_written_to_an_arabic_word_is_taken_off() -> None:
    assert {*stems("هدنة")} <= {*other_stems("وهدنة")}


def test_no_stem_is_longer_than_an_index_takes() -> None:
    assert len(stem("xo" * 5_000)) == MOST_LETTERS
    assert len(stem("ضح" * 5_000)) == MOST_LETTERS


@pytest.mark.parametrize(
    "text",
    [
        "a\u00a0truce\u2003of\tthree\ndays\x1fand\u2028more, l’accord\u3000«final»",
        "sana\u00b4a and a\u0308 \u0308b, cease-fire—held (وهدنة)، والهدنة…",
        "x" * (LONGEST_PART + 1) + " of-two parts",
        "",
        " \u200b \ufeff ",
    ],
)
def test_a_text_has_the_stems_of_its_parts_in_their_order(text: str) -> None:
    words = [one for one in folded(text).split() if says_something(one)]

    for _again in range(2):
        assert stems(text) == [stem(one) for one in words]
        assert [*other_stems(text)] == [one for word in WORD.findall(text) for one in other_stems(word)]
