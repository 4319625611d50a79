"""What a person skipped in the queue of the translation desk: it comes again when nothing else is left."""

import uuid
from dataclasses import dataclass
from typing import Any, Self

from publishing.models import SkippedText


@dataclass(frozen=True)
class SkippedTexts:
    """The texts that a person skipped in a language, as entry and path, that skipped longest ago first."""

    oldest_first: list[tuple[uuid.UUID, str]]

    @classmethod
    def of(cls, by: Any, language: str) -> Self:
        """Those of the person in the language."""
        found = SkippedText.objects.filter(by=by.pk, language=language).order_by("at", "pk")
        return cls(list(found.values_list("entry", "path")))

    @property
    def entries(self) -> set[uuid.UUID]:
        """The entries that they are of."""
        return {key for key, _path in self.oldest_first}

    def paths_in(self, entry: uuid.UUID) -> set[str]:
        """The paths of those of the entry."""
        return {path for key, path in self.oldest_first if key == entry}
