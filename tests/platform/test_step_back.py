"""A thread that steps back weighs less than the window's, which keeps its weight."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from iscg_desktop.platform.step_back import step_back


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere threads weigh the same")
def test_only_the_thread_that_asks_gives_way() -> None:
    before = niceness()
    with ThreadPoolExecutor(1, initializer=step_back) as behind:
        assert behind.submit(niceness).result() == min(before + 10, 19)
    assert niceness() == before


def test_where_no_thread_can_give_way_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not step_back()
