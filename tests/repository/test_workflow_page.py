"""The page about the workflow is what the table says."""

from tests.repository.workflow_page import PAGE, rendered


def test_the_page_is_what_the_table_of_transitions_renders() -> None:
    assert PAGE.read_text(encoding="utf-8") == rendered()
