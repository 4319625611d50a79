"""What a model declares of its columns: who may change each, and which say something about the world."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import chain

from django.db import models


class PublicAccess(IntEnum):
    """What the public may propose about the entries of a kind; each includes those before it."""

    NOTHING = 0
    CORRECTIONS = 1
    NEW_ENTRIES = 2


@dataclass(frozen=True, kw_only=True)
class FieldPolicy:
    """The columns of a model, each named in one of the first three; a text without its language.

    public: what it says about the world, and anybody may propose to change.
    editors: what it says about the world too, but only editors change.
    internal: what serves the casebook itself, as address and order do; only editors change it.
    protected: the public columns, and kinds of rows, of which a change from the public takes two moderators.
    """

    public: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()

    @property
    def facts(self) -> frozenset[str]:
        """What says something about the world."""
        return frozenset(self.public + self.editors)


@cache
def field_policy(model: type[models.Model]) -> FieldPolicy:
    """What the model and the models that it inherits from declare as FIELD_POLICY, in one."""
    declared = [vars(one)["FIELD_POLICY"] for one in reversed(model.__mro__) if "FIELD_POLICY" in vars(one)]
    return FieldPolicy(
        public=tuple(chain.from_iterable(one.public for one in declared)),
        editors=tuple(chain.from_iterable(one.editors for one in declared)),
        internal=tuple(chain.from_iterable(one.internal for one in declared)),
        protected=tuple(chain.from_iterable(one.protected for one in declared)),
    )
