"""How the desk names people."""

from typing import Any


def display_name(account: Any) -> str:
    """The account's full name; where it gave none, the name that it signs in with; nothing for nobody."""
    return (account.get_full_name() or account.get_username()) if account else ""
