"""What Prometheus reads: figures of all processes together, for whoever has the token."""

import datetime
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from config.env import ROOT
from tests.faults.finished import give_database
from tests.faults.servers import Browser, Casebook, killed_at_the_end

pytestmark = [pytest.mark.one_database]

TOKEN = "a-token-of-thirty-two-characters-or-more"
ROUTE = ("read", "cases:cases", "200")
Samples = dict[tuple[str, tuple[str, ...]], float]


@pytest.fixture
def counted_casebook(finished_casebook: Casebook, tmp_path: Path) -> Casebook:
    """One that serves, and counts in a folder of its own."""
    return counting(finished_casebook, tmp_path)


@pytest.fixture(scope="module")
def lasting_casebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """The same for tests that leave it serving; it signs its head."""
    folder = tmp_path_factory.mktemp("counted")
    for casebook in killed_at_the_end(Casebook(folder)):
        give_database(casebook, tmp_path_factory)
        key = folder / "head-key.pem"
        assert casebook.manage("make_head_key", str(key)).returncode == 0
        casebook.environment["HEAD_KEY"] = str(key)
        yield counting(casebook, folder)


def counting(casebook: Casebook, folder: Path) -> Casebook:
    casebook.environment |= {
        "METRICS_TOKEN": TOKEN,
        "METRICS_FOLDER": str(folder / "metrics"),
        "BACKUP_FOLDER": str(folder / "backups"),
    }
    casebook.start()
    return casebook


def scrape(casebook: Casebook, authorization: str = f"Bearer {TOKEN}") -> Samples:
    """Every sample, by its name and the values of its labels in the order of their names."""
    request = Request(f"{casebook.site}/metrics", headers={"Authorization": authorization})  # noqa: S310
    with urlopen(request, timeout=60) as answer:  # noqa: S310
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Type"].startswith("text/plain")
        text = answer.read().decode()
    return {
        (sample.name, tuple(value for _label, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_was_asked_is_counted_by_route_and_status(lasting_casebook: Casebook) -> None:
    browser, before = Browser(lasting_casebook.site), scrape(lasting_casebook)
    for path in ("/en/cases/", "/fr/cases/", "/en/no/such/page/at/all/", "/en/preview/secret-token/"):
        browser.get(path)

    found = scrape(lasting_casebook)

    def counted(name: str, *labels: str) -> float:
        return found[name, labels] - before.get((name, labels), 0)

    assert counted("sulh_requests_total", *ROUTE) == 2
    assert counted("sulh_requests_total", "read", "none", "404") == 1
    assert counted("sulh_requests_total", "read", "preview", "404") == 1
    assert counted("sulh_request_seconds_count", "public") >= 4
    assert found["sulh_requests_in_progress", ()] == 1
    assert not [labels for _name, labels in found if "secret-token" in labels]


def test_without_the_token_there_is_no_such_page(lasting_casebook: Casebook) -> None:
    for authorization in ("", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer ü"):
        with pytest.raises(HTTPError) as refused:
            scrape(lasting_casebook, authorization)

        with refused.value:
            assert refused.value.code == 404


def test_where_no_token_is_set_nothing_is_counted(finished_casebook: Casebook) -> None:
    said = finished_casebook.manage(
        "shell", "--no-imports", "-c",
        "import sys; from django.test import Client; print(Client(headers={'host': 'localhost'})"
        ".get('/metrics', follow=True).status_code, 'prometheus_client' in sys.modules)",
    )  # fmt: skip

    assert said.stdout.split() == ["404", "False"], said


def test_what_a_killed_process_counted_stays_counted_and_what_it_was_doing_does_not(
    lasting_casebook: Casebook,
) -> None:
    browser = Browser(lasting_casebook.site)
    browser.get("/en/cases/")
    before = scrape(lasting_casebook)

    number = kill_servers(lasting_casebook)
    lasting_casebook.wait_until(lambda: lasting_casebook._serves())
    browser.get("/en/cases/")
    after = scrape(lasting_casebook)

    requests, errors = ("sulh_requests_total", ROUTE), ("sulh_log_records_total", ("error", "portal"))
    assert after[requests] == before[requests] + 1
    assert after["sulh_requests_in_progress", ()] == 1
    assert after[errors] == before.get(errors, 0) + number


def test_a_new_start_begins_from_nothing(lasting_casebook: Casebook) -> None:
    Browser(lasting_casebook.site).get("/en/cases/")
    assert ("sulh_requests_total", ROUTE) in scrape(lasting_casebook)
    lasting_casebook.stop(signal.SIGTERM)

    lasting_casebook.start()

    assert ("sulh_requests_total", ROUTE) not in scrape(lasting_casebook)


def test_how_the_casebook_is_is_told_in_numbers(lasting_casebook: Casebook) -> None:
    assert lasting_casebook.manage("backup").returncode == 0
    lasting_casebook.wait_until(
        lambda: ("sulh_signed_head_timestamp_seconds", ()) in scrape(lasting_casebook)
    )
    [(revisions,)] = lasting_casebook.rows("SELECT count(*) FROM publishing_revision")

    found = scrape(lasting_casebook)

    now = datetime.datetime.now(datetime.UTC).timestamp()
    assert found["sulh_database_up", ()] == 1
    assert found["sulh_revisions", ()] == revisions
    for name in ("backup", "worker_turn", "signed_head", "start"):
        assert 0 <= now - found[f"sulh_{name}_timestamp_seconds", ()] < 600, name
    assert found["sulh_processes", ()] >= 2
    assert found["sulh_resident_memory_bytes", ()] > 50e6
    assert found["sulh_mails_waiting", ("seldom",)] == 0
    assert found["sulh_proposals_waiting", ("late", "public")] == 0


def test_a_database_that_is_away_is_told_and_the_rest_goes_on(counted_casebook: Casebook) -> None:
    counted_casebook.database.rename(counted_casebook.database.with_suffix(".away"))
    # They hold the file open; a new process looks for it by its name.
    kill_servers(counted_casebook)
    counted_casebook.wait_until(lambda: answers(counted_casebook))

    found = scrape(counted_casebook)

    assert found["sulh_database_up", ()] == 0
    assert ("sulh_revisions", ()) not in found
    assert found["sulh_processes", ()] >= 1


def kill_servers(casebook: Casebook) -> int:
    """Kill all that serve, and wait until as many others do; returns how many they are."""
    killed = casebook.servers()
    for one in killed:
        os.kill(one, signal.SIGKILL)
    casebook.wait_until(lambda: len(now := casebook.servers()) == len(killed) and not {*now} & {*killed})
    # They are said a moment after the new ones are there.
    casebook.wait_until(lambda: all(f"process {one}" in casebook.said() for one in killed))
    return len(killed)


def answers(casebook: Casebook) -> bool:
    try:
        return Browser(casebook.site).get("/healthz")[0] == 200
    except OSError:
        return False


def test_alerts_ask_only_for_figures_that_are_told() -> None:
    rules = (ROOT / "config" / "running" / "alerts.yaml").read_text(encoding="utf-8")
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "config" / "metrics").glob("*.py"))

    told = {*re.findall(r'"(sulh_[a-z_]+)"', code)}

    asked = {re.sub(r"_(?:total|bucket|count|sum)$", "", name) for name in re.findall(r"sulh_[a-z_]+", rules)}
    assert asked
    assert asked <= told


def test_other_commands_open_no_file_for_figures(finished_casebook: Casebook, tmp_path: Path) -> None:
    folder = tmp_path / "metrics"
    finished_casebook.environment |= {"METRICS_TOKEN": TOKEN, "METRICS_FOLDER": str(folder)}

    # Of all commands, that which does least.
    assert finished_casebook.manage("shell", "--no-imports", "-c", "pass").returncode == 0
    assert not folder.exists()
