"""Paths of Windows longer than it takes by itself; not yet run there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.platform.long_paths import extended, extended_on_windows, shown

DEEP = "\\".join(["dossier partagé"] * 15)


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("C:\\essai\\coffre", "C:\\essai\\coffre"),  # short: as it is
        (f"C:\\{DEEP}", f"\\\\?\\C:\\{DEEP}"),
        (f"C:/{DEEP}".replace("\\", "/"), f"\\\\?\\C:\\{DEEP}"),
        (f"\\\\serveur\\partage\\{DEEP}", f"\\\\?\\UNC\\serveur\\partage\\{DEEP}"),
        (f"\\\\?\\C:\\{DEEP}", f"\\\\?\\C:\\{DEEP}"),  # already
    ],
)
def test_a_deep_folder_is_extended_once(path: str, written: str) -> None:
    assert extended_on_windows(path) == written
    assert extended_on_windows(written) == written


@given(
    st.lists(st.text("abcé ", min_size=1, max_size=12).map(lambda name: f"x{name}x"), min_size=1, max_size=40)
)
def test_she_reads_the_path_she_knows(names: list[str]) -> None:
    for start in ("C:", "\\\\serveur\\partage"):
        path = "\\".join([start, *names])
        assert shown(extended_on_windows(path)) == path


@pytest.mark.skipif(sys.platform == "win32", reason="there they are extended")
def test_elsewhere_a_path_is_what_it_is() -> None:
    assert extended(Path("../coffre")) == Path("../coffre")
