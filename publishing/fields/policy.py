"""What a model declares about its columns: who may change each, and which hold facts."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import chain

from django.db import models


class PublicAccess(IntEnum):
    """What the public may propose for the entries of a kind; each value includes those before it."""

    NOTHING = 0
    CORRECTIONS = 1
    NEW_ENTRIES = 2


@dataclass(frozen=True, kw_only=True)
class FieldPolicy:
    """The columns of a model, each in one of the first three groups; a text is named without its language.

    public: facts that anybody may propose to change.
    editors: facts that only editors change.
    internal: columns that serve the casebook itself, such as address and order; only editors change them.
    protected: the public columns and kinds of rows that the public may change if two moderators accept it.
    """

    public: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()

    @property
    def facts(self) -> frozenset[str]:
        """The columns that hold facts."""
        return frozenset(self.public + self.editors)


@cache
def field_policy(model: type[models.Model]) -> FieldPolicy:
    """The FIELD_POLICY of the model and of its parent models, joined."""
    policies = [
        vars(parent)["FIELD_POLICY"] for parent in reversed(model.__mro__) if "FIELD_POLICY" in vars(parent)
    ]
    return FieldPolicy(
        public=tuple(chain.from_iterable(policy.public for policy in policies)),
        editors=tuple(chain.from_iterable(policy.editors for policy in policies)),
        internal=tuple(chain.from_iterable(policy.internal for policy in policies)),
        protected=tuple(chain.from_iterable(policy.protected for policy in policies)),
    )
