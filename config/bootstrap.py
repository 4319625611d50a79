"""Set up the casebook's own Python environment, once. `make` runs it with whatever python3 there is.

    python3 config/bootstrap.py [runtime|development]

Standard library only, and in a syntax that older Pythons can read, so that they can say what is missing.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Says what was installed; written last, so that it never vouches for half an environment.
STAMP = VENV / "installed"
# Stands while work is going on; found at the start, it means that the last set-up was broken off.
UNFINISHED = VENV / "unfinished"
VAR = ROOT / "var"
LOG = VAR / "setup.log"
LOCK = VAR / "setup.lock"
ENVIRONMENT = VAR / "environment"
LOCKS = {"runtime": ROOT / "requirements.txt", "development": ROOT / "tests" / "requirements.txt"}


class Impossible(Exception):
    """Why the set-up cannot go on, in one line for the person who waits for it."""


class Failed(Exception):
    """A command ended badly; the log holds what it said."""


def main(purpose: str) -> None:
    """Leave an environment that serves the purpose; instant when there is one already."""
    if not is_installed(purpose):
        with alone():
            if not is_installed(purpose):
                install(purpose)
    write_environment()


# --- which Python --------------------------------------------------------------------------


def use_new_enough_python() -> None:
    """Go on in a newer Python when this one is too old; raises Impossible when there is none."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        path = shutil.which(name)
        # A version manager's stand-in may be on the path without the Python that it stands for.
        if path and runs([path, "-c", ""]):
            os.execv(path, [path, *sys.argv])  # noqa: S606
    raise Impossible(
        "Sulh needs Python 3.11 or newer; this is Python {0}.{1} and no newer one is on the PATH.".format(
            *sys.version_info
        )
    )


# --- what is installed ---------------------------------------------------------------------


def wanted(purpose: str) -> str:
    """The stamp of an environment that serves the purpose."""
    said = hashlib.sha256(LOCKS[purpose].read_bytes()).hexdigest()
    return "{0} {1} {2}.{3} {4}".format(purpose, said, sys.version_info[0], sys.version_info[1], VENV)


def is_installed(purpose: str) -> bool:
    """Whether the environment serves the purpose."""
    if UNFINISHED.exists() or not STAMP.exists() or not PYTHON.exists():
        return False
    return wanted(purpose) in STAMP.read_text(encoding="utf-8").splitlines()


def is_of_this_python() -> bool:
    """Whether there is a whole environment, of this Python's version and at this place, to add to."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    if STAMP.exists() and not STAMP.read_text(encoding="utf-8").rstrip().endswith(str(VENV)):
        return False
    is_same = "import sys; sys.exit(sys.version_info[:2] != {0})".format(sys.version_info[:2])
    return runs([str(PYTHON), "-c", is_same])


def install(purpose: str) -> None:
    """Make the environment and install what the purpose needs, exactly as locked."""
    say("Setting up {0} (once) ...".format(VENV.relative_to(ROOT)))
    LOG.write_text("", encoding="utf-8")
    if not is_of_this_python():
        shutil.rmtree(str(VENV), ignore_errors=True)
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    if not PYTHON.exists():
        make_venv()
    install_locked(LOCKS[purpose])
    # Development's lock holds all that runtime's does, at the same versions.
    serves = ["runtime", "development"] if purpose == "development" else ["runtime"]
    STAMP.write_text("".join(wanted(one) + "\n" for one in serves), encoding="utf-8")
    UNFINISHED.unlink()
    say("Set up.")


def make_venv() -> None:
    """Make an environment, with a pip of its own where Python brings one."""
    try:
        run([sys.executable, "-m", "venv", str(VENV)])
    except Failed:
        # Debian without python3-venv: no ensurepip, the rest works.
        try:
            run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)])
        except Failed:
            raise Impossible(
                "This Python cannot make virtual environments; install its venv module (Debian: apt install "
                "python3-venv). Details: {0}".format(LOG.relative_to(ROOT))
            ) from None
        UNFINISHED.touch()


# --- installing ----------------------------------------------------------------------------


def install_locked(lock: Path) -> None:
    """Install what the lock names, checking every hash, with the first installer there is."""
    locked = ["--require-hashes", "-r", str(lock)]
    try:
        if shutil.which("uv") and attempted(["uv", "pip", "install", "--python", str(PYTHON), *locked]):
            return
        with tempfile.TemporaryDirectory() as scratch:
            run([*pip(Path(scratch)), "install", *locked])
    except Failed:
        raise Impossible(
            "The packages could not be installed; is the network there? Run the same command again to go on. "
            "Details: {0}".format(LOG.relative_to(ROOT))
        ) from None


def pip(scratch: Path) -> "list[str]":
    """The command line of a pip that installs into the environment; raises Impossible when there is none."""
    own = [str(PYTHON), "-m", "pip"]
    if attempted([*own, "--version"]):
        return own
    for other in ([sys.executable, "-m", "pip"], ["pip3"], ["pip"]):
        elsewhere = [*other, "--python", str(PYTHON)]
        if shutil.which(other[0]) and attempted([*elsewhere, "--version"]):
            return elsewhere
    wheel = pip_of_debian(scratch)
    if wheel:
        return [str(PYTHON), str(wheel / "pip")]
    raise Impossible(
        "There is no pip here and none could be fetched; is the network there? Or install it (Debian: apt "
        "install python3-venv), then run the same command again. Details: {0}".format(LOG.relative_to(ROOT))
    )


def pip_of_debian(scratch: Path) -> "Path | None":
    """Debian's own pip, fetched and unpacked without rights and without installing it; None elsewhere."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    (scratch / "lists" / "partial").mkdir(parents=True)
    (scratch / "cache" / "archives" / "partial").mkdir(parents=True)
    private = {
        "Dir::State": scratch,
        "Dir::State::Lists": scratch / "lists",
        "Dir::Cache": scratch / "cache",
        "Debug::NoLocking": "1",
        "APT::Sandbox::User": "",
    }
    options = ["-o{0}={1}".format(*pair) for pair in private.items()]
    try:
        run(["apt-get", *options, "update"], cwd=scratch)
        run(["apt-get", *options, "download", "python3-pip-whl"], cwd=scratch)
        for package in scratch.glob("*.deb"):
            run(["dpkg-deb", "-x", str(package), str(scratch / "unpacked")])
    except Failed:
        return None
    return next((scratch / "unpacked").glob("**/pip-*.whl"), None)


# --- the rest ------------------------------------------------------------------------------


def write_environment() -> None:
    """Write the settings of a developer's machine, once; what stands there is never changed."""
    if ENVIRONMENT.exists():
        return
    VAR.mkdir(exist_ok=True)
    lines = "# Made by config/bootstrap.py; config/environment.example explains the settings.\n"
    lines += "DEVELOPMENT=1\nSECRET_KEY={0}\n".format(secrets.token_urlsafe(50))
    whole = VAR / "environment.{0}".format(os.getpid())
    private = os.open(str(whole), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(private, "w", encoding="utf-8") as file:
        file.write(lines)
    try:
        # A link, unlike a rename, never overwrites.
        os.link(str(whole), str(ENVIRONMENT))
    except FileExistsError:
        pass
    finally:
        whole.unlink()


@contextmanager
def alone() -> "Iterator[None]":
    """Hold the lock that lets one set-up run at a time.

    The commands that it runs inherit it: one that outlives a set-up that was killed still keeps others out.
    """
    VAR.mkdir(exist_ok=True)
    with open(str(LOCK), "w") as lock:
        os.set_inheritable(lock.fileno(), True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work here; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def runs(command: "list[str]") -> bool:
    """Whether a command that asks something ends well; what it prints is nobody's business."""
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def attempted(command: "list[str]") -> bool:
    """Run a command that may fail; whether it went well."""
    try:
        run(command)
    except Failed:
        return False
    return True


def run(command: "list[str]", cwd: "Path | None" = None) -> None:
    """Run a command, its output to the log; raises Failed when it ends badly."""
    with LOG.open("a", encoding="utf-8") as log:
        log.write("$ {0}\n".format(" ".join(command)))
        log.flush()
        code = subprocess.call(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=str(cwd or ROOT),
            env=surroundings(),
            close_fds=False,
        )
    if code:
        raise Failed(command)


def surroundings() -> "dict[str, str]":
    """The process's variables, less those that send Python or pip elsewhere."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    }
    kept.setdefault("PIP_RETRIES", "2")
    kept.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    kept.setdefault("PIP_NO_INPUT", "1")
    return kept


def say(line: str) -> None:
    """Tell the person who waits."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    asked_for = sys.argv[1] if len(sys.argv) > 1 else "runtime"
    try:
        if asked_for not in LOCKS:
            raise Impossible("Say what to set up: {0}.".format(" or ".join(sorted(LOCKS))))
        use_new_enough_python()
        main(asked_for)
    except (Impossible, OSError) as why:
        say(str(why))
        sys.exit(1)
    except KeyboardInterrupt:
        say("Stopped; run the same command again to go on.")
        sys.exit(130)
