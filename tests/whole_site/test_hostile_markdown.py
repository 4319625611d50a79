"""Hostile Markdown becomes nothing that runs, soon."""

import time

import pytest
from markdown_it import MarkdownIt

from publishing import markdown
from publishing.fields.columns import MAX_PROSE_LENGTH
from tests.whole_site.hostile import HOSTILE, MARKDOWN, executable
from tests.whole_site.reading import Document, corpus

# How often as long as usual prose of the same length a text may take, and how often as long as its first quarter:
# four times where the time grows as the text does, sixteen times where it grows with the square.
SLOW, GROWTH = 20, 9
# Seconds of the processor that are too short to be compared.
NO_TIME = 0.02
USUAL = "Some *words*, a [link](https://a.example/) and an end.\n\n"


def test_markdown_becomes_nothing_that_runs() -> None:
    runs = {name: executable(markdown.rendered(text)) for name, text in HOSTILE.items()}

    assert {name: found for name, found in runs.items() if found} == {}


def test_the_same_texts_are_caught_where_nothing_guards() -> None:
    unguarded = MarkdownIt("commonmark", {"html": True}).enable("table")
    unguarded.validateLink = lambda url: True

    caught = {name for name, text in MARKDOWN.items() if executable(unguarded.render(text))}

    assert len(caught) > len(MARKDOWN) / 2
    assert {row["id"] for row in corpus("markdown_xss") if "<script>" in row["input"][:8]} <= caught
    assert {
        row["id"] for row in corpus("markdown_xss") if row["input"].startswith("[click](javascript")
    } <= caught


@pytest.mark.parametrize(
    "text", [text for text in MARKDOWN.values() if len(text) > 1000], ids=lambda text: text[:10]
)
def test_text_that_is_hard_to_read_is_refused_or_read_soon(text: str) -> None:
    fits = text[:MAX_PROSE_LENGTH]
    usual = (USUAL * len(fits))[: len(fits)]

    whole, quarter = seconds_to_read(fits), seconds_to_read(fits[: len(fits) // 4])

    assert whole < SLOW * seconds_to_read(usual)
    assert whole < GROWTH * max(quarter, NO_TIME)


def seconds_to_read(text: str) -> float:
    """The least of three times: the tests run beside others."""
    times = []
    for _time in range(3):
        markdown.rendered.cache_clear()
        begun = time.process_time()
        markdown.rendered(text)
        times.append(time.process_time() - begun)
    return min(times)


def test_a_link_in_markdown_is_followed_by_no_crawler_and_tells_nobody() -> None:
    link = Document.of(markdown.rendered("[a](https://a.example/)")).one("a")

    assert link.attributes == {"href": "https://a.example/", "rel": "nofollow noopener noreferrer"}


def test_markdown_cannot_take_the_names_and_classes_of_the_page() -> None:
    html = markdown.rendered('[^1]: note\n\n<a id="content" class="brand">x</a>[^1] [x](#content)')

    assert "content" not in Document.of(html).ids
