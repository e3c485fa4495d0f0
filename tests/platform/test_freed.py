"""What was freed goes back to the system where the C library keeps it, and nothing is asked elsewhere."""

from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace

import pytest

from iscg_desktop.platform import freed


@pytest.mark.parametrize(
    ("system", "library", "given"), [("linux", True, True), ("linux", False, False), ("win32", True, False)]
)
def test_memory_is_given_back_where_the_library_can(
    monkeypatch: pytest.MonkeyPatch, system: str, library: bool, given: bool
) -> None:
    asked: list[int] = []
    known = (
        SimpleNamespace(malloc_trim=lambda size: asked.append(size.value)) if library else SimpleNamespace()
    )
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: known)
    assert freed.give_back() is given
    assert asked == ([0] if given else [])


def test_this_system_is_asked_without_harm() -> None:
    knows = sys.platform.startswith("linux") and hasattr(ctypes.CDLL(None), "malloc_trim")
    assert freed.give_back() is knows


@pytest.mark.parametrize(
    ("system", "library", "obeys", "shared"),
    [
        ("linux", True, 1, True),
        ("linux", True, 0, False),
        ("linux", False, 1, False),
        ("win32", True, 1, False),
    ],
)
def test_one_heap_is_asked_for_where_the_library_has_several(
    monkeypatch: pytest.MonkeyPatch, system: str, library: bool, obeys: int, shared: bool
) -> None:
    asked: list[tuple[int, int]] = []

    def tune(what: ctypes.c_int, value: ctypes.c_int) -> int:
        asked.append((what.value, value.value))
        return obeys

    known = SimpleNamespace(mallopt=tune) if library else SimpleNamespace()
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: known)
    assert freed.share_one_heap() is shared
    assert asked == ([(-8, 1)] if system == "linux" and library else [])
