"""Blocked words and sites hold a proposal back."""

import pytest

from cases.models import Case
from contributions.abuse.blocklists import normalized
from contributions.models import (
    BlockedHost,
    BlockedWord,
)
from tests.contributions.conftest import CHANGE, Sender
from tests.factories import an_account

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    "word, text, is_blocked",
    [
        ("casino", "Visit our CASINO today", True),
        ("casino", "Ｃａｓｉｎｏ!", True),
        ("casino", "Çasinó", True),
        ("casino", "occasional", False),
        ("cheap loans", "cheap - loans", True),
        ("كازينو", "كـازِينو", True),
    ],
)
def test_blocked_words_are_found_however_they_are_written(
    case: Case, sender: Sender, word: str, text: str, is_blocked: bool
) -> None:
    BlockedWord.objects.create(word=word, by=an_account())

    answer = sender.send(case, "declared_on", **CHANGE, reason=text)

    assert (answer.status_code == 422) == is_blocked
    assert "reason" in answer.context["form"].errors if is_blocked else True


@pytest.mark.parametrize(
    "text, is_blocked",
    [
        ("https://spam.example/offer", True),
        ("see SPAM.example.", True),
        ("http://a.b.spam.example:8080/x", True),
        ("https://notspam.example/", False),
        ("https://spam.example.org/", False),
    ],
)
def test_blocked_sites_are_found_with_all_below_them(
    case: Case, sender: Sender, text: str, is_blocked: bool
) -> None:
    BlockedHost.objects.create(host="spam.example", by=an_account())

    answer = sender.send(case, "declared_on", **CHANGE, source_reference=text)

    assert (answer.status_code == 422) == is_blocked


def test_words_are_compared_without_what_hides_them() -> None:
    assert normalized("  Ｈéllo,\tWORLD ـ") == "hello world"
