"""Rows that tests of many modules start from."""

from django.contrib.auth.models import Group

from accounts.actions import fill_groups
from accounts.vocabulary import Role
from publishing.models import Entry
from tests.factories import publish_one_of_each
from tests.kept import kept


@kept
def one_of_each() -> dict[str, Entry]:
    """An entry of each kind, and what it points to, by name."""
    return publish_one_of_each()


@kept
def groups() -> dict[str, Group]:
    """The group of each role, created again after tests that emptied the tables."""
    groups = {role: Group.objects.get_or_create(name=role)[0] for role in Role.values}
    fill_groups()
    return groups
