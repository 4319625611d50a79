"""All tests of a process run with room on the call stack, as requests and commands do: a fifth of all time."""

import pytest

from config.call_stack import call_with_room


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Let whoever else runs the tests do so."""
    plugins = session.config.pluginmanager
    this_one = plugins.get_plugin(__name__)
    return call_with_room(
        plugins.subset_hook_caller("pytest_runtestloop", remove_plugins=[this_one]), session=session
    )
