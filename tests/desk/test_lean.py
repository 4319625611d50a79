"""The page of a form leaves out the spaces between its lines, in a time that grows as the page does."""

import time

from django.http import HttpResponse

from desk.lean import lean


def leaned(text: str) -> str:
    response = HttpResponse(text)
    lean(response)
    return response.content.decode()


def test_lines_between_tags_go_and_texts_stay() -> None:
    assert leaned("<p> \r\n\n  <b>a\n b</b> <i>c</i>\n</p>") == "<p>\n<b>a\n b</b> <i>c</i>\n</p>"
    typed = "<textarea>\n \n\n</textarea>"
    assert leaned(typed) == typed


def test_a_text_that_begins_with_very_many_blank_lines_takes_no_time() -> None:
    typed = "<textarea>" + "\r\n" * 16_000 + "text</textarea>"
    began = time.thread_time()
    assert leaned(typed) == typed
    assert time.thread_time() - began < 0.2
