"""A server that hangs at Ctrl-C is ended all the same."""

import os
import signal
import subprocess
import sys
import time

from config.env import ROOT
from portal.management.commands.run import INTERRUPTED, LONGEST_GOODBYE
from tests.faults.test_running import SLOWNESS

DEAF = """
import signal, time
from portal.management.commands import run
run._end_even_if_the_server_hangs()
signal.signal(signal.SIGINT, lambda *_: None)
print("deaf", flush=True)
while True:
    time.sleep(1)
"""


def test_a_server_that_does_not_hear_ctrl_c_is_ended() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", "import django; django.setup()\n" + DEAF]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"deaf\n"

        begun = time.monotonic()
        server.send_signal(signal.SIGINT)

        assert server.wait(timeout=LONGEST_GOODBYE + SLOWNESS) == INTERRUPTED
        assert time.monotonic() - begun > LONGEST_GOODBYE
