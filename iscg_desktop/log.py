"""Log set-up: keeps places (module, function, line, exception type), drops values.

A log line is read by whoever helps with the machine; what the program handles is none of their business
(S31). A message or its arguments may hold a name, SQL, a path typed by the user, so none is ever
written: the place alone leads to the line of code, which says what happened.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import PurePath
from types import TracebackType
from typing import TextIO

_LOG = logging.getLogger(__name__)


class PlacesFormatter(logging.Formatter):
    """One line for the record, in UTC, then the places an exception went through; no message, no value."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """Time, level and place of a record."""
        place = f"{record.name} {record.funcName}:{record.lineno}"
        line = f"{self.formatTime(record)} {record.levelname} {place}"
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line}\n{describe(error)}"


def describe(error: BaseException) -> str:
    """Types and places of an exception and of those behind it; neither their texts nor their locals."""
    return "\n".join(_lines(error, set()))


def set_up(stream: TextIO | None = None, level: int = logging.WARNING) -> None:
    """Send every log line, warning and uncaught exception of this process to one place, without values.

    Args:
        stream: Where to; standard error unless given. Nothing is written to disk.
        level: From which level on.
    """
    target = stream or sys.stderr
    # A windowed program on Windows has no standard error.
    handler = logging.NullHandler() if target is None else logging.StreamHandler(target)
    handler.setFormatter(PlacesFormatter())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # When a handler fails, logging would print the message and its arguments.
    logging.raiseExceptions = False
    warnings.showwarning = _on_warning
    sys.excepthook = on_uncaught
    threading.excepthook = _on_thread_failed
    sys.unraisablehook = _on_unraisable


def on_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log an exception nobody caught; made for ``sys.excepthook``."""
    if issubclass(kind, KeyboardInterrupt):
        return
    _LOG.critical("uncaught", exc_info=(kind, error, trace))


def _on_thread_failed(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        on_uncaught(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def _on_unraisable(arguments: sys.UnraisableHookArgs) -> None:
    if arguments.exc_value is not None:
        on_uncaught(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def _on_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Log where a warning came from; its text may quote a value."""
    del message, file, line
    place = PurePath(filename).name
    _LOG.handle(_LOG.makeRecord(category.__name__, logging.WARNING, place, lineno, "", (), None, func=place))


def _lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    yield f"  {type(error).__module__}.{type(error).__qualname__}"
    trace = error.__traceback__
    while trace is not None:
        code, module = trace.tb_frame.f_code, trace.tb_frame.f_globals.get("__name__", "?")
        yield f"    {module} {code.co_qualname}:{trace.tb_lineno}"
        trace = trace.tb_next
    behind = [*error.exceptions] if isinstance(error, BaseExceptionGroup) else []
    if error.__cause__ is not None:
        behind.append(error.__cause__)
    elif error.__context__ is not None and not error.__suppress_context__:
        behind.append(error.__context__)
    for other in behind:
        if id(other) not in seen:
            yield "  from"
            yield from _lines(other, seen)
