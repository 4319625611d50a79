"""What is searched inside a casebook: words that stand in some of its entries, or in most; and a beginning."""

import time
from collections.abc import Callable

from django.db import connection

from publishing.finding import complete, documents, search
from publishing.models import SearchDocument
from search.engines.sqlite import index_of
from search.folding import folded
from search.stemming import says_something, stem

PART = 0.02
LETTERS_OF_A_PREFIX = 4
SHOWN = 20
SCRIPTS = {"Latin letters": str.isascii, "Arabic letters": lambda word: "ء" <= word[:1] <= "ي"}


def search_words(tries: int) -> dict[str, dict[str, float]]:
    """Milliseconds of CPU by what is searched and the script of the word; of several tries the quickest."""
    number, found = SearchDocument.objects.count(), _documents_of_words()
    return {
        script: {
            "term in 2 %": _quickest(_find, rare, tries),
            "commonest": _quickest(_find, commonest, tries),
            "prefix": _quickest(complete, rare[:LETTERS_OF_A_PREFIX], tries),
        }
        for script, is_written in SCRIPTS.items()
        if (words := {word: count for word, count in found.items() if is_written(word)})
        for rare in [min(words, key=lambda word: (abs(words[word] - PART * number), word))]
        for commonest in [max(words, key=lambda word: (words[word], word))]
    }


def _documents_of_words() -> dict[str, int]:
    """In how many documents each word stands that somebody might search for; only SQLite says so."""
    index = index_of(SearchDocument._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {index}, 'row')")
        cursor.execute("SELECT term, doc FROM temp.words WHERE length(term) > %s", [LETTERS_OF_A_PREFIX])
        found = dict(cursor.fetchall())
    return {
        word: count
        for word, count in found.items()
        if word.isalpha() and stem(word) == word == folded(word) and says_something(word)
    }


def _find(word: str) -> object:
    """The first page of answers, with their texts."""
    return documents([*search(word).keys][:SHOWN])


def _quickest(what: Callable[[str], object], word: str, tries: int) -> float:
    what(word)
    taken = []
    for _try in range(tries):
        begun = time.process_time()
        what(word)
        taken.append(time.process_time() - begun)
    return 1000 * min(taken)
