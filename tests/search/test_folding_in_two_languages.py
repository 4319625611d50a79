"""What the browser folds offline and what the casebook folds is the same: one table of cases, read by both."""

import json
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from config.env import ROOT
from search.folding import folded

CASES: list[list[str]] = json.loads(
    Path(__file__).with_name("folding_cases.json").read_text(encoding="utf-8")
)
SCRIPT = (ROOT / "static" / "offline" / "folding.js").read_text(encoding="utf-8")
NODE = shutil.which("node")
# A vowel sign that Unicode 16 took from one category into another.
MOVED = {"\U0001171e"}
# Prints the texts of its input, folded.
ASK = """
const texts = JSON.parse(require("fs").readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(texts.map(folding.folded)));
"""


def folded_by_script(texts: list[str]) -> list[str]:
    """What static/offline/folding.js makes of the texts."""
    asked = json.dumps(texts).encode()
    answer = subprocess.run([NODE, "-e", SCRIPT + ASK], input=asked, capture_output=True, check=True)
    return json.loads(answer.stdout)


@pytest.mark.parametrize("text, wanted", CASES, ids=range(len(CASES)))
def test_python_folds_the_shared_cases(text: str, wanted: str) -> None:
    assert folded(text) == wanted


@pytest.mark.skipif(NODE is None, reason="Chromium reads the same table in tests/browser/test_offline.py")
def test_javascript_folds_the_shared_cases() -> None:
    assert folded_by_script([text for text, _wanted in CASES]) == [wanted for _text, wanted in CASES]


@pytest.mark.skipif(NODE is None, reason="there is no Node.js")
def test_both_fold_every_character_alike() -> None:
    """What Python does not know yet, the browser may."""
    known = [
        chr(one) for one in range(sys.maxunicode + 1) if unicodedata.category(chr(one)) not in ("Cn", "Cs")
    ]

    found = folded_by_script(known)

    differing = {
        one: (folded(one), other) for one, other in zip(known, found, strict=True) if folded(one) != other
    }
    assert differing.keys() <= MOVED
