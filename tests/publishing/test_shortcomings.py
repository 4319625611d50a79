"""What a record lacks is put into words where somebody reads it, in the language of the reader."""

from collections.abc import Callable

from django.utils.translation import gettext, override

from publishing.refusals import Shortcoming, Unready


def counted(words: Callable[[], str], codes: int) -> tuple[list[Shortcoming], list[str]]:
    """So many shortcomings that are told by the function, and what was put into words of them."""
    told: list[str] = []

    def tell(number: int) -> str:
        told.append(f"{words()} {number}")
        return told[-1]

    return [Shortcoming("short", str(one), lambda one=one: tell(one)) for one in range(codes)], told


def test_of_many_only_those_that_are_told_are_put_into_words() -> None:
    shortcomings, told = counted(lambda: "Lacks", 40)

    refusal = Unready(shortcomings)

    assert refusal.message == "Lacks 0 Lacks 1 Lacks 2 Lacks 3 Lacks 4 And 35 more."
    assert len(told) == 5


def test_the_same_shortcoming_is_told_and_counted_once() -> None:
    twice = [Shortcoming("a", "one", "Same."), Shortcoming("a", "two", "Same.")]
    others = [Shortcoming("b", str(one % 6), f"Other {one % 6}.") for one in range(12)]

    assert Unready([*twice, *twice]).message == "Same."
    assert Unready([*twice, *others]).message.endswith("Other 3. And 2 more.")


def test_each_reader_reads_it_in_their_own_language() -> None:
    (shortcoming,), told = counted(lambda: gettext("Comments"), 1)

    for language, words in [("en", "Comments 0"), ("ar", "التعليقات 0"), ("fr", "Commentaires 0")] * 2:
        with override(language):
            assert shortcoming.message == words
    assert len(told) == 3
