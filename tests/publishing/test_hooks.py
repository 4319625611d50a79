"""Hooks call the registered functions; a function with wrong parameters cannot be registered."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from contributions.jobs import check_links
from desk.hooks import DeskPanel, ReviewNote, ReviewPage, desk_panels, review_notes, review_pages
from publishing import hooks
from publishing.hooks import DecisionsOnPublish, Hook, ReadinessCheck, StepRule, WorkerJob
from publishing.jobs import publish_what_is_due


def nothing(*of: Any) -> Iterator[Any]:
    yield from ()


def without_parameters() -> Iterator[Any]:
    yield from ()


def with_four(one: Any, other: Any, third: Any, fourth: Any) -> Iterator[Any]:
    yield from ()


def with_a_keyword(*of: Any, by: Any) -> Iterator[Any]:
    yield from ()


PROTOCOLS = [
    *(ReadinessCheck, StepRule, DecisionsOnPublish, WorkerJob),
    *(DeskPanel, ReviewNote, ReviewPage),
]


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("function", [without_parameters, with_four, with_a_keyword])
def test_a_function_that_the_hook_cannot_call_is_refused(protocol: type, function: Any) -> None:
    hook: Hook[Any] = Hook(protocol)

    with pytest.raises(ImproperlyConfigured, match=f"{protocol.__name__}: .*{function.__name__} must take"):
        hook.register(function)

    assert [*hook] == []


def test_a_function_is_registered_once() -> None:
    hook: Hook[Any] = Hook(WorkerJob)
    hook.register(nothing)

    with pytest.raises(ImproperlyConfigured, match="registered twice"):
        hook.register(nothing, rank=7)


def test_functions_come_by_rank_and_then_as_they_were_registered() -> None:
    hook: Hook[Any] = Hook(WorkerJob)
    first, second, third = (lambda now, number=number: number for number in range(3))

    hook.register(third, rank=20)
    hook.register(first)
    hook.register(second)

    assert [*hook] == [first, second, third]


def test_what_is_unregistered_takes_part_no_more() -> None:
    hook: Hook[Any] = Hook(WorkerJob)
    hook.register(nothing)

    hook.unregister(nothing)

    assert [*hook] == []


def test_apps_have_registered_in_every_hook() -> None:
    registries = (hooks.readiness_checks, hooks.step_rules, hooks.decisions_on_publish, hooks.worker_jobs)

    assert [one.name for one in (*registries, desk_panels, review_notes, review_pages) if not [*one]] == []


def test_the_worker_publishes_first_and_waits_for_others_servers_last() -> None:
    jobs = [*hooks.worker_jobs]

    assert (jobs[0], jobs[-1]) == (publish_what_is_due, check_links)
