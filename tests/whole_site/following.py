"""Which of many links of one make are followed."""

import re
import zlib
from collections import defaultdict
from collections.abc import Collection
from urllib.parse import parse_qs, urlsplit

MOST_OF_A_QUESTION = 12


def one_language_of_each(targets: Collection[str]) -> list[str]:
    """Of addresses that differ in their language alone one, now of this language and now of that.

    What stands at them in each language, other tests read; here it is asked whether anything does.
    """
    by_place = defaultdict(set)
    for target in targets:
        by_place[target[4:] if re.match(r"/\w\w/", target) else target].add(target)
    return [sorted(same)[zlib.crc32(place.encode()) % len(same)] for place, same in sorted(by_place.items())]


def some_of_each_question(targets: Collection[str]) -> list[str]:
    """All addresses without a question; of those that ask a list for other values of the same, so many."""
    by_question = defaultdict(list)
    for target in targets:
        parts = urlsplit(target)
        by_question[parts.path[3:], *sorted(parse_qs(parts.query))].append(target)
    return [
        one
        for (_path, *asked), same in by_question.items()
        for one in (same[:: -(-len(same) // MOST_OF_A_QUESTION)] if asked else same)
    ]
