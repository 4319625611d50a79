"""What a process remembers of the tables, until an entry of the same kinds is published.

The index of a list is made from whole tables, and every page of that list needs it. It is remembered under
the newest revisions of the kinds that it is made of. Each page reads these revisions by one query, so the
page cache knows by that query alone when the page is out of date.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from django.db import OperationalError, connection
from django.db.models import Q, QuerySet

from publishing.models import Revision
from publishing.snapshots import has_shadows
from publishing.statements import rows_of

Gathered = TypeVar("Gathered")
State = tuple[str, ...]
# The keys of entries, by their kinds.
Changed = Mapping[str, frozenset[UUID]]

# On several machines a clock may be late, so the newest revisions are compared, not the newest one.
NEWEST = 8
# The most entries that are read one by one; more are read as quickly from whole tables.
MOST_CHANGED = 500
# The number of states of which each memory keeps what was gathered.
MOST_STATES = 2
# Seconds that a request waits for another one, which reads of the past.
MAX_WAIT = 2.0

_follows: ContextVar[bool] = ContextVar("not_noted", default=False)


def follows_from_another_question() -> bool:
    """Whether what is read now changes only where the answer to a question that was noted changes."""
    return _follows.get()


@contextmanager
def not_noted() -> Iterator[None]:
    """Inside, what is read follows from what is asked outside: the page cache need not ask it again."""
    token = _follows.set(True)
    try:
        yield
    finally:
        _follows.reset(token)


@dataclass
class Memory(Generic[Gathered]):
    """Remembers what `gather` reads from the tables of entries of these kinds.

    Nothing is remembered that was gathered in a transaction, which may be rolled back; where tables are
    shown as they are not (a preview, an old record); or while somebody published.
    """

    gather: Callable[[], Gathered]
    kinds: tuple[str, ...]
    # What becomes of it where these entries were published or retracted; None to have it gathered again.
    renew: Callable[[Gathered, Changed], Gathered | None] = lambda gathered, changed: None
    _kept: OrderedDict[State, Gathered] = field(default_factory=OrderedDict)

    def recall(self) -> Gathered:
        """What is remembered of the present state of the tables, or else gathered now."""
        state = state_of(self.kinds)
        may_be_kept = not connection.in_atomic_block and not has_shadows()
        if may_be_kept and (kept := self._kept.get(state)) is not None:
            return kept
        with not_noted():
            renewed = self._renewed(state) if may_be_kept else None
            gathered = self.gather() if renewed is None else renewed
            if may_be_kept and state_of(self.kinds) == state:
                self._keep(state, gathered)
        return gathered

    def _renewed(self, state: State) -> Gathered | None:
        """What was kept last of this database, with what was published since; None where that is no less."""
        same = [known for known in [*self._kept] if known[0] == state[0]]
        if not same or (gathered := self._kept.get(same[-1])) is None:
            return None
        changed = changed_since(same[-1], self.kinds)
        return None if changed is None else self.renew(gathered, changed)

    def _keep(self, state: State, gathered: Gathered) -> None:
        self._kept[state] = gathered
        while len(self._kept) > MOST_STATES:
            self._kept.popitem(last=False)


@dataclass
class MemoryOfThePast(Generic[Gathered]):
    """Remembers what `gather` makes of a key that stands for the same for ever: of the past.

    So the page cache is not told of what it reads. One at a time is gathered, which may take a while: whoever
    would have to wait long for it is told to come again (OperationalError), and holds no thread meanwhile.
    What is remembered waits for nobody.
    """

    gather: Callable[..., Gathered]
    most: int
    _kept: OrderedDict[Hashable, Gathered] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def recall(self, *key: Hashable) -> Gathered:
        """What is remembered of the key, or else gathered now; nothing of a transaction is remembered."""
        if connection.in_atomic_block or has_shadows():
            with not_noted():
                return self.gather(*key)
        named = (str(connection.settings_dict["NAME"]), *key)
        if (kept := self._known(named)) is not None:
            return kept
        if not self._turn.acquire(timeout=MAX_WAIT):
            raise OperationalError("others read of the past just now")
        try:
            # Whoever had the turn before may have gathered the same.
            return kept if (kept := self._known(named)) is not None else self._gathered(named, key)
        finally:
            self._turn.release()

    def _known(self, named: Hashable) -> Gathered | None:
        with self._lock:
            if named in self._kept:
                self._kept.move_to_end(named)
            return self._kept.get(named)

    def _gathered(self, named: Hashable, key: tuple[Hashable, ...]) -> Gathered:
        with not_noted():
            gathered = self.gather(*key)
        with self._lock:
            self._kept[named] = gathered
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return gathered


def state_of(kinds: tuple[str, ...]) -> State:
    """The newest revisions of these kinds, by one statement: another answer after each publication."""
    found = rows_of(_newest_revisions, kinds)
    return (str(connection.settings_dict["NAME"]), *(digest for (digest,) in found))


def _newest_revisions(kinds: tuple[str, ...]) -> QuerySet:
    newest = Q()
    for kind in kinds:
        of_kind = Revision.objects.filter(kind=kind).order_by("-created_at", "-pk")
        newest |= Q(pk__in=of_kind.values("pk")[:NEWEST])
    return Revision.objects.filter(newest).order_by("pk").values_list("digest")


def changed_since(state: State, kinds: tuple[str, ...]) -> Changed | None:
    """The entries of these kinds with a revision since that state; None where many, or where nobody knows.

    Whoever publishes waits for whoever publishes before, so revisions are numbered as they came.
    """
    newest = state[-1] if len(state) > 1 else ""
    known = Revision.objects.filter(digest=newest).values_list("pk", flat=True).first()
    if known is None:
        return None
    since = Revision.objects.filter(pk__gt=known, kind__in=kinds).order_by("pk")
    found = [*since.values_list("kind", "entry")[: MOST_CHANGED + 1]]
    if len(found) > MOST_CHANGED:
        return None
    return {kind: frozenset(entry for one, entry in found if one == kind) for kind in kinds}
