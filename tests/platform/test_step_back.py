"""A thread that steps back weighs less than the window's, which keeps its weight."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from iscg_desktop.platform.step_back import behind, step_back


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere threads weigh the same")
def test_only_the_thread_that_asks_gives_way() -> None:
    before = niceness()
    assert behind(niceness) == min(before + 10, 19)
    assert niceness() == before


def test_what_it_gives_or_raises_comes_back() -> None:
    assert behind(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        behind(divmod, 7, 0)


def test_where_no_thread_can_give_way_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not step_back()
