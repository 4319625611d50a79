"""Why something may not happen."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.languages import active_language
from publishing.snapshots import Conflict

# So many reasons are in one message; a page can list all of them.
MOST_SHOWN = 5


class Refusal(Exception):
    """Why something may not happen: a code for tests and logs, a message for the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


class NotPermitted(Refusal):
    """This person may never do it, whatever the state of the proposal."""


class Shortcoming(Refusal):
    """Something that the record lacks; `about` is the path of the fact or row that lacks it.

    message: or the function that returns it, where many are found and few are shown.
    """

    def __init__(self, code: str, about: str, message: str | Callable[[], str]) -> None:
        super().__init__(code, message if isinstance(message, str) else "")
        self.about = about
        self._tell = None if isinstance(message, str) else message
        self._told: dict[str, str] = {}

    @property
    def message(self) -> str:
        """What the person reads, in the active language where it is told when it is read."""
        if self._tell is None:
            return self._message
        language = active_language()
        if language not in self._told:
            self._told[language] = self._tell()
        return self._told[language]

    @message.setter
    def message(self, message: str) -> None:
        self._message = message


class Unready(Refusal):
    """The record lacks something, and no reason was given for publishing it anyway."""

    def __init__(self, shortcomings: list[Shortcoming]) -> None:
        super().__init__("unready", " ".join(_first_of(shortcomings)))
        self.shortcomings = shortcomings


def _first_of(shortcomings: list[Shortcoming]) -> Iterator[str]:
    """The first messages, each once, and how many more there are, which are not put into words."""
    left = iter([*{(one.code, one.about): one for one in shortcomings}.values()])
    shown: set[str] = set()
    for shortcoming in left:
        if (message := str(shortcoming.message)) not in shown:
            shown.add(message)
            yield message
        if len(shown) == MOST_SHOWN:
            break
    if others := len([*left]):
        yield ngettext("And %(number)s more.", "And %(number)s more.", others) % {"number": others}


class Conflicted(Refusal):
    """Somebody else has changed the same paths differently in the meantime."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__("conflict", _("Somebody else changed the same facts in the meantime."))
        self.conflicts = conflicts
