"""A chain that somebody with the database computed again does not fit the heads that were signed before."""

import base64
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from publishing import head_keys, heads
from publishing.models import ChainHead, Proposal, Revision, SignedHead
from tests.factories import publish_case
from tests.publishing.signed_heads.chain import compute_anew, rewrite_history, verify

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.every_database
def test_a_chain_that_only_grew_fits_the_kept_line(kept: str) -> None:
    publish_case()

    assert verify(kept).endswith("1 signed heads: each is what the chain was.\n")


@pytest.mark.every_database
def test_a_chain_computed_anew_is_valid_by_itself_and_does_not_fit_the_kept_line(kept: str) -> None:
    rewrite_history()

    assert "the chain holds, the tables agree" in verify()
    assert "what was published until then was changed afterwards, and the chain computed again" in verify(
        kept
    )


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
