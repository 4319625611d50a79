"""Outside development no secret has a default, and the error names a missing setting."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import EXAMPLE, ROOT
from config.services import Services

WHOLE = {
    "SECRET_KEY": "a-key-that-is-long-enough-and-of-many-different-characters-0123456789",
    "SITE_URL": "https://casebook.example",
}


def test_a_public_site_starts_with_its_two_compulsory_settings():
    answer = check(WHOLE)

    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("missing", WHOLE)
def test_a_missing_compulsory_setting_stops_with_its_name_and_where_to_read_of_it(missing):
    answer = check({name: value for name, value in WHOLE.items() if name != missing})

    assert answer.returncode != 0
    last_line = answer.stderr.strip().splitlines()[-1]
    assert f"{missing} is not set" in last_line
    assert EXAMPLE in last_line


@pytest.mark.parametrize(
    "name, value, reason",
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too short or too simple"),
        ("SECRET_KEY", "ab" * 40, "SECRET_KEY is too short or too simple"),
        ("SITE_URL", "http://casebook.example", "must begin with https://"),
        ("SITE_URL", "http://localhost:8000", "must begin with https://"),
    ],
)
def test_a_public_site_does_not_start_with_settings_that_give_it_away(name, value, reason):
    answer = check({**WHOLE, name: value})

    assert answer.returncode != 0
    assert reason in answer.stderr.strip().splitlines()[-1]


def test_in_development_it_starts_with_them():
    assert check({"DEVELOPMENT": "1", "SECRET_KEY": "short"}).returncode == 0


@pytest.mark.parametrize(
    "variables, expected",
    [({}, None), ({"FOUR_EYES": "1"}, True), ({"FOUR_EYES": "0"}, False), ({"FOUR_EYES": ""}, None)],
)
def test_four_eyes_is_forced_on_or_off_or_left_to_the_number_of_moderators(
    variables, expected, monkeypatch, tmp_path
):
    monkeypatch.delenv("FOUR_EYES", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert Services(tmp_path / "none").optional_flag("FOUR_EYES", "") is expected


@pytest.mark.parametrize(
    "name, value, module, command",
    [
        ("DATABASE_URL", "postgresql://sulh@localhost/sulh", "psycopg", "make postgresql"),
        ("CACHE_URL", "redis://localhost:6379/0", "redis", "make redis"),
    ],
)
def test_a_package_that_few_need_is_named_with_the_command_that_adds_it(
    name, value, module, command, monkeypatch, tmp_path
):
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("config.env.find_spec", lambda name: None if name == module else name)
    environment = Services(tmp_path / "none")

    with pytest.raises(ImproperlyConfigured) as refused:
        environment.cache(name, "") if name == "CACHE_URL" else environment.database(name, "", "")

    assert str(refused.value).startswith(f"{name} needs the Python package {module}")
    assert command in str(refused.value)
    assert EXAMPLE in str(refused.value)


def check(variables):
    """Run `manage.py check` with these variables and nothing else."""
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"ENVIRONMENT_FILE": "/dev/null", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
