"""The worker signs the head of the chain once a day, with a key that is made for its owner alone."""

import base64
import datetime
import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from publishing import head_keys, jobs
from publishing.actions.publishing_heads import publish_head
from publishing.models import SignedHead
from tests.factories import publish_theme
from tests.publishing.signed_heads.chain import TODAY, rewrite_history

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


# --- what the worker signs -----------------------------------------------------------------


@pytest.mark.every_database
def test_a_head_is_signed_once_a_day(kept: str) -> None:
    assert publish_head(TODAY + datetime.timedelta(hours=20)) is None
    assert publish_head(TODAY + datetime.timedelta(days=1)) is not None
    assert [str(one.day) for one in SignedHead.objects.all()] == ["2026-03-02", "2026-03-01"]


def test_nothing_is_signed_without_a_revision_or_without_a_key(settings: Any) -> None:
    assert publish_head(TODAY) is None

    publish_theme()
    settings.HEAD_KEY = None

    assert publish_head(TODAY) is None
    assert not SignedHead.objects.exists()


def test_each_head_is_appended_to_the_file_outside(kept: str, settings: Any) -> None:
    second = publish_head(TODAY + datetime.timedelta(days=1))

    assert settings.HEADS_FILE.read_text(encoding="utf-8") == f"{kept}\n{second}\n"


def test_what_cannot_be_kept_outside_is_not_published(settings: Any, tmp_path: Path) -> None:
    publish_theme()
    settings.HEADS_FILE = tmp_path / "gone" / "heads.txt"

    with pytest.raises(FileNotFoundError):
        publish_head(TODAY)
    assert not SignedHead.objects.exists()


def test_a_rewritten_chain_is_not_signed_while_the_file_outside_has_a_line(
    kept: str, caplog: pytest.LogCaptureFixture
) -> None:
    rewrite_history()

    said = [*jobs.publish_head(TODAY + datetime.timedelta(days=1))]

    assert not SignedHead.objects.exists()
    assert len(said) == 1
    assert said[0].startswith("the head of the chain was not signed: revision 3 of the chain had the digest")
    assert "the head of the chain was not signed" in caplog.text


def test_the_worker_signs(kept: str) -> None:
    SignedHead.objects.all().delete()

    call_command("work", once=True, stdout=(said := StringIO()))

    assert "signed the head of the chain: 3 revisions" in said.getvalue()
    assert SignedHead.objects.get().day == timezone.now().date()


# --- the key -------------------------------------------------------------------------------


def test_the_command_makes_a_key_for_its_owner_alone_and_writes_none_over(tmp_path: Path) -> None:
    file = tmp_path / "new.pem"
    call_command("make_head_key", str(file), stdout=(said := StringIO()))
    before = file.read_bytes()

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert f"HEAD_KEY={file}" in said.getvalue()
    assert before.decode() not in said.getvalue()
    with pytest.raises(CommandError, match="No key was made"):
        call_command("make_head_key", str(file))
    assert file.read_bytes() == before


@pytest.mark.parametrize("text", ["", "no key", head_keys.as_pem(base64.b64encode(bytes(32)).decode())])
def test_a_file_that_holds_no_key_is_named_with_what_to_do(text: str, key: Path) -> None:
    key.write_text(text, encoding="utf-8")

    with pytest.raises(ImproperlyConfigured, match=r"HEAD_KEY is .*cannot be read as a key.*make_head_key"):
        head_keys.signing_key()
