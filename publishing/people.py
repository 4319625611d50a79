"""The names of people at the desk."""

from typing import Any


def display_name(account: Any) -> str:
    """The account's full name, or its username where it has none; "" for None."""
    return (account.get_full_name() or account.get_username()) if account else ""
