"""Pin every package, with hashes, and write beside each direct dependency why it is there.

Run by `make lock` (keeps what is pinned and still fits) and `make upgrade` (the newest that fit).
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "tests" / "requirements.txt"
HEADER = "# Every package with its hashes, locked from pyproject.toml by `make lock`. Do not edit.\n"
# "django-csp",  # why it is there
DIRECT = re.compile(r'^    "(?P<name>[A-Za-z0-9._-]+)[^"]*",\s*#\s*(?P<reason>.+?)\s*$', re.MULTILINE)
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==")


def reasons(project: str) -> dict[str, str]:
    """The direct dependencies in the text of pyproject.toml, by normalised name, and why each is there."""
    return {normal(match["name"]): match["reason"] for match in DIRECT.finditer(project)}


def normal(name: str) -> str:
    """The one spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def explained(lock: str, why: dict[str, str]) -> str:
    """The lock under our heading, with each direct dependency's reason on the line above it."""
    lines = [HEADER]
    for line in lock.splitlines(keepends=True):
        if line.startswith("#"):
            continue
        pinned = PINNED.match(line)
        if pinned and (reason := why.get(normal(pinned["name"]))):
            lines.append(f"# {reason}\n")
        lines.append(line)
    return "".join(lines)


def compile_to(lock: Path, *options: str) -> None:
    """Resolve pyproject.toml for every system and Python we support, and write the lock."""
    draft = lock.with_suffix(".draft")
    draft.write_bytes(lock.read_bytes() if lock.exists() else b"")
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    command += ["--python-version=3.11", "--no-header", "--no-annotate", f"--output-file={draft}", *options]
    try:
        subprocess.run([*command, str(PROJECT)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
        why = reasons(PROJECT.read_text(encoding="utf-8"))
        draft.write_text(explained(draft.read_text(encoding="utf-8"), why), encoding="utf-8")
        draft.replace(lock)
    finally:
        draft.unlink(missing_ok=True)


if __name__ == "__main__":
    compile_to(RUNTIME, *sys.argv[1:])
    # Constrained, so that development runs exactly what readers get.
    compile_to(DEVELOPMENT, "--group=dev", f"--constraint={RUNTIME}", *sys.argv[1:])
