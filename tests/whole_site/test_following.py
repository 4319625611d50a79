"""Of links of one make, some are followed in each language."""

from publishing.languages import PAGE_LANGUAGES
from tests.whole_site.following import MOST_OF_A_QUESTION, one_language_of_each, some_of_each_question


def test_what_is_followed_is_of_every_language_place_and_question() -> None:
    lists = {f"/{language}/cases/?country={n}" for language in PAGE_LANGUAGES for n in range(100)}
    others = {"/en/cases/?country=1&theme=2", "/fr/about/", "/robots.txt"}

    followed = some_of_each_question(one_language_of_each(lists | others))

    assert others <= {*followed}
    assert MOST_OF_A_QUESTION / 2 < len(followed) - len(others) <= MOST_OF_A_QUESTION
    assert {one[:4] for one in followed if "?" in one} == {"/en/", "/ar/", "/fr/"}
