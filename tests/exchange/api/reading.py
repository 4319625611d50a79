"""A small client, as somebody would write it from the description."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.test import Client

ROOT = "/api/v1"


class Reader:
    """Reads what the description names, by the names of its operations."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.description = self.get(f"{ROOT}/openapi.json")
        self.paths = {
            operation["get"]["operationId"]: path for path, operation in self.description["paths"].items()
        }

    def get(self, address: str, status: int = 200) -> Any:
        """What the JSON at the address says."""
        answer = self.client.get(address)
        assert answer.status_code == status, (address, answer.status_code, answer.content[:300])
        return answer.json()

    def ask(self, operation: str, status: int = 200, /, key: str = "", **asked: Any) -> Any:
        """What the operation answers to these parameters."""
        path = self.paths[operation]
        for hole in ("{key}", "{name}", "{version}"):
            path = path.replace(hole, key)
        return self.get(f"{ROOT}{path}?{urlencode(asked, doseq=True)}", status)

    def all(self, operation: str, /, **asked: Any) -> Iterator[Any]:
        """All items of a list, page by page."""
        page = self.ask(operation, **asked)
        yield from page["items"]
        while page.get("next"):
            there = urlsplit(page["next"])
            page = self.get(f"{there.path}?{there.query}")
            yield from page["items"]
