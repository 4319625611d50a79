"""Tests that start from the same rows run in one process."""

from typing import Any, cast

import pytest

from tests.scheduling import ModuleByModule

A_MODULE = "tests/cases/test_filters.py"
met: list[str] = []


@pytest.mark.parametrize(
    "nodeid, scope",
    [
        (f"{A_MODULE}::test_one", A_MODULE),
        (f"{A_MODULE}::Several::test_one", A_MODULE),
        (f"{A_MODULE}::test_one[a@b::c]", A_MODULE),
        (f"{A_MODULE}::test_one[a]@casebook", "casebook"),
        ("tests/browser/test_readers.py::test_one", "tests/browser/test_readers.py::test_one"),
        ("tests/browser/test_readers.py::test_one@pages in ar", "pages in ar"),
    ],
)
def test_a_test_goes_with_its_module_or_group_and_a_journey_alone(nodeid: str, scope: str) -> None:
    of_no_run = cast(Any, object.__new__(ModuleByModule))

    assert ModuleByModule._split_scope(of_no_run, nodeid) == scope


@pytest.mark.parametrize("_time", range(4))
def test_one_process_runs_all_tests_of_a_module(request: pytest.FixtureRequest, _time: int) -> None:
    of_this_test = [
        one.nodeid for one in request.session.items if one.nodeid.startswith(request.node.nodeid[:-3])
    ]
    met.append(request.node.nodeid)

    assert met == of_this_test[: len(met)]
