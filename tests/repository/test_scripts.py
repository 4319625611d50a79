"""The scripts of a page share one room: a name that two of them give, or the browser has, means the later thing."""

import re
from collections import defaultdict
from pathlib import Path

from config.env import ROOT

SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
DECLARED = re.compile(r"^(?:async )?(?:function\*?|const|let|var|class) ([A-Za-z_$][\w$]*)", re.MULTILINE)
# What browsers call by such a name: a function of ours would take its place, for libraries too.
OF_THE_WINDOW = {
    *("alert", "blur", "close", "confirm", "fetch", "find", "focus", "getSelection", "history", "length"),
    *(
        "location",
        "moveBy",
        "moveTo",
        "name",
        "navigator",
        "open",
        "opener",
        "origin",
        "parent",
        "postMessage",
    ),
    *("print", "prompt", "resizeBy", "resizeTo", "scroll", "scrollBy", "scrollTo", "self", "status", "stop"),
    *("top", "event", "external", "frames", "performance", "screen", "caches", "crypto"),
}


def declared(script: Path) -> set[str]:
    return set(DECLARED.findall(script.read_text(encoding="utf-8")))


def test_no_two_scripts_give_the_same_name() -> None:
    givers = defaultdict(list)
    for script in SCRIPTS:
        for name in declared(script):
            givers[name].append(script.name)

    assert len(givers) > 50
    assert {name: several for name, several in givers.items() if len(several) > 1} == {}


def test_no_script_takes_a_name_of_the_browser() -> None:
    assert {script.name: taken for script in SCRIPTS if (taken := declared(script) & OF_THE_WINDOW)} == {}
