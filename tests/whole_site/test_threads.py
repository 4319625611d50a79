"""The language of a request is that of its thread, and is read where nothing has to be waited for."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.local import Local
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.translation import trans_real

from config.threads import KEPT, keep_in_threads


def test_each_thread_has_its_own() -> None:
    def elsewhere() -> tuple[str | None, str]:
        return translation.get_language(), get_script_prefix()

    prefix = get_script_prefix()
    try:
        set_script_prefix("/below/")
        with translation.override("ar"), ThreadPoolExecutor(1) as pool:
            assert pool.submit(elsewhere).result() == ("en", "/")
            assert elsewhere() == ("ar", "/below/")
    finally:
        set_script_prefix(prefix)


def test_it_is_kept_plainly_and_what_was_set_before_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    # As Django has it.
    monkeypatch.setattr(trans_real, "_active", Local())

    with translation.override("fr"):
        keep_in_threads()

        assert all(type(getattr(module, name)) is threading.local for module, name in KEPT)
        assert translation.get_language() == "fr"
