"""What strangers send and nobody can read is refused in one line of the log, without a traceback."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = [pytest.mark.one_database]


def _send(client: Client, what: str) -> int:
    address = "/en/cases/"
    match what:
        case "a null byte":
            return client.get(f"{address}?country=%00").status_code
        case "a length that is no number":
            return client.post(address, {"a": "b"}, CONTENT_LENGTH="many").status_code
        case _:
            fields = {f"field-{number}": "" for number in range(settings.MAX_FIELDS_OF_STRANGERS + 2)}
            return client.post(address, fields).status_code


@pytest.mark.parametrize(
    "what, status", [("a null byte", 400), ("a length that is no number", 400), ("too many fields", 413)]
)
def test_what_cannot_be_read_is_one_line_of_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, what: str, status: int
) -> None:
    assert _send(client, what) == status

    assert [(line.levelname, line.exc_info) for line in caplog.records] == [("WARNING", None)]
