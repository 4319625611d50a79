"""Imports follow the contracts in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

from config.env import ROOT


def test_imports_keep_the_contracts():
    lint_imports = Path(sys.executable).parent / "lint-imports"

    answer = subprocess.run(
        [lint_imports, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_app_is_under_the_contracts():
    apps = {file.parent.name for file in ROOT.glob("*/apps.py")}

    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.importlinter]")[1]

    assert {app for app in apps if f'"{app}"' not in contracts} == set()
