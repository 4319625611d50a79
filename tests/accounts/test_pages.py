"""Every page of accounts speaks three languages, and loads and runs nothing but ours."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from accounts.account_changes import request_address
from publishing.languages import direction
from tests.accounts.conftest import reauthenticate, set_up_app, sign_in
from tests.factories import an_account, an_invitation
from tests.whole_site.reading import Document
from tests.whole_site.test_languages import english_of, misplaced_punctuation
from tests.whole_site.test_what_pages_fetch import CSP, inline

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("groups")]

STRANGERS = ("login/", "signup/", "inactive/", "password/reset/", "password/reset/done/",
             "password/reset/key/done/", "password/reset/key/1-x/", "invitation/token/", "address/confirm/token/")  # fmt: skip
OWN = ("logout/", "reauthenticate/", "password/change/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/",
       "2fa/reauthenticate/", "2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/",
       "sessions/", "second-factor/", "address/")  # fmt: skip


@pytest.fixture(params=["en", "ar", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def read() -> dict[str, dict[str, Any]]:
    """The pages that were read, by language."""
    return {}


@pytest.fixture
def pages(
    moderator: Any, language: str, monkeypatch: pytest.MonkeyPatch, read: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """Every page that a person can come to, as that person gets it; the first test that asks reads them."""
    if language in read:
        return read[language]
    monkeypatch.setattr("secrets.token_urlsafe", lambda _length: "token")
    an_invitation("somebody@example.org", by=an_account())
    mover = an_account("mover", is_staff=True, email="mover@example.org")
    request_address(mover, "moved@example.org", by=mover)
    stranger, own, bare = Client(), sign_in("moderator")[0], None
    reauthenticate(own)
    found = {"2fa/totp/activate/": own.get(f"/{language}/accounts/2fa/totp/activate/")}
    set_up_app(own)
    bare = sign_in("moderator")[0]
    found |= {page: stranger.get(f"/{language}/accounts/{page}") for page in STRANGERS}
    found |= {page: own.get(f"/{language}/accounts/{page}") for page in OWN}
    found["2fa/authenticate/"] = bare.get(f"/{language}/accounts/2fa/authenticate/")
    read[language] = found
    return found


def test_nothing_is_inline_or_from_elsewhere_and_all_is_there(pages: dict[str, Any]) -> None:
    for name, answer in pages.items():
        assert answer.status_code == 200, (name, answer.status_code, answer.headers)
        document = Document.of(answer.content.decode())
        fetched = {one["src"] for one in document.all("script")} | {one["src"] for one in document.all("img")}
        fetched |= {one["href"] for one in document.all("link", rel="stylesheet")}

        assert inline(document) == [], name
        assert {one for one in fetched if urlsplit(one).netloc or one.startswith("data:")} == set(), name
        assert all(finders.find(one.removeprefix("/static/")) for one in fetched), name
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == CSP, name


def test_every_page_is_in_the_language_of_its_address(pages: dict[str, Any], language: str) -> None:
    english = english_of(language) if language != "en" else None
    for name, answer in pages.items():
        document = Document.of(answer.content.decode())
        left = {
            run.text
            for run in document.visible
            if english and run.inside.language == language and english.is_said_by(" ".join(run.text.split()))
        }

        assert document.one("html").attributes == {"lang": language, "dir": direction(language)}, name
        assert len([*document.all("h1")]) == 1, name
        assert left == set(), name
        assert language != "ar" or misplaced_punctuation(document) == [], name


def test_every_box_has_its_label(pages: dict[str, Any]) -> None:
    for name, answer in pages.items():
        document = Document.of(answer.content.decode())
        labelled = {label["for"] for label in document.all("label")}
        boxes = {one["id"] for one in document.all("input") if one["type"] != "hidden"}

        assert boxes <= labelled, name


def test_no_page_is_for_search_engines_or_caches(pages: dict[str, Any]) -> None:
    for name, answer in pages.items():
        assert Document.of(answer.content.decode()).one("meta", name="robots")["content"] == "noindex", name
