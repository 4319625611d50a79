"""Ctrl-C ends a server also where Python drops the exception."""

import os
import subprocess
import sys

from config.env import ROOT
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


def test_ctrl_c_that_python_drops_is_repeated() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", "import django; django.setup()\n" + DROPS_ONE]

    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=10 + SLOWNESS
    )

    assert ended.stdout == "still there\n"
    assert "Exception ignored in" in ended.stderr
    assert ended.stderr.splitlines()[-1] == "KeyboardInterrupt"
    assert ended.returncode != 0
