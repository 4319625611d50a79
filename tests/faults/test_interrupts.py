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
