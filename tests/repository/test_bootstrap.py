"""The set-up of the environment: once, complete or not at all, and in one process at a time.

`make test` itself runs the script as it is. Here a copy of it makes an environment without pip, and a stand-in
takes half a second to install nothing, so that each test is quick and needs no network.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.bootstrap import LOCKS
from config.env import ROOT

LONGEST = 120  # seconds that a crowded machine may take for an environment


# Stands in for pip and for uv: it says what it was asked to install, and fails where a lock says so.
INSTALLER = """
import os, sys, time
name, last = sys.argv[1], sys.argv[-1]
if last == "list":
    sys.exit(print(os.environ.get("CONFIGURED", "")))
time.sleep(0.5)
asked = open(last.split("=", 1)[1]).read()
open("asked", "a").write(f"{name}: {asked}")
sys.exit("missing" in asked or name + " fails" in asked)
"""
UV = "uv==2 \\\n    --hash=b \\\n    --hash=c"
LOCK_WITH_UV = f"one==1 --hash=a\n{UV}\ntwo==3 --hash=d\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the script and locks of no packages."""
    for lock in LOCKS.values():
        copy = tmp_path / lock.relative_to(ROOT)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text("# nothing\n")
    script = (ROOT / "config" / "bootstrap.py").read_text(encoding="utf-8")
    stand_in = tmp_path / "installer"
    stand_in.write_text(INSTALLER)
    for real, quick in (
        ('"--clear"', '"--clear", "--without-pip"'),
        ('"-m", "pip"', f'"{stand_in}", "pip"'),
        ('"-m", "uv"', f'"{stand_in}", "uv"'),
    ):
        assert script.count(real) == 1
        script = script.replace(real, quick)
    (tmp_path / "config" / "bootstrap.py").write_text(script, encoding="utf-8")
    return tmp_path


def test_the_first_time_sets_up_and_the_second_does_nothing(clone: Path) -> None:
    first = set_up(clone)
    made = {file: file.stat().st_mtime_ns for file in (clone / ".venv" / "installed", settings_of(clone))}
    second = set_up(clone)

    assert (first.returncode, first.stderr) == (0, "Setting up .venv (once) ...\n")
    assert (second.returncode, second.stderr) == (0, "")
    assert {file: file.stat().st_mtime_ns for file in made} == made
    assert "\nDEVELOPMENT=1\nSECRET_KEY=" in settings_of(clone).read_text()
    assert settings_of(clone).stat().st_mode & 0o777 == 0o600
    assert settings_of(clone).parent.stat().st_mode & 0o777 == 0o700


def test_an_environment_serves_every_purpose_that_was_asked_for(clone: Path) -> None:
    output = [set_up(clone, purpose).stderr for purpose in ("runtime", "postgresql", "runtime", "postgresql")]
    (clone / "requirements.txt").write_text("# changed\n")
    output += [set_up(clone, purpose).stderr for purpose in ("runtime", "postgresql", "development", "redis")]

    work = "Setting up .venv (once) ...\n"
    assert output == [work, work, "", "", work, "", work, ""]


def test_what_was_broken_off_is_made_again(clone: Path) -> None:
    set_up(clone)
    whole = (clone / ".venv" / "installed").read_text()
    (clone / ".venv" / "installed").unlink()
    leftover = clone / ".venv" / "leftover"
    leftover.touch()

    again = set_up(clone)

    assert again.returncode == 0
    assert not leftover.exists()
    assert (clone / ".venv" / "installed").read_text() == whole


def test_an_environment_that_was_moved_is_made_again(
    clone: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    set_up(clone)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "clone"
    shutil.copytree(clone, elsewhere, symlinks=True)

    assert set_up(elsewhere).stderr == "Setting up .venv (once) ...\n"


def test_a_package_that_cannot_be_had_is_said_and_nothing_is_called_installed(clone: Path) -> None:
    set_up(clone)
    (clone / "requirements.txt").write_text("missing\n")

    failed = set_up(clone)

    assert failed.returncode == 1
    assert failed.stderr.splitlines()[-1].startswith("The packages could not be installed")
    assert not (clone / ".venv" / "installed").exists()


def test_developers_get_uv_alone_from_pip_and_all_else_from_uv(clone: Path) -> None:
    (clone / "tests" / "requirements.txt").write_text(LOCK_WITH_UV)

    assert set_up(clone, "development").returncode == 0

    assert (clone / "asked").read_text() == f"pip: {UV}uv: {LOCK_WITH_UV}"


@pytest.mark.parametrize("configured", ["global.index-url='https://ours.example'", ":env:.no-index='1'"])
def test_whoever_told_pip_where_to_look_gets_everything_from_pip(clone: Path, configured: str) -> None:
    (clone / "tests" / "requirements.txt").write_text(LOCK_WITH_UV)

    assert set_up(clone, "development", CONFIGURED=configured).returncode == 0

    assert (clone / "asked").read_text() == f"pip: {LOCK_WITH_UV}"


def test_what_uv_cannot_install_pip_installs(clone: Path) -> None:
    (clone / "tests" / "requirements.txt").write_text(f"{LOCK_WITH_UV}# uv fails\n")

    assert set_up(clone, "development").stderr == "Setting up .venv (once) ...\n"

    asked = (clone / "asked").read_text()
    assert [asked.count("two==3"), asked.count("uv: "), asked.count("pip: ")] == [2, 1, 2]


def test_two_at_once_do_the_work_once_and_it_survives_the_first_being_killed(clone: Path) -> None:
    first = launch(clone)
    wait_for(clone / ".venv")
    second, third = launch(clone), launch(clone)
    first.send_signal(signal.SIGKILL)
    first.communicate()

    output = [one.communicate(timeout=LONGEST)[1] for one in (second, third)]

    assert (second.returncode, third.returncode) == (0, 0)
    assert sorted(output) == ["", "Setting up .venv (once) ...\n"]


def test_a_python_that_is_too_old_hands_over_to_a_newer_one_on_the_path(clone: Path) -> None:
    script = clone / "config" / "bootstrap.py"
    script.write_text(script.read_text().replace("OLDEST = (3, 11)", "OLDEST = (99, 0)"))
    commands = clone / "bin"
    commands.mkdir()

    none = set_up(clone, PATH=str(commands))
    command(commands / "python3.13", "exit 127")  # a version manager's, without that Python
    command(commands / "python3.12", 'test "$1" = -c || echo "handed over: $2"')
    newer = set_up(clone, PATH=str(commands))

    assert none.returncode == 1
    assert none.stderr.startswith("Sulh needs Python 3.11 or newer; this is 3.")
    assert newer.stdout == "handed over: runtime\n"


def set_up(clone: Path, purpose: str = "runtime", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script to its end."""
    process = launch(clone, purpose, **variables)
    stdout, stderr = process.communicate(timeout=LONGEST)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def launch(clone: Path, purpose: str = "runtime", **variables: str) -> subprocess.Popen[str]:
    """Begin to run the script."""
    return subprocess.Popen(
        [sys.executable, "config/bootstrap.py", purpose], cwd=clone, env=os.environ | variables,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def settings_of(clone: Path) -> Path:
    return clone / "var" / "environment"


def wait_for(path: Path) -> None:
    end = time.monotonic() + LONGEST
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.01)


def command(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
