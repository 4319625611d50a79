"""A copied request has the given content, and keeps the account, the session and the files."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

from publishing.requests import replayed

FIRST = "/en/cases/?page=2"


@pytest.fixture
def asked() -> HttpRequest:
    """A request of a person with an account."""
    request: Any = RequestFactory().get(FIRST)
    request.user, request.resolver_match = "somebody", "the list of cases"
    return request


def test_with_data_it_is_sent_as_a_form_without_files(asked: HttpRequest) -> None:
    again = replayed(asked, data=QueryDict("title_en=A+ceasefire"))

    assert (again.method, again.POST.dict(), dict(again.FILES)) == ("POST", {"title_en": "A ceasefire"}, {})
    assert (again.path, again.GET.dict()) == ("/en/cases/", {"page": "2"})


def test_without_data_it_asks_for_a_page() -> None:
    sent = RequestFactory().post(
        FIRST, {"title_en": "A ceasefire", "file": SimpleUploadedFile("a.txt", b"a")}
    )

    again = replayed(sent, path="/en/actors/", query=QueryDict("q=union"))

    assert (again.method, again.POST.dict(), again.GET.dict()) == ("GET", {}, {"q": "union"})
    assert (again.path, again.path_info) == ("/en/actors/", "/en/actors/")


def test_it_is_the_same_person_at_the_same_page(asked: HttpRequest) -> None:
    again = replayed(asked)

    assert (again.user, again.resolver_match, again.META) == ("somebody", "the list of cases", asked.META)


def test_the_first_request_stays_as_it_was() -> None:
    first: Any = RequestFactory().post(
        FIRST, {"title_en": "A ceasefire", "file": SimpleUploadedFile("a.txt", b"a")}
    )

    again = replayed(
        first, path="/en/actors/", query=QueryDict("q=union"), data=QueryDict("title_en=Another")
    )
    again.is_preview = True

    assert (first.method, first.path, first.GET.dict()) == ("POST", "/en/cases/", {"page": "2"})
    assert (first.POST.dict(), list(first.FILES)) == ({"title_en": "A ceasefire"}, ["file"])
    assert not hasattr(first, "is_preview")
