"""A library of Windows as a test sees it: it notes what it is asked and gives one answer."""

from __future__ import annotations

from collections.abc import Callable


class Library:
    """Stands for ``ctypes.WinDLL``; there is none elsewhere."""

    def __init__(self, answer: int) -> None:
        self.asked: list[tuple[str, tuple[object, ...]]] = []
        self._answer = answer

    def __getattr__(self, name: str) -> Callable[..., int]:
        def call(*arguments: object) -> int:
            self.asked.append((name, tuple(getattr(each, "value", each) for each in arguments)))
            return self._answer

        return call
