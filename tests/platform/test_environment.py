"""Variables of the session that would choose what the program loads do not reach it (S34)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.platform.environment import HOSTILE, cleansed, was_obeyed
from tests.fenetre import ROOT

pytestmark = pytest.mark.exigence("S34")

KEPT = {
    "HOME": "/maison",
    "PATH": "/usr/bin",
    "DISPLAY": ":0",
    "WAYLAND_DISPLAY": "wayland-0",
    "XDG_RUNTIME_DIR": "/run/user/1000",
    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus",
    "LANG": "fr_FR.UTF-8",
    "LC_ALL": "fr_FR.UTF-8",
    "QT_SCALE_FACTOR": "1.5",
    "QT_IM_MODULE": "ibus",
    "QT_QPA_PLATFORM": "xcb",
    "TZ": "Europe/Paris",
}


@given(st.sampled_from(HOSTILE), st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ_", max_size=12), st.text())
def test_what_chooses_what_is_loaded_goes_and_the_rest_stays(prefix: str, ending: str, value: str) -> None:
    assert cleansed(KEPT | {prefix + ending: value, (prefix + ending).lower(): value}) == KEPT


@pytest.mark.parametrize(
    ("names", "obeyed"),
    [
        ((), False),
        (("OPENSSL_CONF", "PYTHONPATH"), False),  # read later: it is enough to take them out
        (("LD_PRELOAD",), True),
        (("LD_AUDIT",), True),
        (("LD_LIBRARY_PATH",), False),  # the frozen program's own
        (("LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"), True),  # and one that the session had
        (("DYLD_INSERT_LIBRARIES",), True),
    ],
)
def test_what_the_loader_has_obeyed_asks_for_a_new_start(names: tuple[str, ...], obeyed: bool) -> None:
    assert was_obeyed(KEPT | dict.fromkeys(names, "/tmp/piege")) is obeyed


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the loader of Linux")
def test_the_program_that_takes_the_place_of_another_loads_nothing_of_the_session(tmp_path: Path) -> None:
    trap = tmp_path / "trap.cnf"
    trap.write_text("openssl_conf = absent_section_of_a_trap\n[", "utf-8")
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('a trap of Python')", "utf-8")
    hostile = {
        "LD_PRELOAD": str(tmp_path / "absente.so"),
        "OPENSSL_CONF": str(trap),
        "PYTHONSTARTUP": str(tmp_path / "sitecustomize.py"),
        "QT_PLUGIN_PATH": str(tmp_path),
    }
    code = (
        "import os\n"
        f"os.environ.update({hostile!r})\n"
        "from iscg_desktop.platform.relaunch import environment\n"
        "import json, subprocess, sys\n"
        "child = 'import json, os; print(json.dumps(dict(os.environ)))'\n"
        "subprocess.run([sys.executable, '-P', '-c', child], env=environment())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    inherited = json.loads(done.stdout)
    assert not hostile.keys() & inherited.keys()
    assert inherited["PYTHONPATH"] == str(ROOT)
    assert inherited["HOME"] == os.environ["HOME"]
