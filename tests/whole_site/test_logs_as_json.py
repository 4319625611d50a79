"""Logs as JSON: a line for each event and each request, in which nobody can be found."""

import io
import json
import logging
import smtplib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client

from config.logs import JsonLines, WithoutSecretAddresses, current_request
from config.request_log import log_kept
from portal import views
from tests.factories import an_account, publish_case
from tests.portal.fronts import a_front, ask

pytestmark = [pytest.mark.one_database]

TOKEN = "c7t-zyxsecretword_1"
PLANTED = {
    "the address of a network": "203.0.113.77",
    "a newer address of a network": "2001:db8::7:77",
    "a browser": "PlantedBrowser",
    "an address of mail": "amal.planted@example.org",
    "a name": "Haddad",
    "a user name": "amal-planted",
    "a token": TOKEN,
    "what somebody looked for": "plantedquery",
    "what somebody typed": "plantedtext",
}
COMES_FROM = {
    "REMOTE_ADDR": PLANTED["the address of a network"],
    "HTTP_X_FORWARDED_FOR": PLANTED["a newer address of a network"],
    "HTTP_USER_AGENT": PLANTED["a browser"],
    "HTTP_REFERER": f"https://casebook.example/en/preview/{TOKEN}/",
}


@pytest.fixture
def written(settings: Any) -> Iterator[io.StringIO]:
    """What is logged, as a public site writes it."""
    settings.LOG_FORMAT = "json"
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    """Each line, read."""
    return [json.loads(line) for line in written.getvalue().splitlines()]


def visitor() -> Client:
    return Client(raise_request_exception=False, **COMES_FROM)


def logged(message: str, *args: Any, error: BaseException | None = None, **extra: Any) -> dict[str, Any]:
    record = logging.LogRecord("a", logging.ERROR, "", 0, message, args, error and (type(error), error, None))
    vars(record).update(extra)
    text = JsonLines().format(record)
    assert "\n" not in text
    return json.loads(text)


@pytest.mark.django_db
def test_nobody_can_be_found_in_what_a_busy_day_logs(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, mail = PLANTED["a user name"], PLANTED["an address of mail"]
    account = an_account(name, email=mail, first_name="Amal", last_name="Haddad", is_staff=True)
    case, client = publish_case(), visitor()

    def fail(*_args: Any, **_options: Any) -> None:
        raise IntegrityError(f"Key (email)=({mail}) of Haddad already exists: plantedtext")

    for path in (
        case.get_absolute_url(), f"{case.get_absolute_url()}history/?of=plantedquery", "/nowhere/plantedtext/",
        f"/en/preview/{TOKEN}/", f"/en/proposals/{TOKEN}/", f"/en/accounts/invitation/{TOKEN}/?x=plantedquery",
        "/en/cases/?q=plantedquery&x=%00", "/en/cases/?page=plantedquery", "/media/plantedtext-640.webp",
        "/static/plantedtext.css",
    ):  # fmt: skip
        client.get(path)
    client.put(f"/en/proposals/{TOKEN}/")
    client.get("/en/", headers={"host": "plantedtext.example"})
    client.post("/en/accounts/login/", {"login": name, "password": "plantedtext"})
    client.post("/en/accounts/password/reset/", {"email": mail})
    client.post("/en/propose/case/", {"mail": mail, "credit": "Amal Haddad", "note": "plantedtext"})
    signed_in = visitor()
    signed_in.force_login(account)
    signed_in.get("/en/admin/?q=plantedquery")
    monkeypatch.setattr(views.Changes, "get_queryset", fail)
    assert client.get("/en/changes/?q=plantedquery").status_code == 500
    Client(enforce_csrf_checks=True, **COMES_FROM).post(f"/en/proposals/{TOKEN}/", {"text": "plantedtext"})

    found = lines(written)

    text = written.getvalue()
    assert {what for what, planted in PLANTED.items() if planted.lower() in text.lower()} == set()
    assert len([one for one in found if one["logger"] == "requests"]) == 18
    assert {one["route"] for one in found if one["logger"] == "requests"} >= {
        *("cases:case", "preview", "none", "static", "admin:index", "portal:changes", "account_login"),
    }
    assert "Not Found" in {one["message"] for one in found if one["logger"] == "django.request"}
    assert [one["error"] for one in found if "IntegrityError" in one.get("error", ())] == [["IntegrityError"]]


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_route_status_time_and_role(
    written: io.StringIO, administrator: Any
) -> None:
    client = visitor()
    client.force_login(administrator)
    client.get("/en/admin/")
    visitor().get("/fr/changes/")

    desk, public = [one for one in lines(written) if one["logger"] == "requests"]

    assert (desk["route"], desk["status"], desk["role"]) == ("admin:index", 200, "superuser")
    assert (public["route"], public["status"], public["role"]) == ("portal:changes", 200, "visitor")
    assert public.keys() == {
        *("time", "level", "logger", "message", "request", "method", "route", "status", "ms", "role"),
    }
    assert public["ms"] > 0
    assert public["time"].endswith("Z")


@pytest.mark.django_db
@pytest.mark.parametrize("is_behind_proxy", [True, False])
def test_lines_of_one_request_have_its_number(
    written: io.StringIO, settings: Any, is_behind_proxy: bool
) -> None:
    settings.BEHIND_PROXY = is_behind_proxy
    given = "0123456789abcdef" * 2

    visitor().get("/en/nowhere/at/all/", headers={"X-Request-ID": given})
    visitor().get("/en/nowhere/at/all/", headers={"X-Request-ID": "amal"})

    numbers = [one["request"] for one in lines(written)]
    assert len({*numbers}) == 2
    assert [len(one) for one in numbers] == [32] * 4
    assert (given in numbers) == is_behind_proxy
    assert current_request.get() == ""


def test_where_logs_are_lines_requests_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    Client().get("/healthz")

    assert caplog.records == []


@pytest.mark.parametrize(
    "text", ["a\r\nb", "a\u202eb", "a\u2066b\u2069", "a\x1b[31mb", "a\x00b", "a\u2028b", "a\u0085b"]
)
def test_a_line_cannot_be_ended_or_turned_round(text: str) -> None:
    record = logging.LogRecord("a", logging.ERROR, "", 0, "%s", (text,), None)

    for formatter in (JsonLines(), WithoutSecretAddresses("%(message)s")):
        assert set(formatter.format(record)) <= {*map(chr, range(0x20, 0x7F))}
    assert logged("%s", text)["message"] == text


@pytest.mark.parametrize(
    "text",
    ["mail amal@example.org.", "to <amal@مثال.example>", "from 203.0.113.77:443", "from 2001:db8::77", "from ::1",
     "2001:db8:0:0:0:0:0:77", f"at /en/preview/{TOKEN}/"],
)  # fmt: skip
def test_an_address_in_a_message_is_left_out(text: str) -> None:
    said = logged(text)["message"]

    assert "…" in said
    assert not {"amal", "203", "77", "::1", TOKEN} & {*said.replace("/", " ").replace(":", " ").split()}


@pytest.mark.parametrize("text", ["at 10:15:00", "release 5.2.19", "publishing/jobs.py:42", "a :: b"])
def test_what_is_no_address_is_kept(text: str) -> None:
    assert logged(text)["message"] == text


def test_an_error_is_told_with_its_causes_and_without_what_was_sent() -> None:
    try:
        try:
            raise OperationalError("the disk is full")
        except OperationalError as error:
            raise ValueError("plantedtext") from error
    except ValueError as error:
        found = logged("failed: %s", error, error=error)

    assert found["message"] == "failed: ValueError"
    assert found["error"] == ["ValueError", "OperationalError: the disk is full"]
    assert found["at"][-1].startswith("tests/whole_site/test_logs_as_json.py:")


def test_an_error_of_mail_does_not_name_whom_it_was_for() -> None:
    error = smtplib.SMTPRecipientsRefused({"amal": (550, b"no Haddad here")})

    assert logged("%s", error)["message"] == "SMTPRecipientsRefused"


def test_only_fields_that_are_known_are_written() -> None:
    found = logged("x", status=200, user="amal", ip="203.0.113.77")

    assert found.keys() == {"time", "level", "logger", "message", "status"}


def test_what_the_server_could_not_read_is_logged_without_its_path() -> None:
    record = logging.LogRecord(
        "waitress", logging.ERROR, "", 0, "Exception while serving /en/x/plantedtext", (), (ValueError, ValueError(), None)
    )  # fmt: skip

    assert json.loads(JsonLines().format(record))["message"] == "a request failed"


@pytest.mark.django_db
def test_an_answer_that_is_kept_is_logged_as_one_that_is_rendered(written: io.StringIO) -> None:
    case, front = publish_case(), a_front(observers=[log_kept])
    for _ in range(2):
        assert ask(front, case.get_absolute_url(), **COMES_FROM).status == 200

    rendered, kept = (one for one in lines(written) if one["logger"] == "requests")

    assert {"route": "cases:case", "status": 200, "method": "GET", "role": "visitor"}.items() <= kept.items()
    assert kept.keys() == rendered.keys()
    assert rendered["request"] != kept["request"]
    assert {
        what for what, planted in PLANTED.items() if planted.lower() in written.getvalue().lower()
    } == set()
