"""Ctrl-C ends a server also where Python drops the exception, or makes another of it."""

import os
import subprocess
import sys

from config.env import ROOT
from portal.management.commands.run import INTERRUPTED
from tests.faults.test_running import SLOWNESS

# An exception that is raised inside a destructor is printed and dropped.
DROPS_ONE = """
import os, signal, time
from portal.management.commands import run
run.MAX_SHUTDOWN = 1
for one in run.STOP_SIGNALS:
    signal.signal(one, run._interrupt)

class Destroyed:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)

Destroyed()
print("still there", flush=True)
time.sleep(60)
"""
# An exception that is raised inside a lock's own code leaves it half taken: to release it is another error.
MAKES_ANOTHER = """
import os, signal
from portal import processes
from portal.management.commands import run

def work():
    signal.signal(signal.SIGTERM, run._interrupt)
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()
    finally:
        raise RuntimeError("release unlocked lock")

def broken():
    raise RuntimeError("of its own")

children = processes.Processes(1)
for one in (work, broken):
    print(os.waitpid(children.fork(one), 0)[1] >> 8, flush=True)
"""
# Ctrl-C ends a child too, and may reach its parent between the end of a wait and the note of what ended.
ENDED_UNNOTED = """
import os
from portal import processes

children = processes.Processes(1)
gone = children.start("a child that ends", lambda: children.fork(lambda: None))
os.waitpid(gone, 0)
stays = children.start("a child that stays", lambda: children.fork(lambda: __import__("time").sleep(60)))
children.stop()
print("stopped", flush=True)
"""
# The same while the casebook is set up.
IN_THE_FIRST_PROCESS = """
import os, signal
from contextlib import nullcontext
from portal.management.commands import run

def set_up(command):
    try:
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()
    finally:
        raise RuntimeError("release unlocked lock")

run.Command._set_up = set_up
run._listening = lambda port: nullcontext()
run.Command().handle()
"""

# What sets the casebook up loads much that nobody who serves needs.
DONE_APART = """
import os, sys
from portal import processes

children = processes.Processes(1)

def works():
    print("done")
    sys.modules["loaded by the child"] = sys
    return 2, "told"

def breaks():
    raise RuntimeError("of its own")

def is_killed():
    os.kill(os.getpid(), 9)

print(children.done_apart(works), "loaded by the child" in sys.modules)
for one in (breaks, is_killed):
    try:
        children.done_apart(one)
    except SystemExit as error:
        print(error.code)
print(children._running)
"""
REFUSED = """
from contextlib import nullcontext
from django.core.management import CommandError
from portal.management.commands import run

def refuse(command):
    raise CommandError("There is no administrator of that name.")

run.Command._steps = refuse
run._listening = lambda port: nullcontext()
try:
    run.Command().handle()
except CommandError as error:
    print(error)
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    """What a Python process of the casebook says that runs the code."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", "import django; django.setup()\n" + code]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=10 + SLOWNESS
    )


def test_ctrl_c_that_python_drops_is_repeated() -> None:
    ended = run(DROPS_ONE)

    assert ended.stdout == "still there\n"
    assert "Exception ignored in" in ended.stderr
    assert ended.stderr.splitlines()[-1] == "KeyboardInterrupt"
    assert ended.returncode != 0


def test_an_error_that_an_interrupt_led_to_ends_a_process_quietly_and_another_is_said() -> None:
    ended = run(MAKES_ANOTHER)

    assert ended.stdout == "0\n1\n"
    assert "release unlocked lock" not in ended.stderr
    assert ended.stderr.count("RuntimeError: of its own") == 1


def test_an_error_that_an_interrupt_led_to_ends_the_setting_up_quietly() -> None:
    ended = run(IN_THE_FIRST_PROCESS)

    assert ended.returncode == INTERRUPTED
    assert ended.stderr == ""


def test_a_child_whose_end_was_not_noted_does_not_keep_the_others_from_being_ended() -> None:
    ended = run(ENDED_UNNOTED)

    assert (ended.stdout, ended.returncode) == ("stopped\n", 0), ended.stderr


def test_what_is_done_apart_is_told_and_leaves_nothing_loaded() -> None:
    ended = run(DONE_APART)

    assert ended.stdout == "done\n[2, 'told'] False\n1\n1\n{}\n"
    assert ended.stderr.count("RuntimeError: of its own") == 1
    assert "was killed by SIGKILL" in ended.stderr


def test_what_a_command_refuses_while_the_casebook_is_set_up_is_said_as_ever() -> None:
    ended = run(REFUSED)

    assert (ended.stdout, ended.stderr) == ("There is no administrator of that name.\n", "")
