"""Hostile headers get a plain answer that repeats nothing of them, and forms come from our own pages."""

import pytest
from django.test import Client

from tests.whole_site.reading import corpus

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("header", [row["input"] for row in corpus("headers")],
                         ids=[row["id"] for row in corpus("headers")])  # fmt: skip
def test_a_hostile_header_gets_a_plain_page_that_does_not_repeat_it(header: str) -> None:
    client = Client(raise_request_exception=False)
    name, value = header.split(":", 1)
    variable = name.upper().replace("-", "_")
    prefix = "" if variable in {"CONTENT_TYPE", "CONTENT_LENGTH"} else "HTTP_"

    response = client.get("/en/cases/", **{f"{prefix}{variable}": value.strip()})

    wanted = {400} if name == "Host" else {200, 304}
    assert response.status_code in wanted
    assert "evil.example" not in response.content.decode()
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "origin, status",
    [("null", 403), ("https://testserver.evil.example", 403), ("http://testserver", 200)],
)
def test_a_form_from_another_origin_is_refused(origin: str, status: int) -> None:
    client = Client(enforce_csrf_checks=True)
    token = client.get("/en/accounts/login/").context["csrf_token"]

    response = client.post("/en/accounts/login/", {"csrfmiddlewaretoken": str(token)}, HTTP_ORIGIN=origin)

    assert response.status_code == status
