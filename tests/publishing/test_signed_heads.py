"""A chain that somebody with the database computed anew does not fit the heads that were signed before."""

import base64
import datetime
import stat
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from publishing import head_keys, heads, jobs
from publishing.actions import steps
from publishing.actions.publishing_heads import publish_head
from publishing.models import ChainHead, Proposal, Revision, SignedHead
from tests.factories import publish_case, publish_change, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TODAY = datetime.datetime(2026, 3, 1, 0, 0, 10, tzinfo=datetime.UTC)
Verify = Callable[..., str]


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Path) -> Path:
    """The key of this casebook, which is in no database."""
    settings.HEAD_KEY, settings.HEADS_FILE = tmp_path / "head-key.pem", tmp_path / "heads.txt"
    settings.SITE_URL = "https://casebook.example"
    head_keys.write_new_key(settings.HEAD_KEY)
    return settings.HEAD_KEY


@pytest.fixture
def kept(key: Path) -> str:
    """A line that a reader kept, of a chain of four revisions."""
    publish_case()
    case = publish_case()
    publish_change(case, finding_en="Changed once")
    head = publish_head(TODAY)
    assert head is not None
    return str(head)


def verify(*lines: str, **options: str) -> str:
    """What `verify` says; what it complains of where it fails."""
    said, complained = StringIO(), StringIO()
    try:
        head = {"head": "\n".join(lines)} if lines else {}
        call_command("verify", **head, **options, stdout=said, stderr=complained)
    except CommandError as error:
        return f"{complained.getvalue()}{error}"
    return said.getvalue()


def compute_anew() -> None:
    """What somebody with the database does after a change: every digest from the first on, and the head."""
    previous = ""
    for revision in Revision.objects.order_by("pk"):
        revision.previous_digest = previous
        previous = steps.digest(revision)
        Revision.objects.filter(pk=revision.pk).update(
            previous_digest=revision.previous_digest, digest=previous
        )
    ChainHead.objects.update(digest=previous)


def rewrite_history() -> None:
    """Change the note of the first revision, and let the whole chain fit it."""
    Revision.objects.filter(pk=Revision.objects.earliest("pk").pk).update(note="It was never so.")
    compute_anew()
    SignedHead.objects.all().delete()


# --- what a kept line proves ---------------------------------------------------------------


@pytest.mark.every_database
def test_a_chain_that_only_grew_fits_the_kept_line(kept: str) -> None:
    publish_case()

    assert verify(kept).endswith("1 signed heads: each is what the chain was.\n")


@pytest.mark.every_database
def test_a_chain_computed_anew_is_valid_by_itself_and_does_not_fit_the_kept_line(kept: str) -> None:
    rewrite_history()

    assert "the chain holds, the tables agree" in verify()
    assert "what was published until then was changed afterwards, and the chain computed anew" in verify(kept)


def test_a_change_before_the_last_revision_alone_is_seen_too(kept: str) -> None:
    last = Revision.objects.latest("pk")
    Revision.objects.filter(pk=last.pk).update(override_reason="It had to be.")
    compute_anew()
    SignedHead.objects.all().delete()

    assert "changed afterwards" in verify(kept)


@pytest.mark.every_database
def test_a_chain_cut_short_does_not_fit_the_kept_line(kept: str) -> None:
    last = Revision.objects.latest("pk")
    ChainHead.objects.update(digest=last.previous_digest)
    Proposal.objects.filter(revision=last).delete()
    Revision.objects.filter(pk=last.pk)._raw_delete("default")

    assert "there were 3 revisions, and now there are 2: revisions were removed" in verify(kept)


def test_a_line_signed_with_another_key_is_refused(kept: str, key: Path) -> None:
    public = heads.read_head(kept).key
    key.unlink()
    other = head_keys.write_new_key(key)

    assert f"was signed with another key: {public}, and not {other}" in verify(kept)
    assert "each is what the chain was" in verify(kept, key=public)


def test_a_line_of_another_casebook_is_refused(kept: str, settings: Any) -> None:
    settings.HEAD_KEY.unlink()
    head_keys.write_new_key(settings.HEAD_KEY)
    settings.SITE_URL = "https://other.example"

    assert "is of another casebook: https://casebook.example, and not https://other.example" in verify(kept)


@pytest.mark.parametrize("word", range(7))
def test_a_line_in_which_a_word_was_changed_is_refused(kept: str, word: int) -> None:
    words = kept.split(" ")
    words[word] = {
        0: "sulh-head-2", 1: "2026-02-01T00:00:10Z", 2: "https://other.example", 3: "2", 4: "0" * 64,
        5: base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode(),
        6: base64.b64encode(bytes(64)).decode(),
    }[word]  # fmt: skip
    with pytest.raises(heads.InvalidHead):
        heads.read_head(" ".join(words))


def test_all_lines_of_a_kept_file_are_compared(kept: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.txt"
    file.write_text(f"# two lines\n{kept}\n\n{kept[:-1]}\n", encoding="utf-8")

    assert "line 4 no signed head" in verify(str(file))
    assert "line 2" not in verify(str(file))


def test_a_file_without_heads_and_a_file_that_is_not_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()

    assert "holds no signed head" in verify(str(tmp_path / "empty"))
    assert "is neither a signed head nor a file of them" in verify(str(tmp_path / "nothing"))


def test_without_a_key_verify_says_that_nobody_compared_it(kept: str, settings: Any) -> None:
    settings.HEAD_KEY = None

    assert "Whose key signed them is for you to compare" in verify(kept)


def test_a_signed_head_that_was_changed_in_the_table_is_named(kept: str) -> None:
    SignedHead.objects.update(line=kept.replace(" 3 ", " 2 "))

    assert "the signed head of 2026-03-01 the signature is not of this line" in verify()


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


# --- what readers see ----------------------------------------------------------------------


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
