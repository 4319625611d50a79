"""Why something may not happen."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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

    @property
    def message(self) -> str:
        """What the person reads, in the active language."""
        if self._tell is not None:
            self._message, self._tell = self._tell(), None
        return self._message

    @message.setter
    def message(self, message: str) -> None:
        self._message = message


class Unready(Refusal):
    """The record lacks something, and no reason was given for publishing it anyway."""

    def __init__(self, shortcomings: list[Shortcoming]) -> None:
        messages = [*dict.fromkeys(str(shortcoming.message) for shortcoming in shortcomings)]
        shown, others = messages[:MOST_SHOWN], len(messages[MOST_SHOWN:])
        if others:
            shown.append(
                ngettext("And %(number)s more.", "And %(number)s more.", others) % {"number": others}
            )
        super().__init__("unready", " ".join(shown))
        self.shortcomings = shortcomings


class Conflicted(Refusal):
    """Somebody else has changed the same paths differently in the meantime."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__("conflict", _("Somebody else changed the same facts in the meantime."))
        self.conflicts = conflicts
