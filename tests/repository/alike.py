"""Which texts of the interface have one translation: `python -m tests.repository.alike` writes the list again.

Texts that say different things and have one translation are often left over from guesses of gettext. Somebody looks
at each new line of the list before it is committed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import polib

from config.env import ROOT

LIST = ROOT / "tests" / "repository" / "alike.txt"
LANGUAGES = sorted(folder.name for folder in (ROOT / "locale").iterdir() if folder.is_dir())
END = re.compile(r"[\s.…:!?]+$")


def lines(catalogues: dict[str, polib.POFile]) -> Iterator[str]:
    """A line for each translation that texts share which differ by more than case and end marks."""
    for language, catalogue in catalogues.items():
        texts = defaultdict(set)
        for entry in catalogue.translated_entries():
            translation = entry.msgstr or " / ".join(entry.msgstr_plural.values())
            texts[translation].add(END.sub("", entry.msgid).casefold())
        yield from sorted(
            f"{language}: {' | '.join(sorted(several))} = {translation}".replace("\n", " ")
            for translation, several in texts.items()
            if len(several) > 1
        )


def catalogues() -> dict[str, polib.POFile]:
    """The catalogues of the interface, by language."""
    return {one: polib.pofile(str(ROOT / "locale" / one / "LC_MESSAGES" / "django.po")) for one in LANGUAGES}


if __name__ == "__main__":
    LIST.write_text("".join(f"{line}\n" for line in lines(catalogues())), encoding="utf-8")
