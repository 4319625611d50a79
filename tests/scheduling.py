"""Which process of a test run takes which tests."""

from xdist.scheduler import LoadGroupScheduling


class ModuleByModule(LoadGroupScheduling):
    """One process takes all tests of a module, which start from the same rows, or all of a group.

    The journeys share a casebook however they are dealt out, and take long: each is taken by whoever is idle.
    """

    def _split_scope(self, nodeid: str) -> str:
        group = super()._split_scope(nodeid)
        return group if group != nodeid or is_a_journey(nodeid) else module_of(nodeid)


def module_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def is_a_journey(nodeid: str) -> bool:
    return nodeid.startswith("tests/browser/")
