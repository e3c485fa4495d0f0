"""One work in short steps, taken by whoever shows the window and finished by whoever cannot wait."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final, TypeAlias, TypeVar

from iscg_desktop.reference.turns import at_once as at_once  # noqa: PLC0414 - the pages name it too
from iscg_desktop.storage.transaction import Transaction

T = TypeVar("T")
Etapes: TypeAlias = Generator[tuple[int, int], None, T]
"""Long work in short steps: each gives steps done and steps in all; what it returns is the answer."""
AT_THE_DISK: Final = (1, 1)
"""The last steps, told by this very pair: it is being made to last, and can be stopped no more."""


def lasting(tx: Transaction, steps: int, at_most: int = 50) -> Etapes[None]:
    """Commit in steps.

    Args:
        tx: All was written in it.
        steps: How many the work had.
        at_most: See ``Transaction.seal_so_far``.
    """
    while tx.seal_so_far(at_most):
        yield steps, steps
    while not tx.commit_apart():
        yield AT_THE_DISK


class Turns:
    """Remembers how a generator ended, for the one who began it.

    Args:
        work: Each step is short; what it returns is the answer.

    Attributes:
        stepping: Whether a step is being taken just now.
    """

    def __init__(self, work: Generator[Any, None, Any]) -> None:
        self._work = work
        self._ended = self.stepping = False
        self._answer: Any = None
        self._error: BaseException | None = None

    def step(self) -> bool:
        """Take one step; False once there is none left."""
        if self._ended:
            return False
        self.stepping = True
        try:
            next(self._work)
        except StopIteration as end:
            self._ended, self._answer = True, end.value
        except BaseException as error:  # noqa: BLE001 - raised by `result`, for the one who began it
            self._ended, self._error = True, error
        finally:
            self.stepping = False
        return not self._ended

    def finish(self) -> None:
        """Take all the steps that are left."""
        while self.step():
            pass

    def close(self) -> None:
        """Give up what is left."""
        self._work.close()
        self._ended = True

    def result(self) -> Any:
        """What it returned; raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._answer
