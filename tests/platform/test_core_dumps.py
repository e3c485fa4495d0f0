"""A crash leaves no image of the memory, and no other program of the session may read it (S33)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from iscg_desktop.platform import core_dumps
from tests.fenetre import ROOT
from tests.platform.libraries import Library

pytestmark = pytest.mark.exigence("S33")

ASK = """
import ctypes, resource, sys
from iscg_desktop import bootstrap
if sys.argv[1] == "program":
    try:
        bootstrap.main(["--version"])
    except SystemExit:
        pass
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the kernel of Linux")
def test_the_program_forbids_an_image_of_its_memory_first_of_all(tmp_path: Path) -> None:
    def run(who: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", ASK, who], env=os.environ | {"PYTHONPATH": str(ROOT)},
            cwd=tmp_path, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.splitlines()[-1]

    assert run("any other").startswith("1 ")
    assert run("program") == "0 (0, 0)"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the kernel of Linux")
def test_the_memory_belongs_to_the_system_alone() -> None:
    code = (
        "from iscg_desktop.platform import core_dumps\n"
        "assert not core_dumps.are_forbidden()\n"
        "assert core_dumps.forbid()\n"
        "assert core_dumps.are_forbidden()\n"
        "import ctypes\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")


@pytest.mark.parametrize(("answer", "done"), [(0, True), (-2147024891, False)])
def test_on_windows_error_reports_leave_the_program_out(answer: int, done: bool) -> None:
    kernel32, wer = Library(0), Library(answer)
    assert core_dumps.exclude_from_reports(kernel32, wer, "ISCG Desktop.exe") is done
    assert kernel32.asked == [("SetErrorMode", (0x0003,))]  # SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX
    assert wer.asked == [("WerAddExcludedApplication", ("ISCG Desktop.exe", 0))]
