"""A real Chromium, and the casebook with its starter content for it to read."""

import functools
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, BrowserType, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from contributions.models import RateCounter
from portal.actions import publish_starter
from portal.starter.reading import key_of, read_all
from publishing.actions import publishing
from publishing.models import ChainHead, Entry
from publishing.models.entry import kinds
from tests.browser.chromium import ARGUMENTS, LOOKING, chromium
from tests.browser.public_pages import Seen, look_at_all
from tests.databases import Copy, tidy_up
from tests.factories import an_account, edited, newest, proposal_of, publish_image
from tests.faults.servers import alone_in, shared_folder

PASSWORD = "long and of no use elsewhere"
# So long a busy machine may take for a page; whoever waits goes on as soon as it is there.
MAX_MILLISECONDS = 180_000

# As a public site has them: found once, when the server starts, and kept by each browser.
STATIC_FILES_IN_MEMORY = {
    "STATIC_ROOT": None,
    "WHITENOISE_USE_FINDERS": True,
    "WHITENOISE_AUTOREFRESH": False,
    "WHITENOISE_MAX_AGE": 3600,
}

# Playwright's own loop runs in the thread of the tests, beside which Django would refuse to ask its tables.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


# --- with or without a browser -----------------------------------------------------------------


def is_left_out() -> bool:
    return chromium() is None and os.environ.get("REQUIRE_BROWSER") != "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser its journeys are left out, and `pytest_terminal_summary` says so."""
    if is_left_out():
        journeys = [item for item in items if item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=journeys)
        items[:] = [item for item in items if item not in journeys]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Nobody shall think that they ran."""
    if is_left_out():
        terminalreporter.write_line(
            "SKIPPED: all tests in a browser; there is no Chromium (set CHROMIUM to its path).", yellow=True
        )


@pytest.fixture(scope="session")
def chromiums() -> Iterator[BrowserType]:
    """What launches Chromium."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=MAX_MILLISECONDS)
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(chromiums: BrowserType) -> Iterator[Browser]:
    """Chromium, with an empty profile of its own."""
    yield from launched(chromiums, ARGUMENTS)


@pytest.fixture(scope="session")
def looking_browser(chromiums: BrowserType) -> Iterator[Browser]:
    """One more, for pages that are opened and looked at, where nobody clicks."""
    yield from launched(chromiums, LOOKING)


def launched(chromiums: BrowserType, arguments: list[str]) -> Iterator[Browser]:
    path = chromium()
    assert path is not None, "There is no Chromium, and REQUIRE_BROWSER=1 asks for one."
    browser = chromiums.launch(executable_path=path, args=arguments, chromium_sandbox=False)
    yield browser
    browser.close()


# --- the casebook ------------------------------------------------------------------------------


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tables of the tests, open for all journeys together; its name tells pytest-django to make them."""
    with django_db_blocker.unblock():
        assert not Entry.objects.exists(), "These tables are in use; they would be emptied."
        yield
        call_command("flush", interactive=False, verbosity=0)
        _end_other_sessions()


def _end_other_sessions() -> None:
    """PostgreSQL takes tables away from nobody: neither from a thread of the server that is about to end, nor
    from this connection, which is not that of whoever takes them away where the browser's loop has run."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    connection.close()


@pytest.fixture(scope="package", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """A password is the same to a browser, however long it takes to hash."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="package")
def starter_content(db: None, testrun_uid: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """In the tables: published by the process that comes first, and copied by the others."""
    folder = shared_folder(tmp_path_factory).with_name("starter_content")
    copy = Copy(folder, testrun_uid)
    with alone_in(folder):
        if copy.exists():
            _end_other_sessions()
            copy.read()
        else:
            ChainHead.objects.get_or_create(pk=1)
            list(publish_starter(read_all(), by=account("administrator")))
            tidy_up()
            _end_other_sessions()
            copy.write()
    yield
    with alone_in(folder):
        copy.delete()


@pytest.fixture(scope="package")
def site(starter_content: None) -> Iterator[str]:
    """The address of a casebook with the starter content, the same for all journeys."""
    _change_aceh()
    server = LiveServer("localhost", start=False)
    # Django's own handler would join the style sheets again for each file that a page asks for.
    server.thread.static_handler = lambda application: application
    with override_settings(**STATIC_FILES_IN_MEMORY):
        server.start()
    yield server.url
    server.stop()


def _change_aceh() -> None:
    """A second revision, to compare with the first: words, a choice, a picture, rows that came and moved."""
    by = account("administrator")
    case = Entry.objects.get(pk=key_of("case", "aceh-2005"))
    changed = edited(kinds()["case"].objects.get(pk=case.pk), {"event": [{"title_ar": "يوم آخر"}]})
    first, second, *_others = changed["rows"]["provision"].values()
    first["position"], second["position"] = second["position"], first["position"]
    for language, word in {"en": "Today, ", "ar": "اليوم: ", "fr": "Aujourd’hui, "}.items():
        changed["fields"][f"narrative_{language}"] = word + changed["fields"][f"narrative_{language}"]
    changed["fields"]["is_for_holiday"] = not changed["fields"]["is_for_holiday"]
    changed["fields"]["picture"] = str(publish_image(by=by, slug="a-picture").pk)
    publishing.publish(proposal_of(changed, by=by, base=newest(case)), by=by)


def account(name: str) -> Any:
    """Somebody who may do everything, and signs in with PASSWORD."""
    found = an_account(name, is_staff=True, is_superuser=True)
    if not found.password:
        found.set_password(PASSWORD)
        found.save()
    return found


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """A function that opens an empty profile; `name` signs that account in."""
    yield from profiles(browser, site)


@pytest.fixture
def onlooker(looking_browser: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """The same for somebody who opens pages and clicks nowhere."""
    yield from profiles(looking_browser, site)


def profiles(browser: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    opened = []

    def open_profile(name: str = "", **options: Any) -> BrowserContext:
        profile = browser.new_context(base_url=site, **options)
        profile.set_default_timeout(MAX_MILLISECONDS)
        opened.append(profile)
        if name:
            client = Client()
            client.force_login(account(name))
            profile.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
        return profile

    yield open_profile
    for profile in opened:
        profile.close()


@pytest.fixture(scope="package")
def public_pages(looking_browser: Browser, site: str) -> Callable[[str], Seen]:
    """A function: what is seen on the public pages in that language, each of which is opened once."""

    @functools.cache
    def seen(language: str) -> Seen:
        with looking_browser.new_context(base_url=site) as profile:
            profile.set_default_timeout(MAX_MILLISECONDS)
            return look_at_all(profile, site, language)

    return seen


@pytest.fixture(autouse=True)
def _each_journey_has_an_hour_of_its_own(site: str) -> None:
    """All senders of these tests come from one network address, and its limits are tested elsewhere."""
    RateCounter.objects.all().delete()


@pytest.fixture(autouse=True)
def _senders_need_no_time(settings: Any) -> None:
    """How quickly a form may be sent is tested elsewhere, without waiting."""
    settings.DOOR = {**settings.DOOR, "min_seconds": 0}


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")
