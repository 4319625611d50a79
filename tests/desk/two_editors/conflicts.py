"""The page on which a conflict is decided."""

from django.http import HttpResponse
from django.test import Client

from tests.desk.sheets import Fields


def choices_on(client: Client, address: str) -> dict[str, str]:
    """The fields of the page that resolves a conflict, without a choice."""
    fields = Fields(client.get(address).content.decode())
    names = [name for name in fields.inputs if name.startswith("choice:")]
    return {"against": fields.values["against"][0], **dict.fromkeys(names, "")}


def decide(client: Client, address: str, whose: str) -> HttpResponse:
    sent = choices_on(client, address)
    return client.post(address, {name: value or whose for name, value in sent.items()})
