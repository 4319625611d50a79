"""Set up the casebook's own Python environment, once. `make` runs it with whatever python3 there is.

    python3 config/bootstrap.py [runtime|development|postgresql|redis|metrics]

Standard library only, and in a syntax that older Pythons can read, so that they can report what is missing.
"""

import fcntl
import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Optional

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = [str(PYTHON), "-I", "-m", "pip", "-qq", "--disable-pip-version-check", "--no-input"]
# Lists what was installed. It is removed before a change and written after it, so an environment
# without this file is incomplete and is made again.
STAMP = VENV / "installed"
ENVIRONMENT = ROOT / "var" / "environment"
LOCKS = {
    "runtime": ROOT / "requirements.txt",
    "development": ROOT / "tests" / "requirements.txt",
    "postgresql": ROOT / "config" / "requirements-postgresql.txt",
    "redis": ROOT / "config" / "requirements-redis.txt",
    "metrics": ROOT / "config" / "requirements-metrics.txt",
}


class SetupError(Exception):
    """Why the set-up cannot continue, in one line for the developer."""


def main(purpose: str) -> None:
    """Make sure that there is an environment for the purpose, and the settings of a developer's machine."""
    if is_installed(purpose) and ENVIRONMENT.exists():
        return
    with only_one_at_a_time():
        if not is_installed(purpose):
            install(purpose)
        if not ENVIRONMENT.exists():
            write_environment()


def use_new_enough_python() -> None:
    """Restart with a newer Python if this one is too old. Raises SetupError if there is none."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        path = shutil.which(name)
        # A version manager may put a command on the PATH for a Python that is not installed.
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(path, [path, *sys.argv])  # noqa: S606
    version = "{0}.{1}".format(*sys.version_info)
    raise SetupError(f"Sulh needs Python 3.11 or newer; this is {version} and no newer one is on the PATH.")


def is_installed(purpose: str) -> bool:
    """Whether the environment is complete and has the packages of the purpose."""
    stamped = read_stamp()
    return bool(stamped) and stamped[0] == interpreter() and stamp_of(purpose) in stamped


def install(purpose: str) -> None:
    """Install exactly what is locked, into a new environment unless there is a complete one to add to."""
    print(f"Setting up {VENV.relative_to(ROOT)} (once) ...", file=sys.stderr, flush=True)
    stamped = read_stamp()
    if stamped[:1] != [interpreter()]:
        make_venv()
        stamped = [interpreter()]
    STAMP.unlink(missing_ok=True)
    if not (is_installed_quickly(purpose) or run([*PIP, "install", *checked(LOCKS[purpose])])):
        raise SetupError("The packages could not be installed; is the network there? Then run this again.")
    # The lock of development contains all packages of the others, at the same versions.
    serves = LOCKS if purpose == "development" else [purpose]
    others = [line for line in stamped if line.split()[0] not in serves]
    STAMP.write_text("\n".join([*others, *map(stamp_of, serves)]) + "\n", encoding="utf-8")


def checked(lock: Path) -> "list[str]":
    """What tells pip to install what the lock names, and nothing else."""
    return ["--no-user", "--retries=2", "--require-hashes", f"--requirement={lock}"]


def is_installed_quickly(purpose: str) -> bool:
    """Install with the uv that stands in the lock of development, which takes a third of pip's time.

    Where uv fails, pip installs everything, and says what is wrong. So it does where its settings name a
    registry, which uv does not read.
    """
    named = re.search(r"^uv==(?:.*\\\n)*.*$", LOCKS[purpose].read_text(encoding="utf-8"), re.MULTILINE)
    if named is None or re.search(r"\.(?:index-url|no-index)=", output_of([*PIP, "config", "list"])):
        return False
    alone = VENV / "uv.txt"
    alone.write_text(named.group(), encoding="utf-8")
    uv = [str(PYTHON), "-I", "-m", "uv", "--quiet", "pip", "install", f"--python={PYTHON}"]
    locked = ["--compile-bytecode", "--require-hashes", f"--requirement={LOCKS[purpose]}"]
    return run([*PIP, "install", *checked(alone)]) and run([*uv, *locked], stderr=subprocess.DEVNULL)


def make_venv() -> None:
    """Make an empty environment, replacing the old one. Raises SetupError if Python cannot."""
    if not run([sys.executable, "-I", "-m", "venv", "--clear", str(VENV)]):
        raise SetupError(
            "This Python cannot make virtual environments. Install its venv module (Debian and Ubuntu: "
            "apt install python3-venv), then run this again."
        )


def read_stamp() -> "list[str]":
    """The lines of the stamp: the interpreter, then one line for each purpose; none if incomplete."""
    if not (PYTHON.exists() and STAMP.exists()):
        return []
    return STAMP.read_text(encoding="utf-8").splitlines()


def interpreter() -> str:
    """The Python version and the path of the environment, which cannot be moved."""
    return "python {0}.{1} {2}".format(sys.version_info[0], sys.version_info[1], VENV)


def stamp_of(purpose: str) -> str:
    """The line of the stamp for the purpose, with the digest of its lock file."""
    return f"{purpose} {hashlib.sha256(LOCKS[purpose].read_bytes()).hexdigest()}"


def write_environment() -> None:
    """Write the settings of a developer's machine, readable by nobody else."""
    draft = ENVIRONMENT.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(
        "# Made by config/bootstrap.py; config/environment.example explains the settings.\n"
        f"DEVELOPMENT=1\nSECRET_KEY={secrets.token_urlsafe(50)}\n",
        encoding="utf-8",
    )
    draft.rename(ENVIRONMENT)


@contextmanager
def only_one_at_a_time() -> "Iterator[None]":
    """Wait until no other set-up is running here.

    Commands inherit the lock, so that a pip that outlives a killed set-up still blocks others.
    """
    # Settings and database are for this account alone.
    ENVIRONMENT.parent.mkdir(mode=0o700, exist_ok=True)
    ENVIRONMENT.parent.chmod(0o700)
    with open(str(ENVIRONMENT.parent / "setup.lock"), "w") as lock:
        os.set_inheritable(lock.fileno(), True)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(command: "list[str]", stderr: "Optional[int]" = None) -> bool:
    """Run a command, which prints its own errors; return whether it succeeded."""
    done = subprocess.call(command, stdin=subprocess.DEVNULL, stderr=stderr, cwd=str(ROOT), close_fds=False)
    return done == 0


def output_of(command: "list[str]") -> str:
    """Run a command; return what it printed."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, universal_newlines=True, close_fds=False
    )
    return done.stdout


if __name__ == "__main__":
    asked_for = sys.argv[1] if len(sys.argv) > 1 else "runtime"
    try:
        if asked_for not in LOCKS:
            raise SetupError(f"Say what to set up: {', '.join(LOCKS)}.")
        use_new_enough_python()
        main(asked_for)
    except (SetupError, OSError) as why:
        sys.exit(str(why))
    except KeyboardInterrupt:
        print("Stopped; run the same command again.", file=sys.stderr)
        sys.exit(130)
