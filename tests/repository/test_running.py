"""The files that run the casebook for real: units, proxy, containers. They name what exists, and allow little."""

import re
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.core.management import get_commands

from config.env import ROOT
from config.running.healthcheck import is_alive
from tests.faults.servers import free_port
from tests.repository.test_docs import variables_read_by_settings

RUNNING = ROOT / "config" / "running"
GUIDE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
SERVICES = sorted(RUNNING.glob("systemd/*.service"))
TIMERS = sorted(RUNNING.glob("systemd/*.timer"))
HARDENED = {
    "User": "sulh",
    "UMask": "0077",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "PrivateUsers": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectKernelModules": "yes",
    "ProtectControlGroups": "yes",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "MemoryDenyWriteExecute": "yes",
    "SystemCallArchitectures": "native",
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["importlinter"]["root_packages"]


def unit(file: Path) -> ConfigParser:
    """The sections of a unit file; of a key that stands twice, the last value."""
    found = ConfigParser(strict=False, interpolation=None, comment_prefixes=("#",))
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read_string(file.read_text(encoding="utf-8"))
    return found


def named(file: Path) -> str:
    return file.name


# --- systemd -------------------------------------------------------------------------------


@pytest.mark.parametrize("file", SERVICES, ids=named)
def test_a_service_may_do_little(file: Path) -> None:
    service = unit(file)["Service"]

    assert {name: service.get(name) for name in HARDENED} == HARDENED
    assert re.findall(r"^SystemCallFilter=(.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)[0] == (
        "@system-service"
    )


@pytest.mark.parametrize("file", SERVICES, ids=named)
def test_a_service_starts_a_command_that_exists(file: Path) -> None:
    start = unit(file)["Service"]["ExecStart"]
    match = re.fullmatch(r"/opt/sulh/current/\.venv/bin/python manage\.py (\w+)(?: .+)?", start)

    assert match is not None
    assert match[1] in get_commands()
    assert unit(file)["Service"]["WorkingDirectory"] == "/opt/sulh/current"
    assert unit(file)["Service"]["Environment"] == "ENVIRONMENT_FILE=/etc/sulh/environment"


@pytest.mark.parametrize("file", TIMERS, ids=named)
def test_a_timer_has_its_service_and_catches_up(file: Path) -> None:
    timer = unit(file)["Timer"]

    assert file.with_suffix(".service") in SERVICES
    assert timer["OnCalendar"]
    assert timer["Persistent"] == "yes"
    assert unit(file)["Install"]["WantedBy"] == "timers.target"


def test_the_guide_enables_what_is_installed() -> None:
    enabled = re.findall(r"systemctl enable --now (sulh\S+(?: sulh\S+)*)", GUIDE)

    assert {*" ".join(enabled).split()} == {"sulh.service", *(file.name for file in TIMERS)}


# --- the guide -----------------------------------------------------------------------------


def test_the_guide_sets_only_settings_that_exist() -> None:
    lines = re.findall(r"^ +([A-Z_]+)=\S", GUIDE, re.MULTILINE)

    assert len(lines) > 8
    assert {*lines} - {"ENVIRONMENT_FILE"} <= variables_read_by_settings()


def test_the_guide_runs_only_commands_that_exist() -> None:
    commands = {*re.findall(r"manage\.py (\w+)", GUIDE), *re.findall(r"^ +sulh (\w+)", GUIDE, re.MULTILINE)}

    assert commands >= {"check", "migrate", "backup", "restore", "verify"}
    assert commands <= {*get_commands()}


def test_the_guide_copies_only_files_that_exist() -> None:
    named_files = {*re.findall(r"config/[\w./-]+[\w*]", GUIDE)}

    assert [name for name in named_files if not [*ROOT.glob(name)]] == []


@pytest.mark.parametrize("name", ["sulh", "upgrade"])
def test_a_script_stops_at_the_first_failure(name: str) -> None:
    file = RUNNING / name

    assert re.search(r"^set -eu", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert file.stat().st_mode & 0o111


def test_nothing_is_migrated_before_a_backup_was_made() -> None:
    script = (RUNNING / "upgrade").read_text(encoding="utf-8")
    order = [
        script.index(step)
        for step in (
            '"$new" check --deploy', '"$old" verify', "systemctl stop sulh.service\nas", '"$old" backup',
            '"$new" /opt/sulh/current', '"$new" migrate', "start sulh.service\n\n", '"$new" verify',
        )
    ]  # fmt: skip

    assert order == sorted(order)


# --- the proxies ---------------------------------------------------------------------------


def test_nginx_says_what_it_must_and_believes_no_client() -> None:
    text = (RUNNING / "nginx.conf").read_text(encoding="utf-8")

    for said in (
        "proxy_set_header X-Forwarded-Proto $scheme;", "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Request-ID $request_id;", "proxy_set_header Host $host;", "gzip off;",
        "proxy_request_buffering on;", "client_max_body_size 16m;", "ssl_protocols TLSv1.2 TLSv1.3;",
    ):  # fmt: skip
        assert said in text
    assert text.count("{") == text.count("}")
    log_format = text[text.index("log_format") : text.index("limit_conn_zone")]
    assert not re.search(r"remote_addr|request_uri|args|user_agent|referer|\$uri", log_format)


def test_nginx_takes_the_answer_to_one_request_for_no_other() -> None:
    text = (RUNNING / "nginx.conf").read_text(encoding="utf-8")
    keys = re.findall(r"proxy_cache_key (.+);", text)
    addresses = [
        f"/en/search/?q=a{end}" for end in ("", "br", "gzip", ":br", "br:https://casebook.example/en/")
    ]

    for key in keys:
        stored = {
            key.replace("$sulh_encoding", encoding)
            .replace("$scheme", "https")
            .replace("$host", "casebook.example")
            .replace("$request_uri", address)
            .replace("$uri", address)
            for encoding in ("", "br", "gzip")
            for address in addresses
        }
        assert len(stored) == 3 * len(addresses), key
    assert len(keys) == 2


@pytest.mark.parametrize(
    "accepted, encoding",
    [
        *(
            ("gzip, deflate, br, zstd", "br"),
            ("gzip", "gzip"),
            ("br;q=1.0, gzip;q=0.8, *;q=0.1", "br"),
            ("", ""),
        ),
        *(
            ("br;q=0, gzip", "gzip"),
            ("gzip ; q=0.000", ""),
            ("BR", "br"),
            ("sbr, xgzip", ""),
            ("br;q=0.05", "br"),
        ),
    ],
)
def test_nginx_sends_no_encoding_that_the_reader_does_not_take(accepted: str, encoding: str) -> None:
    text = (RUNNING / "nginx.conf").read_text(encoding="utf-8")
    choices = text.partition("map $http_accept_encoding")[2].partition("}")[0]
    patterns = re.findall(r'"~\*(.+)" (\w+);', choices)

    found = [name for pattern, name in patterns if re.search(pattern, accepted, re.IGNORECASE)]

    assert (found[:1] or [""])[0] == encoding
    assert len(patterns) == 2


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_what_machines_ask_is_not_answered_to_readers(name: str) -> None:
    text = (RUNNING / name).read_text(encoding="utf-8")

    for path in ("healthz", "readyz", "metrics"):
        assert path in text


# --- containers ----------------------------------------------------------------------------

CONTAINERFILE = (RUNNING / "Containerfile").read_text(encoding="utf-8")
COMPOSE = (RUNNING / "compose.yaml").read_text(encoding="utf-8")
COPIES = [line.split()[1:-1] for line in re.findall(r"^COPY (?!--from).+$", CONTAINERFILE, re.MULTILINE)]


def test_the_image_copies_what_exists_and_every_app() -> None:
    names = [name for copied in COPIES for name in copied]

    assert [name for name in names if not (ROOT / name).exists()] == []
    assert {*PACKAGES, "templates", "static", "locale", "manage.py"} <= {*names}
    assert not {".", "var", "tests"} & {*names}


def test_the_image_runs_as_nobody_in_particular_and_asks_for_its_health() -> None:
    assert re.search(r"^USER 10001:10001$", CONTAINERFILE, re.MULTILINE)
    assert CONTAINERFILE.index("USER 10001") < CONTAINERFILE.index("CMD [")
    assert "config/running/healthcheck.py" in CONTAINERFILE
    assert "--require-hashes" in CONTAINERFILE


def services() -> dict[str, str]:
    """Each service of the compose file, with its text."""
    body = COMPOSE.partition("\nservices:\n")[2].partition("\nvolumes:\n")[0]
    parts = re.split(r"^  (\w+):$", body, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("name", ["sulh", "proxy", "database", "cache"])
def test_a_container_is_not_root_and_cannot_write_to_its_own_files(name: str) -> None:
    text = services()[name]

    assert re.search(r'^    user: "[1-9]\d*:[1-9]\d*"$', text, re.MULTILINE)
    for said in ("read_only: true", "cap_drop: [ALL]", '"no-new-privileges:true"', "restart: unless-stopped"):
        assert said in text


def test_every_container_is_tested() -> None:
    assert {*services()} == {"sulh", "proxy", "database", "cache"}


def test_no_secret_has_a_default() -> None:
    variables = dict(re.findall(r"\$\{([A-Z_]+)(.*?)\}", COMPOSE))

    for name in ("SECRET_KEY", "DATABASE_PASSWORD", "SITE_HOST"):
        assert variables[name].startswith(":?"), name
    assert {default for default in variables.values() if default.startswith(":-")} == {":-", ":-none:"}


def test_containers_set_only_settings_that_exist() -> None:
    block = services()["sulh"].partition("environment:\n")[2].partition("    # The proxy")[0]
    given = {*re.findall(r"^      ([A-Z_]+):", block, re.MULTILINE)}
    lines = " ".join(re.findall(r"^ENV (.+)$", CONTAINERFILE, re.MULTILINE))
    image = {*re.findall(r"(\w+)=", lines)}

    assert given <= variables_read_by_settings()
    assert image - {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"} <= variables_read_by_settings()


def test_a_container_without_a_server_is_not_healthy() -> None:
    assert not is_alive(free_port(), "casebook.example")
