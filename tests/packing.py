"""Many hostile texts in few forms: as many in each box as fit, and alone only where something is found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

# Boxes up to this length are one line; in longer ones each text is a paragraph of its own.
LONGEST_LINE = 500

Texts = Mapping[str, str]
Fits = Callable[[str, str], bool]


def packed(
    texts: Texts, longest: int, fits: Callable[[str], bool] = lambda text: True
) -> list[tuple[list[str], str]]:
    """All the texts, each cut to the length, as many together as fit: their names, and what to type.

    The longest come first, and each text goes where there is room for it.
    """
    between = " " if longest <= LONGEST_LINE else "\n\n"
    packs: list[tuple[list[str], str]] = []
    for name, text in sorted(texts.items(), key=lambda one: -len(one[1])):
        cut = text[:longest]
        for number, (names, typed) in enumerate(packs):
            if len(together := typed + between + cut) <= longest and fits(together):
                packs[number] = ([*names, name], together)
                break
        else:
            packs.append(([name], cut))
    return packs


def packed_forms(
    texts: Texts,
    boxes: Mapping[str, int],
    sharing: Sequence[str] = (),
    fits: Fits = lambda box, text: True,
) -> Iterator[tuple[set[str], dict[str, str]]]:
    """Forms in which every text stands in every box; in those that share, in one of them.

    fits: whether the box takes that much, for other reasons than its length.
    """
    items = [*texts.items()]
    of_box = {
        box: packed(
            dict(items[sharing.index(box) :: len(sharing)] or items) if box in sharing else texts,
            longest,
            partial(fits, box),
        )
        for box, longest in boxes.items()
    }
    for number in range(max(map(len, of_box.values()))):
        chosen = {box: packs[number % len(packs)] for box, packs in of_box.items()}
        yield (
            {name for names, _text in chosen.values() for name in names},
            {box: text for box, (_names, text) in chosen.items()},
        )


def refused_of(
    texts: Texts,
    boxes: Mapping[str, int],
    takes: Callable[[dict[str, str]], bool],
    sharing: Sequence[str] = (),
    fits: Fits = lambda box, text: True,
) -> set[str]:
    """Which texts `takes` refuses, where it is asked with what to type; its failure names the text.

    A packed form that is refused, or that fails, is tried again with each of its texts alone.
    """
    refused = set()
    for names, typed in packed_forms(texts, boxes, sharing, fits):
        failure = None
        try:
            if takes(typed):
                continue
        except AssertionError as error:
            failure = error
        for name in sorted(names):
            try:
                if not takes({box: texts[name][:longest] for box, longest in boxes.items()}):
                    refused.add(name)
            except AssertionError as error:
                error.add_note(f"The text is {name}.")
                raise
        if failure is not None:
            failure.add_note(f"None of these fails alone: {sorted(names)}")
            raise failure
    return refused
