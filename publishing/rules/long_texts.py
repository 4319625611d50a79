"""The texts that are read at a glance and have grown too long for that."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import ngettext

from publishing.comparison.columns import name_of
from publishing.fields.words import count_words, most_words, words_allowed
from publishing.models.entry import kinds
from publishing.refusals import Shortcoming
from publishing.snapshots import Snapshot, content_columns


def long_texts(snapshot: Snapshot) -> Iterator[Shortcoming]:
    """A shortcoming for each text with more words than its model allows (`MOST_WORDS`).

    A text that is public and too long keeps nobody from publishing other changes of its entry.
    """
    for column in content_columns(kinds()[snapshot["kind"]]):
        most = most_words(column)
        if most is not None and (found := count_words(snapshot["fields"][column.name])) > most:
            message = ngettext("%(name)s: %(count)d word.", "%(name)s: %(count)d words.", found)
            said = message % {"name": capfirst(name_of(column)), "count": found}
            yield Shortcoming("too_many_words", column.name, f"{said} {words_allowed(most)}")
