"""What all tests share: accounts, and the whole content of the tables."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import hypothesis
import pytest
import pytest_django
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection, connections
from django.template import Context, Template
from django.test import override_settings
from django.test.signals import template_rendered
from django.utils import translation
from django.utils.safestring import SafeString

from publishing.models import ChainHead
from tests.databases import insert_rows_of_migrations, record_migrations
from tests.factories import an_account
from tests.scheduling import ModuleByModule

pytest_plugins = ["tests.kept", "tests.network", "tests.remembering", "tests.room", "tests.rows"]

AS_THEY_LIE = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
OF_THE_SETTINGS = connection.settings_dict["NAME"]
INDEX_OF_SEARCH = "publishing_searchdocument_index"
CONTENT_APPS = ("pillars", "cases", "sources", "portal")

# Each example in the database is rolled back by the test itself, so a fixture may serve them all.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    max_examples=50,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")
hypothesis.configuration.set_hypothesis_home_dir(Path(__file__).parent.parent / "var" / "hypothesis")


# --- the database ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """A test's database need not outlive a power cut; and on a crowded machine, writers wait longer."""
    for one in connections.all():
        if one.vendor == "sqlite":
            one.settings_dict["OPTIONS"] |= {"init_command": "PRAGMA synchronous=OFF", "timeout": 60}
        else:
            one.settings_dict["OPTIONS"]["options"] = "-c lock_timeout=60s"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """The tables as the models make them (`--nomigrations`), and in them the rows that migrations insert.

    Whether migrations make the same tables and rows, tests/repository/test_migrations.py says.
    """
    # Where no test asks for the tables, none were made, and this is the connection to a developer's casebook.
    if connection.settings_dict["NAME"] != OF_THE_SETTINGS:
        with django_db_blocker.unblock():
            if connection.vendor == "sqlite":
                connection.choose_journal()  # type: ignore[attr-defined]
            insert_rows_of_migrations()
            record_migrations()


def pytest_configure() -> None:
    """While tests are collected, nothing that is made goes."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What was imported stays, so that the collector of garbage need not look through it: a tenth of all time."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ModuleByModule | None:
    """With `--dist loadgroup`, tests are dealt out by module, in the order in which they stand."""
    if config.getoption("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False
    return ModuleByModule(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark which tests share what takes long to make.

    With `--dist loadgroup`, one process alone publishes the whole casebook and reads its pages.
    """
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "database_of_the_casebook" in fixtures:
            item.add_marker(pytest.mark.xdist_group("casebook"))
    # The group takes longest, so it begins first: the other processes do all else meanwhile.
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that asks the database says on which it runs; journeys run in a stage of their own."""
    asks = item.get_closest_marker("django_db") or "django_db_setup" in getattr(item, "fixturenames", ())
    marks = {one.name for one in item.iter_markers()}
    if asks and not marks & {"browser", "every_database", "one_database"}:
        pytest.fail("Mark where it runs: `one_database` or `every_database` (pyproject.toml).", pytrace=False)


@pytest.fixture(autouse=True)
def _nothing_rendered_in_a_transaction(request: pytest.FixtureRequest) -> Iterator[None]:
    """A page that is made while a transaction is open keeps every other writer waiting.

    The few lines of a mail are made in the transaction that it tells of.
    """
    if not {"db", "transactional_db", "django_db_setup"} & {*request.fixturenames}:
        yield
        return
    own = len(connection.savepoint_ids), connection.in_atomic_block
    rendered: list[str] = []

    def note(template: Template, **_signal: Any) -> None:
        now = len(connection.savepoint_ids), connection.in_atomic_block
        if now > own and connection.in_atomic_block and not str(template.name).endswith(".txt"):
            rendered.append(str(template.name))

    template_rendered.connect(note)
    yield
    template_rendered.disconnect(note)
    assert rendered == []


# --- settings ----------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _static_files_as_they_lie() -> Iterator[None]:
    """No test may need the collected copy, which a fresh clone does not have; servers look for its folder."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # Looked for when asked for: a walk through the folder for every client would be a seventh of all time.
    with override_settings(STORAGES=AS_THEY_LIE, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_of_widgets_are_not_noted(django_test_environment: None) -> Iterator[None]:
    """A page of the desk is made of a thousand of them, and no test asks which."""
    noted = Template._render

    def render(self: Template, context: Context) -> SafeString:
        if (self.name or "").startswith("django/forms/"):
            return self.nodelist.render(context)
        return noted(self, context)

    with patch.object(Template, "_render", render):
        yield


@pytest.fixture(scope="session", autouse=True)
def _counts_of_their_own() -> Iterator[None]:
    """What is counted in one process of tests is nobody else's.

    A file that a test does not close is taken for one that is still read.
    """
    many = {"downloads_at_once": 10_000, "downloads_at_once_of_all": 10_000}
    with override_settings(
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        DATA_LIMITS={**settings.DATA_LIMITS, **many},
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _pictures_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The files of tests' pictures lie beside nobody's."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page that a test opened leaves its language to no other test."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    """Whoever signed in too often in one test comes as a stranger to the next."""
    cache.clear()


@pytest.fixture
def administrator(db: None) -> Any:
    """Somebody who may do everything."""
    return an_account("administrator", is_staff=True, is_superuser=True)


@pytest.fixture
def editor(db: None) -> Any:
    """Somebody who may add, change and retract content, and publish it alone."""
    account = an_account("editor", is_staff=True)
    verbs = Permission.objects.filter(content_type__app_label__in=CONTENT_APPS).exclude(
        codename__startswith="view_"
    )
    alone = Permission.objects.filter(codename__in=("decide_proposal", "override_rule"))
    account.user_permissions.set([*verbs, *alone])
    return account


@pytest.fixture
def reader(db: None) -> Any:
    """Somebody with an account that may do nothing."""
    return an_account("reader", is_staff=False)


@pytest.fixture
def all_rows(db: None) -> Callable[[], dict[str, list[str]]]:
    """A function that gives every row of every table, by name of table."""

    # Only PostgreSQL's driver gives bytes as what only says where they lie.
    readable = tuple if connection.vendor == "sqlite" else _readable

    def read() -> dict[str, list[str]]:
        with connection.cursor() as cursor:
            found = {}
            tables = connection.introspection.table_names(cursor)
            # In these SQLite keeps the index of what another table says.
            for table in sorted(one for one in tables if not one.startswith(INDEX_OF_SEARCH)):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found[table] = sorted(map(repr, map(readable, cursor.fetchall())))
        return found

    return read


def _readable(row: tuple) -> tuple:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


@pytest.fixture(autouse=True)
def _chain_begins(request: pytest.FixtureRequest) -> None:
    """Tests that commit empty every table behind them, also of the row from which the chain begins."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & {
        *request.fixturenames
    }:
        request.getfixturevalue("db")
        ChainHead.objects.get_or_create(pk=1)


# --- no silence --------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A skipped test is a failed one: it checked nothing, and nobody would see."""
    return _without_silence((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Any:
    """A skipped module is a failed one."""
    return _without_silence((yield))


def _without_silence(report: Any) -> Any:
    if report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"no test may skip: {report.longrepr}"
    return report
