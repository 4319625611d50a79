"""A term is found in a text whole and however it is written, in three languages."""

import uuid

import pytest

from pillars.terms import find_terms, forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def found(language: str, text: str, *spellings: str) -> list[str]:
    """What is found in the text of one term that is written in these ways."""
    forms = forms_of(language, ((uuid.uuid4(), spellings),))
    return [text[start:end] for start, end, _term in find_terms(text, forms)]


@pytest.mark.parametrize("language, text, shown", [
    ("en", "A truce held.", ["truce"]),
    ("en", "TRUCE, Truces and truce's end", ["TRUCE", "Truces", "truce"]),
    ("en", "a “truce”", ["truce"]),
    ("en", "Untruce, truced, truce_1, truce2", []),
    ("en", "a truce-like pause, a post-truce order", []),
    ("en", "power-sharing, power\u2011sharing, power sharing", ["power-sharing", "power\u2011sharing"]),
    ("en", "a joint\ncommission, a joint\u00a0 commission", ["joint\ncommission", "joint\u00a0 commission"]),
    ("en", "joint, commission", []),
    ("fr", "La trêve, d’une trêve, l'entrée de la TRÊVE", ["trêve", "trêve", "TRÊVE"]),
    ("fr", "des cessez-le-feu ; le Cessez-le-feu", ["cessez-le-feu", "Cessez-le-feu"]),
    ("fr", "partenaires d'exécution, partenaires d’exécution", ["partenaires d'exécution", "partenaires d’exécution"]),
    ("fr", "treve, trêves-là", []),
    ("ar", "هدنة، الهدنة؛ والهدنة", ["هدنة", "الهدنة", "والهدنة"]),
    ("ar", "فالهدنة بالهدنة كالهدنة وبالهدنة", ["فالهدنة", "بالهدنة", "كالهدنة", "وبالهدنة"]),
    ("ar", "لهدنة، للهدنة، وللهدنة", ["لهدنة", "للهدنة", "وللهدنة"]),
    ("ar", "هُدنة وهُدْنَةٌ وهـدنة", ["هُدنة", "وهُدْنَةٌ", "وهـدنة"]),
    ("ar", "وقفًا لإطلاق النار، وقفاً لإطلاق النار", ["وقفًا لإطلاق النار", "وقفاً لإطلاق النار"]),
    ("ar", "لوقف إطلاق النّار", ["لوقف إطلاق النّار"]),
    ("ar", "لجنة مشتركة، للجنة المشتركة، باللجنة المشتركة", ["لجنة مشتركة", "للجنة المشتركة", "باللجنة المشتركة"]),
    ("ar", "مهدنة، هدنتان، سهدنة", []),
    ("en", "والهدنة", []),
])  # fmt: skip
def test_words_are_found_whole_and_however_they_are_written(
    language: str, text: str, shown: list[str]
) -> None:
    spellings = {
        "en": ("truce", "truces", "power-sharing", "joint commission", "هدنة"),
        "fr": ("trêve", "cessez-le-feu", "partenaires d’exécution"),
        "ar": (
            "هدنة",
            "وقف إطلاق النار",
            "وقفاً لإطلاق النار",
            "لجنة مشتركة",
            "اللجنة المشتركة",
        ),
    }

    assert found(language, text, *spellings[language]) == shown


@pytest.mark.parametrize("order", [1, -1])
def test_the_longest_form_is_taken(order: int) -> None:
    spellings = ["ceasefire", "ceasefire agreement", "ceasefire agreement text"][::order]

    assert found("en", "the ceasefire agreement texts", *spellings) == ["ceasefire agreement"]


@pytest.mark.parametrize(
    "title", ["(a+)+$", "a|b", ".*", "[", "\\", "a{9}", "*truce*", "*truce", "?", "ا(", "  "]
)
def test_a_title_is_no_pattern(title: str) -> None:
    assert found("en", "aaaaaaaaaaaaaaaaaaaaaaaa! b truce [ x", title) == []


def test_a_sign_behind_a_word_is_part_of_the_form() -> None:
    assert found("en", "C, C+ and C++.", "C++") == ["C++"]
