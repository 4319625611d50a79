"""How well a document answers: what it is called before what it says, a whole name before a part of one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.asking import Asked, Word
from search.said_otherwise import said_otherwise
from search.stemming import bare, of_agreements, stem, stems

# What each part of the answer is worth.
WHOLE_NAME, NAME, ALL_NAMES, BODY, KIND, TITLE = 2.0, 1.2, 1.0, 0.8, 1.8, 0.3
# A name that begins with all that is asked.
BEGINNING = 0.6
# So much of what a name is worth counts whatever the kind: many a source is called after what it is about.
OF_ANY_KIND = 0.7
# A word in another form than the one that was typed.
OTHER_FORM = 0.6
# Words of names that nobody asks for: of states nothing, and of agreements little, is said by these.
OF_STATES = frozenset(
    map(stem, ("state", "republic", "kingdom", "etat", "republique", "royaume", "دوله", "جمهوريه", "مملكه"))
)
OF_AGREEMENTS = frozenset(of_agreements())
SAYS_LITTLE = 0.3
YEAR = re.compile("[0-9]{4}", re.ASCII)
# So often a word must stand in a text to count in full.
OFTEN = 8
# The names in the languages of the pages stand first.
TITLES = 3


@dataclass(frozen=True)
class Candidate:
    """A document that may answer. called: its names, folded; names: their stems; both line by line.

    weight: how much its kind is wanted. implied: stems that nobody writes into a name of its kind, since the
    kind says them. has_all: whether it is known to have all words that are asked for, though the body here
    is a part.
    """

    called: str
    names: str
    body: str
    weight: float
    implied: frozenset[str] = frozenset()
    has_all: bool = False


# A word that is asked for: as it was typed, alone or in one with its neighbour; and the stems of which one is
# enough.
Wanted = tuple[frozenset[str], frozenset[str]]


def score(candidate: Candidate, asked: Asked) -> float:
    """The higher the better."""
    wanted = [(frozenset((bare(word.folded), *word.in_one)), _stems_of(word)) for word in asked.words]
    wanted += [(frozenset(), frozenset([one])) for run in asked.phrases for one in run]
    text = f" {candidate.body} "
    mentioned = sum(max(_often(text, stem) for stem in several) for _typed, several in wanted) / len(wanted)
    asked_for = [one for one in wanted if one[1].isdisjoint(candidate.implied)] or wanted
    pairs = zip(candidate.called.split("\n"), candidate.names.split("\n"), strict=True)
    lines = [(frozenset(map(bare, called.split())), names.split()) for called, names in pairs]
    others = said_otherwise(candidate.called.split("\n"), "" if candidate.has_all else text, asked.words)
    lines += [(frozenset(map(bare, one.split())), stems(one)) for one in others]
    best = max(
        _of_name(line, number < TITLES, asked_for, candidate.weight) for number, line in enumerate(lines)
    )
    named = sum(max(_likeness(one, *line) for line in lines) for one in asked_for) / len(asked_for)
    of_kind = OF_ANY_KIND + (1 - OF_ANY_KIND) * candidate.weight
    return KIND * candidate.weight + of_kind * (best + ALL_NAMES * named) + BODY * mentioned


def answers_as_typed(candidate: Candidate, asked: Asked) -> bool:
    """Whether it has each word in the spelling that was typed, as far as other spellings were looked for."""
    text = f" {candidate.names} {candidate.body} ".replace("\n", " ")
    return all(
        any(f" {stem} " in text for stem in word.stems) or not candidate.implied.isdisjoint(word.stems)
        for word in asked.words
        if word.also
    )


def _of_name(
    line: tuple[frozenset[str], list[str]], is_title: bool, wanted: Sequence[Wanted], weight: float
) -> float:
    """What one name is worth: how much of what is asked it has, and how much of it is asked.

    That it is asked whole counts most where the kind is wanted: many a source is called like its subject.
    """
    called, names = line
    covered = sum(_likeness(one, called, names) for one in wanted) / len(wanted)
    if not covered:
        return 0.0
    stems = frozenset().union(*(one for _typed, one in wanted))
    # A name may be of words alone that say nothing in texts: the UN.
    counted = [one for one in names if one in stems or one not in OF_STATES]
    worth = sum(map(_weight, counted))
    part = sum(_weight(one) for one in counted if one in stems) / worth if worth else 1
    is_whole = part == 1 and all(_likeness(one, called, names) for one in wanted)
    name = NAME * (0.4 + 0.6 * part) + (TITLE if is_title else 0.0)
    if all(one in stems for one in counted[: len(wanted)]):
        name += BEGINNING * weight
    return covered**2 * name + (WHOLE_NAME * weight * covered**4 if is_whole else 0.0)


def _stems_of(word: Word) -> frozenset[str]:
    """Those that answer it; agreement, accord and treaty are the same in a name."""
    answers = frozenset(word.answers)
    return answers if answers.isdisjoint(OF_AGREEMENTS) else answers | OF_AGREEMENTS


def _weight(stem: str) -> float:
    """How much a word of a name says of what bears it."""
    return SAYS_LITTLE if stem in OF_AGREEMENTS or YEAR.fullmatch(stem) else 1.0


def _likeness(one: Wanted, called: frozenset[str], names: Sequence[str]) -> float:
    typed, stems = one
    if not typed.isdisjoint(called):
        return 1.0
    return 0.0 if stems.isdisjoint(names) else OTHER_FORM


def _often(text: str, stem: str) -> float:
    times = text.count(f" {stem} ")
    return min(1.0, (times + 2) / (OFTEN + 2)) if times else 0.0
