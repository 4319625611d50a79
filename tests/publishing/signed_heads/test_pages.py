"""Readers find the signed heads, and administrators are told where nothing is signed."""

import base64
import datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.test import Client
from django.utils import timezone

from publishing import heads
from publishing.actions.publishing_heads import publish_head
from publishing.models import SignedHead
from tests.factories import publish_case, publish_theme
from tests.publishing.signed_heads.chain import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_list_holds_every_line_and_ends_with_the_newest(kept: str, client: Client) -> None:
    second = publish_head(TODAY + datetime.timedelta(days=1))

    response = client.get("/signed-heads.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert [line for _number, line in heads.lines_with_heads(response.content.decode())] == [
        kept,
        str(second),
    ]
    assert response.content.decode().endswith(f"{second}\n")


def test_the_page_shows_the_newest_head_and_a_key_that_checks_it(kept: str, client: Client) -> None:
    page = client.get("/fr/signed-heads/")
    head = heads.read_head(kept)

    assert head.digest in page.content.decode()
    found = load_pem_public_key(page.context["pem"].encode())
    found.verify(base64.b64decode(head.signature), head.signed.encode())  # type: ignore[call-arg, union-attr]


def test_the_page_says_when_nothing_is_signed(client: Client) -> None:
    assert "has not signed its chain yet" in client.get("/en/signed-heads/").content.decode()


def test_readers_are_led_there_from_the_lists_of_changes(client: Client) -> None:
    case = publish_case()

    for address in ("/en/changes/", f"/en/cases/{case.slug}/history/"):
        assert 'href="/en/signed-heads/"' in client.get(address).content.decode()


def desk_of(account: Any) -> str:
    client = Client()
    client.force_login(account)
    return client.get("/en/admin/").content.decode()


def test_the_desk_tells_administrators_that_nothing_is_signed(
    administrator: Any, editor: Any, settings: Any
) -> None:
    settings.HEAD_KEY = None

    assert "is not signed (HEAD_KEY)" in desk_of(administrator)
    assert "is not signed (HEAD_KEY)" not in desk_of(editor)


def test_the_desk_tells_administrators_that_signing_has_stopped(administrator: Any) -> None:
    publish_theme()
    publish_head(timezone.now() - datetime.timedelta(days=1))
    assert "was not signed for two days" not in desk_of(administrator)

    SignedHead.objects.all().delete()
    publish_head(timezone.now() - datetime.timedelta(days=2))

    assert "was not signed for two days" in desk_of(administrator)
