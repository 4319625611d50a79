"""Imports follow the contracts in pyproject.toml."""

import subprocess
import sys
import tomllib
from pathlib import Path

from config.env import ROOT


def test_imports_keep_the_contracts():
    lint_imports = Path(sys.executable).parent / "lint-imports"

    answer = subprocess.run(
        [lint_imports, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_file_of_every_package_has_a_layer():
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")}
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contracts = {contract["id"]: contract for contract in rules["contracts"]}

    exhaustive = [one for one in contracts.values() if one.get("exhaustive")]
    assert {*contracts["between-apps"]["layers"]} == {*rules["root_packages"]} == packages
    assert {package for one in exhaustive for package in one["containers"]} == packages
