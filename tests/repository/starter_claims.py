"""The table of the starter content's claims in docs/starter-claims.md: `python -m tests.repository.starter_claims`."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.env import ROOT

CONTENT = ROOT / "portal" / "starter" / "content"
DOCUMENT = ROOT / "docs" / "starter-claims.md"
MARKS = {
    "R": "read in a source, or in a row of a dataset, when the claim was written",
    "G": "general knowledge, not yet confirmed in a source",
    "I": "inferred or calculated from what was read",
}
SPECIAL = str.maketrans({character: f"\\{character}" for character in r"\|[]*_<"} | {"\n": " "})
ENDS_A_LINK = str.maketrans({character: f"%{ord(character):02X}" for character in " ()<>|"})
OPENING = """\
# The claims of the starter content

Every claim in `portal/starter/content/`, with how far it was confirmed when it was written. The table is written by
`python -m tests.repository.starter_claims` from the content; a test fails when the two differ. Change a claim in its
TOML file, then run the command.

A claim marked R that names no source was read in a document that the casebook does not hold yet; until somebody adds
it, readers see “No source yet”. Start here to find what still needs one.
"""

Table = dict[str, Any]


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(rendered(entries(CONTENT)), encoding="utf-8")


def entries(content: Path) -> dict[str, Table]:
    """Every entry as in its TOML file, by "kind/slug", sorted."""
    found = {}
    for file in content.rglob("*.toml"):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        if file.parent == content:
            found |= {f"{file.stem.removesuffix('s')}/{slug}": entry for slug, entry in table.items()}
        else:
            found[f"{file.parent.name.removesuffix('s')}/{file.stem}"] = table
    return dict(sorted(found.items()))


def unmarked(found: dict[str, Table]) -> list[str]:
    """The claims, as "kind/slug claim", whose mark is missing or unknown."""
    return [
        f"{name} {claim.get('key', number)}"
        for name, entry in found.items()
        for number, claim in enumerate(entry.get("claim", []), start=1)
        if claim.get("mark") not in MARKS
    ]


def rendered(found: dict[str, Table]) -> str:
    """The text of the document; raises KeyError if a claim names a source that does not exist."""
    sources = {name.removeprefix("source/"): one for name, one in found.items() if name.startswith("source/")}
    claims = [claim for entry in found.values() for claim in entry.get("claim", [])]
    lines = [OPENING, *_counts(claims)]
    for name, entry in found.items():
        if entry.get("claim"):
            lines += ["", f"## {name}: {_plain(entry['title']['en'])}", ""]
            lines += _rows(["fact", "what is claimed", "stance", "source", "where in it", "mark"])
            lines += [_row(_cells(claim, sources)) for claim in entry["claim"]]
    return "\n".join(lines) + "\n"


def _counts(claims: list[Table]) -> Iterator[str]:
    all_of, sourced = Counter(), Counter()
    for claim in claims:
        all_of[claim.get("mark")] += 1
        sourced[claim.get("mark")] += "source" in claim
    yield from _rows(["mark", "what it means", "claims", "with a source"])
    for mark, meaning in MARKS.items():
        yield _row([mark, meaning, str(all_of[mark]), str(sourced[mark])])
    yield _row(["", "all", str(all_of.total()), str(sourced.total())])


def _cells(claim: Table, sources: dict[str, Table]) -> list[str]:
    return [
        claim.get("about") or "the entry as a whole",
        _plain(claim.get("value", {}).get("en", "")),
        claim.get("stance", "supports"),
        _named(sources[claim["source"]]) if "source" in claim else "none yet",
        _plain(claim.get("locator", "")),
        claim.get("mark", ""),
    ]


def _named(source: Table) -> str:
    """The title of the source, linked to its document if there is one, and its identifier."""
    title, url = _plain(source["title"]["en"]), source.get("url", "")
    link = f"[{title}]({url.translate(ENDS_A_LINK)})" if url else title
    return f"{link}, {_plain(source['identifier'])}" if source.get("identifier") else link


def _rows(headings: list[str]) -> list[str]:
    return [_row(headings), _row(["---"] * len(headings))]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """The text on one line, with the special characters of Markdown escaped."""
    return text.strip().translate(SPECIAL)


if __name__ == "__main__":
    main()
