"""Log lines lead to the code and never show a value (S31)."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop import log
from iscg_desktop.errors import UserError

CANARY = "Zyxwvute Bourdon-Quatresous 0612345678"
CANARIES = st.text(st.characters(codec="utf-8"), min_size=6).map(lambda text: f"canari-{text}-canari")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the set-up writes; everything it changes in the process is put back."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning
    stream = io.StringIO()
    log.set_up(stream)
    yield stream
    root.handlers[:], root.level, logging.raiseExceptions = handlers, level, raising
    sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = hooks


def fail_with(value: str) -> None:
    """Raise with a value in the text, in the locals, in a note, and in the exception behind."""
    secret = value
    try:
        raise KeyError(secret)
    except KeyError as cause:
        error = ValueError(f"no place for {secret}")
        error.add_note(secret)
        raise error from cause


def caught(value: str) -> BaseException:
    with pytest.raises(ValueError, match="no place") as failure:
        fail_with(value)
    return failure.value


@pytest.mark.exigence("S19")
@given(CANARIES)
def test_a_description_has_places_and_types_only(value: str) -> None:
    group = ExceptionGroup(value, [caught(value), UserError(value, nom=value)])
    text = log.describe(group)
    assert value not in text
    assert "canari" not in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "iscg_desktop.errors.UserError" in text
    assert "fail_with:" in text


@pytest.mark.exigence("S19")
@given(CANARIES)
def test_a_log_line_has_no_value(value: str) -> None:
    formatter = log.PlacesFormatter()
    error = caught(value)
    for exc_info in (None, (type(error), error, error.__traceback__)):
        path = f"/home/{value}.py"
        record = logging.LogRecord(
            "iscg_desktop.storage.vault",
            logging.ERROR,
            path,
            12,
            f"{value} %s",
            (value,),
            exc_info,
            "open_vault",
            value,
        )
        text = formatter.format(record)
        assert "canari" not in text
        assert "ERROR iscg_desktop.storage.vault open_vault:12" in text


@pytest.mark.exigence("S19")
def test_nothing_that_goes_wrong_in_the_process_shows_a_value(lines: io.StringIO) -> None:
    logger = logging.getLogger("reportlab.pdfbase")  # third parties too
    logger.warning("a glyph of %s", CANARY)
    logger.warning("not enough arguments %s %s", CANARY)  # noqa: PLE1206 # the mistake under test
    logger.error(ValueError(CANARY))
    error = caught(CANARY)
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=fail_with, args=(CANARY,), name=CANARY)
    thread.start()
    thread.join()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = log._on_warning
        warnings.warn(CANARY, UserWarning, stacklevel=1)
    text = lines.getvalue()
    assert "Bourdon" not in text
    assert text.count("WARNING reportlab.pdfbase test_nothing_that_goes_wrong") == 2
    assert text.count("CRITICAL iscg_desktop.log on_uncaught") == 2
    assert text.count("fail_with:") == 4  # each of the two exceptions, twice
    assert "WARNING UserWarning test_log.py:" in text


def test_an_error_in_a_destructor_shows_no_value(lines: io.StringIO) -> None:
    class Fragile:
        def __del__(self) -> None:
            raise ValueError(CANARY)

        def __repr__(self) -> str:
            return CANARY

    Fragile()
    assert "ValueError" in lines.getvalue()
    assert CANARY not in lines.getvalue()


def test_an_exception_that_is_its_own_context_ends(lines: io.StringIO) -> None:
    first, second = ValueError(CANARY), KeyError(CANARY)
    first.__context__, second.__context__ = second, first
    assert log.describe(first).splitlines() == ["  builtins.ValueError", "  from", "  builtins.KeyError"]


def test_a_program_that_crashes_shows_no_value(tmp_path: Path) -> None:
    script = (
        "from iscg_desktop import log\nlog.set_up()\n"
        f"def read_back(value):\n    raise RuntimeError(value)\nread_back({CANARY!r})"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "__main__ read_back:4" in result.stderr
    assert "builtins.RuntimeError" in result.stderr
    assert "Bourdon" not in result.stderr + result.stdout


def test_ctrl_c_is_not_reported_as_a_failure(lines: io.StringIO) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert lines.getvalue() == ""


def test_without_standard_error_nothing_fails(lines: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    log.set_up()
    logging.getLogger("iscg_desktop").info("nothing")
    assert lines.getvalue() == ""
