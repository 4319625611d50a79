"""What strangers send and nobody can read is refused in one line of the log, without a traceback."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def _send(client: Client, what: str) -> int:
    address = "/en/cases/"
    match what:
        case "a null byte":
            return client.get(f"{address}?country=%00").status_code
        case "a day that is none":
            return client.get(f"{publish_case().get_absolute_url()}?as_of=x").status_code
        case "a moment that is none":
            gate = f"{publish_case().get_absolute_url()}history/timegate/"
            return client.get(gate, headers={"Accept-Datetime": "then"}).status_code
        case "a brief of nothing":
            return client.get("/en/brief.docx").status_code
        case "a length that is no number":
            return client.post(address, {"a": "b"}, CONTENT_LENGTH="many").status_code
        case _:
            fields = {f"field-{number}": "" for number in range(settings.MAX_FIELDS_OF_STRANGERS + 2)}
            return client.post(address, fields).status_code


@pytest.mark.parametrize(
    "what, status",
    [
        *((what, 400) for what in ("a null byte", "a length that is no number", "a day that is none")),
        *((what, 400) for what in ("a moment that is none", "a brief of nothing")),
        ("too many fields", 413),
    ],
)
def test_what_cannot_be_read_is_one_line_of_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, what: str, status: int
) -> None:
    assert _send(client, what) == status

    told = [line for line in caplog.records if line.name.startswith("django")]
    assert [(line.levelname, line.exc_info) for line in told] == [("WARNING", None)]
