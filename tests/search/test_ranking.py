"""What an entry is called outweighs what only mentions it, and of a name not every word says as much."""

import pytest

from search.asking import read
from search.folding import folded
from search.ranking import Candidate, score
from search.stemming import stems


def called(*names: str, body: str = "", weight: float = 1.0) -> Candidate:
    """A document with these names."""
    lines = [folded(name) for name in names]
    return Candidate("\n".join(lines), "\n".join(" ".join(stems(one)) for one in lines), body, weight)


@pytest.mark.parametrize(
    "asked, first, then",
    [
        # “State of” says nothing: all that is left of the name was asked.
        ("فلسطين", called("دولة فلسطين"), called("فلسطين: اتفاق مكة", body="فلسط " * 9)),
        # A year and “agreement” say less than another word.
        ("Taif", called("Lebanon: Taif Agreement, 1989"), called("Lebanese deputies in Taif, 1989")),
        # A name that begins with all that was asked.
        ("مُراقَبة", called("مراقبة وقف إطلاق النار"), called("وقف إطلاق النار على طول خط المراقبة")),
        # Two words are one, and better so than apart.
        (
            "cease-fire",
            called("Ceasefire implementation", body="ceasefir now " * 9, weight=0.9),
            called("Talks cease after a long fire in Idlib", body="ceas fir " * 9, weight=0.9),
        ),
        # What its texts call it in short is a name of it.
        (
            "DDPD",
            called("Sudan: Doha Document for Peace in Darfur", body="the ddpd"),
            called("Report on the DDPD", body="ddpd " * 9, weight=0.3),
        ),
        # A name is the same in another script, and in two words.
        (
            "كشمير",
            called("kashmir line of control", body="كشمير"),
            called("قرار بشأن كشمير", body="كشمير " * 9, weight=0.3),
        ),
        (
            "قره باغ",
            called("ناغورني كاراباخ", body="قره باغ"),
            called("حرب قره باغ", body="قره باغ " * 9, weight=0.3),
        ),
        # An agreement is as well an accord.
        (
            "Ta'if accord",
            called("Lebanon: Taif Agreement, 1989", body="accord " * 9),
            called("Ta’if Accord", weight=0.3),
        ),
        # Many a source is called like its subject.
        ("Taif accord", called("Lebanon: Taif accord, 1989"), called("Taif accord", weight=0.3)),
        # Or has its subject in its title, in the spelling that was typed.
        (
            "yezidi reparations",
            called("Iraq: reparations under the Yazidi Survivors Law", body="yezid " * 9, weight=0.7),
            called("Two years on, Yezidi survivors see the first reparations", weight=0.3),
        ),
    ],
)
def test_the_likelier_one_stands_first(asked: str, first: Candidate, then: Candidate) -> None:
    assert score(first, read(asked)) > score(then, read(asked))
